// Vite configuration of the preload: one CommonJS file, as a sandboxed preload must be.
import { join } from 'node:path'
import type { InlineConfig } from 'vite'
import { DIST, ENTRIES, ROOT } from './sides.ts'

const config: InlineConfig = {
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
    lib: { entry: ENTRIES.preload, formats: ['cjs'], fileName: () => 'preload.cjs' },
    rolldownOptions: { external: ['electron'], output: { codeSplitting: false } },
  },
}

export default config
