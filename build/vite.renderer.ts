// Vite configuration of the screens: dist/renderer, served at app://bundle/ by the desktop and at / by the hub.
import react from '@vitejs/plugin-react'
import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import type { InlineConfig, Plugin } from 'vite'
import { DIST, ENTRIES, ROOT } from './sides.ts'

const OUT = join(DIST, 'renderer')

/** At the root, so that it may answer for every address; its name stays, so that a browser finds the newer one. */
const SERVICE_WORKER = 'service-worker'

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

/** Writes /shell-files.json: what a browser must keep to open the application without a line (renderer/offline). */
function shellFiles(): Plugin {
  return {
    name: 'tra-my-shell-files',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const worker = bundle[`${SERVICE_WORKER}.js`]
        // Registered as a classic script: one that imports would not start, and no page would say so.
        if (
          worker?.type !== 'chunk' ||
          worker.imports.length + worker.dynamicImports.length + worker.exports.length > 0
        )
          this.error('the service worker must be one file without imports and exports')
        const names = Object.keys(bundle).filter((name) => name !== worker.fileName)
        this.emitFile({ type: 'asset', fileName: 'shell-files.json', source: JSON.stringify(names.toSorted()) })
      },
    },
  }
}

const config: InlineConfig = {
  root: join(ROOT, 'renderer'),
  configFile: false,
  logLevel: 'warn',
  base: '/',
  plugins: [react(), pdfjsFiles(), shellFiles()],
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
    rolldownOptions: {
      input: { index: ENTRIES.renderer, [SERVICE_WORKER]: join(ROOT, 'renderer/offline/service-worker.ts') },
      output: {
        entryFileNames: ({ name }) => (name === SERVICE_WORKER ? '[name].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
}

export default config
