// `npm start`: builds when the sources are newer than dist/, then hands over to `tra-my start`.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { buildAll } from './build.ts'
import { isBuildFresh } from './freshness.ts'
import { ROOT } from './sides.ts'

if (!isBuildFresh()) await buildAll()

const child = spawn(process.execPath, [join(ROOT, 'electron/cli/main.ts'), 'start', ...process.argv.slice(2)], {
  stdio: 'inherit',
})
// Ctrl+C reaches both; the child decides when everything is closed.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
child.on('exit', (code) => process.exit(code ?? 1))
