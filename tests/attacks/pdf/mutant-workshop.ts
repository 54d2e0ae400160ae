// Difference analysis with one guard taken out at a time, each bundled as a module of its own.
import { rmSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import type { Verifier } from './lab.ts'

export interface Mutant {
  readonly without: string
  /** In shared/pdf/changes. */
  readonly file: string
  /** Occurs exactly once in the file. */
  readonly from: string
  readonly to: string
}

/** Deletes what it wrote when disposed. */
export class MutantWorkshop implements Disposable {
  readonly #folder = resolve(import.meta.dirname, '../../../node_modules/.cache', `pdf-mutants-${process.pid}`)
  #count = 0

  /** Bundles the verifier, changed or as it is. @throws where the mutant does not apply exactly once */
  async make(mutant: Mutant | null): Promise<Verifier> {
    await mkdir(this.#folder, { recursive: true })
    this.#count += 1
    const outfile = join(this.#folder, `verifier-${this.#count}.mjs`)
    let applied = 0
    await build({
      entryPoints: [join(import.meta.dirname, 'verifier.ts')],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node24',
      logLevel: 'silent',
      plugins: [
        {
          name: 'mutant',
          setup(bundler) {
            bundler.onLoad({ filter: /\/pdf\/changes\/[a-z-]+\.ts$/ }, async ({ path }) => {
              const text = await readFile(path, 'utf8')
              if (mutant === null || basename(path) !== mutant.file) return { contents: text, loader: 'ts' }
              const parts = text.split(mutant.from)
              applied = parts.length - 1
              return { contents: parts.join(mutant.to), loader: 'ts' }
            })
          },
        },
      ],
    })
    if (mutant !== null && applied !== 1)
      throw new Error(`the mutant without ${mutant.without} applies ${applied} times`)
    return (await import(pathToFileURL(outfile).href)) as Verifier
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
