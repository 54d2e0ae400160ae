// Vite configuration of the screens: dist/renderer, served at app://bundle/ by the desktop and at / by the hub.
import react from '@vitejs/plugin-react'
import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import type { InlineConfig, Plugin } from 'vite'
import { DIST, ENTRIES, ROOT } from './sides.ts'

const OUT = join(DIST, 'renderer')

/** What pdf.js fetches by name while it reads a paper: character maps, the 14 standard fonts, decoders, colour profiles. */
const PDFJS_FOLDERS = ['cmaps', 'standard_fonts', 'wasm', 'iccs'] as const

/** Copies them to /pdfjs/…, so that a paper without embedded fonts is read offline too. */
function pdfjsFiles(): Plugin {
  return {
    name: 'tra-my-pdfjs-files',
    writeBundle: () => {
      for (const folder of PDFJS_FOLDERS) {
        const from = join(ROOT, 'node_modules/pdfjs-dist', folder)
        if (existsSync(from)) cpSync(from, join(OUT, 'pdfjs', folder), { recursive: true })
      }
    },
  }
}

const config: InlineConfig = {
  root: join(ROOT, 'renderer'),
  configFile: false,
  logLevel: 'warn',
  base: '/',
  plugins: [react(), pdfjsFiles()],
  worker: { format: 'es' },
  build: {
    outDir: OUT,
    emptyOutDir: true,
    target: 'chrome140',
    sourcemap: false,
    // Inlined fonts and workers would need `data:` in the page's policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    rolldownOptions: { input: ENTRIES.renderer },
  },
}

export default config
