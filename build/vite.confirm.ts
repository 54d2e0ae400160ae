// Vite configuration of the PIN window's page: dist/confirm, three files with fixed names, served by Electron and by the agent.
import { join } from 'node:path'
import type { InlineConfig } from 'vite'
import { DIST, ENTRIES } from './sides.ts'

const config: InlineConfig = {
  root: join(ENTRIES.confirm, '..'),
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  // Below /confirm/<id> at the agent, at the root in Electron.
  base: './',
  build: {
    outDir: join(DIST, 'confirm'),
    emptyOutDir: true,
    target: 'chrome140',
    sourcemap: false,
    // Readable on purpose: whoever looks after a PIN may read where it goes.
    minify: false,
    cssMinify: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { confirm: ENTRIES.confirm },
      output: { entryFileNames: 'confirm.js', assetFileNames: 'confirm[extname]', codeSplitting: false },
    },
  },
}

export default config
