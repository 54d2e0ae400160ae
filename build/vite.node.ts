// What the two Node bundles (main process, hub) have in common: one readable ESM file for Node 24, machine code left outside.
import type { InlineConfig } from 'vite'
import { EXTERNAL, ROOT } from './sides.ts'

/** @param name file name without extension @param outDir folder of the built file */
export function nodeBundle(entry: string, name: string, outDir: string): InlineConfig {
  return {
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    ssr: { target: 'node', noExternal: true, external: EXTERNAL },
    build: {
      ssr: entry,
      outDir,
      emptyOutDir: false,
      target: 'node24',
      sourcemap: false,
      // Readable on purpose: an administrator may compare what runs with what was reviewed, and stack traces stay useful.
      minify: false,
      rolldownOptions: {
        output: { format: 'es', entryFileNames: `${name}.js`, codeSplitting: false },
      },
    },
  }
}
