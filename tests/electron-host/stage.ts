// Lays out an application around the real built bundles, as the archive has it: dist/electron, dist/renderer, dist/hub.
import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')
const FIXTURES = join(import.meta.dirname, 'fixtures')
const MAIN = join(ROOT, 'dist/electron/main.js')
const PRELOAD = join(ROOT, 'dist/electron/preload.cjs')
const BESIDE = [
  'confirm',
  'electron/confirm-preload.cjs',
  'electron/signing-process.js',
  'electron/Tinos_400Regular.ttf',
] as const

export interface StageOptions {
  /** Changes the main bundle's text: a guard taken out. */
  readonly mutateMain?: (source: string) => string
  readonly mutatePreload?: (source: string) => string
  /** Files to lay beside the fixture page, by their path in dist/renderer. */
  readonly rendererFiles?: Readonly<Record<string, string>>
  /** Entry of the hub; the fixture answers like one, `broken` ends at once. */
  readonly hub?: 'fixture' | 'broken'
}

export interface Stage extends Disposable {
  readonly main: string
  readonly folder: string
}

/** Without mutations the two bundles are the very bytes that ship; page and hub are small fixtures. */
export function stageApp(options: StageOptions = {}): Stage {
  buildWhenStale()
  const folder = mkdtempSync(join(tmpdir(), 'tra-my-stage-'))
  const dist = join(folder, 'dist')
  mkdirSync(join(dist, 'electron'), { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  const same = (source: string): string => source
  const main = join(dist, 'electron/main.js')
  writeFileSync(main, (options.mutateMain ?? same)(readFileSync(MAIN, 'utf8')))
  // Beside the main bundle: the PIN window, the process of the drivers, the face of documents, and the packages of machine code.
  for (const name of BESIDE) cpSync(join(ROOT, 'dist', name), join(dist, name), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  writeFileSync(join(dist, 'electron/preload.cjs'), (options.mutatePreload ?? same)(readFileSync(PRELOAD, 'utf8')))
  cpSync(join(FIXTURES, 'renderer'), join(dist, 'renderer'), { recursive: true })
  for (const [path, content] of Object.entries(options.rendererFiles ?? {})) {
    mkdirSync(dirname(join(dist, 'renderer', path)), { recursive: true })
    writeFileSync(join(dist, 'renderer', path), content)
  }
  const hub = options.hub === 'broken' ? 'broken-hub.mjs' : 'hub.mjs'
  cpSync(join(FIXTURES, hub), join(dist, 'hub/main.js'))
  return {
    main,
    folder,
    [Symbol.dispose]: () => {
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** `npm test` builds first; a single test file run by hand must not prove an old bundle. */
export function buildWhenStale(): void {
  const sources = globSync('{electron,shared,build}/**/*.{ts,json,html,css}', { cwd: ROOT }).filter(
    (file) => !file.endsWith('.test.ts'),
  )
  const newest = Math.max(...sources.map((file) => statSync(join(ROOT, file)).mtimeMs))
  const built = [
    MAIN,
    PRELOAD,
    ...BESIDE.slice(1, 3).map((name) => join(ROOT, 'dist', name)),
    join(ROOT, 'dist/confirm/confirm.js'),
  ]
  const fresh = built.every((file) => existsSync(file) && statSync(file).mtimeMs > newest)
  if (fresh) return
  const sides = ['main', 'preload', 'confirmPreload', 'confirm', 'signing']
  execFileSync(process.execPath, [join(ROOT, 'build/build.ts'), ...sides], { cwd: ROOT, stdio: 'pipe' })
}
