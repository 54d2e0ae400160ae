// Vite configurations of the two preloads: one CommonJS file each, as a sandboxed preload must be.
import { join } from 'node:path'
import type { InlineConfig } from 'vite'
import { DIST, ENTRIES, ROOT } from './sides.ts'

function preloadOf(entry: string, name: string): InlineConfig {
  return {
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: {
      outDir: join(DIST, 'electron'),
      emptyOutDir: false,
      target: 'chrome140',
      sourcemap: false,
      minify: false,
      lib: { entry, formats: ['cjs'], fileName: () => name },
      rolldownOptions: { external: ['electron'], output: { codeSplitting: false } },
    },
  }
}

export default preloadOf(ENTRIES.preload, 'preload.cjs')

export const confirmPreload = preloadOf(ENTRIES.confirmPreload, 'confirm-preload.cjs')
