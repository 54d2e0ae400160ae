// Where each side's sources and built files are, in one place for the four Vite configurations, the build and the packager.
import { globSync } from 'node:fs'
import { basename, join } from 'node:path'

export const ROOT = join(import.meta.dirname, '..')
export const DIST = join(ROOT, 'dist')

export const ENTRIES = {
  main: join(ROOT, 'electron/main/main.ts'),
  preload: join(ROOT, 'electron/preload/preload.ts'),
  confirmPreload: join(ROOT, 'electron/preload/confirm-preload.ts'),
  confirm: join(ROOT, 'electron/confirm/index.html'),
  signing: join(ROOT, 'electron/signing/signing-process.ts'),
  hub: join(ROOT, 'hub/main.ts'),
  renderer: join(ROOT, 'renderer/index.html'),
} as const

/** Packages with machine code: they stay in node_modules, beside the archive. */
export const NATIVE_PACKAGES = ['better-sqlite3', '@node-rs/argon2', 'pkcs11js', 'koffi'] as const

/** Not bundled into any Node side: Electron's own module, and the native packages. */
export const EXTERNAL = ['electron', ...NATIVE_PACKAGES]

/** The face of documents, a TrueType file that the desktop process reads: beside the main bundle. */
export const DOCUMENT_FACE = 'node_modules/@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf'

/**
 * The hub's worker threads: `hub/…/x.worker.ts` becomes `dist/hub/x.worker.js`, flat beside `main.js`.
 * @returns name without extension → source file
 * @throws when two workers would get one name
 */
export function hubWorkers(): ReadonlyMap<string, string> {
  const workers = new Map<string, string>()
  for (const file of globSync('hub/**/*.worker.ts', { cwd: ROOT })) {
    const name = basename(file, '.ts')
    if (workers.has(name)) throw new Error(`two hub workers are called ${name}`)
    workers.set(name, join(ROOT, file))
  }
  return workers
}
