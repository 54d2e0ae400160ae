// The inspector with one guard taken out at a time, each as a module of its own.

import { rmSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import type { InspectorClass } from './inspector-lab.ts'

export interface Mutant {
  readonly without: string
  readonly file: string
  /** Occurs exactly once in the file. */
  readonly from: string
  readonly to: string
}

const out = (without: string, file: string, from: string, to = ''): Mutant => ({ without, file, from, to })

/** A condition that never holds any more. */
const never = (without: string, file: string, condition: string) =>
  out(without, file, `if (${condition})`, 'if (false)')

export const MUTANTS: readonly Mutant[] = [
  never('size limit', 'inspector.ts', 'update.byteLength > this.maxBytes'),
  never('cutting of what is known', 'inspector.ts', 'repeatsKnown(decoded, store)'),
  never('gap check', 'inspector.ts', 'block.start > known'),
  never('skip check', 'inspector.ts', 'block.structs.some((struct) => struct instanceof Y.Skip)'),
  never('refusal of unbound ids', 'inspector.ts', 'owner === undefined'),
  never('refusal of forged ids', 'inspector.ts', 'owner !== person'),
  out('value check', 'inspector.ts', 'checkValues(item.content)'),
  out('list check', 'inspector.ts', 'checkListItem(item, place, resolver, order)', 'void order'),
  out('map check', 'inspector.ts', 'checkMapItem(item, place.sub, decoded.deletes)', 'void 0'),
  never('permission for writing', 'inspector.ts', '!permission.asks(place.path, place.sub)'),
  out('permission for deleting', 'inspector.ts', 'found.forbidden = true', 'void 0'),
  out('look at the whole delete set', 'inspector.ts', 'found.onlyMarks = false', 'void 0'),
  out('protection of the hub id', 'inspector.ts', 'clientId === this.doc.clientID || '),
  out('protection of ids in use', 'inspector.ts', ' || Y.getState(this.doc.store, clientId) > 0'),
  out(
    'canonical bytes',
    'inspector.ts',
    'if (noop) return { out: null, paths, noop }',
    'if (noop) return { out: update, paths, noop }',
  ),
  out(
    'relay of both transactions',
    'inspector.ts',
    'emitted.length > 1 ? Y.mergeUpdates(emitted) : (first ?? null)',
    '(void first, emitted.at(-1) ?? null)',
  ),
  never('one block a client', 'decode.ts', 'this.clients.has(client)'),
  never('struct limit', 'decode.ts', 'this.structs > maxStructs'),
  never('subdocument check', 'decode.ts', '(info & CONTENT_REF) === SUBDOCUMENT_REF'),
  out('check for bytes at the end', 'decode.ts', ' || decoding.hasContent(this.latest)'),
  never('clock limit', 'decode.ts', '!(end <= CLOCK_MAX)'),
  never('check for empty structs', 'decode.ts', 'struct.length <= 0'),
  never('order of the delete set', 'decode.ts', 'len <= 0 || clock < free'),
  never('check of unknown deletes', 'deletes.ts', 'range.clock + range.len > end'),
  out('cycle check', 'places.ts', "throw new Rejected('cycle')", 'return'),
  never('self reference check', 'places.ts', 'id.clock >= struct.id.clock'),
  out(
    'missing dependency check',
    'places.ts',
    "throw new Rejected('missing-dependency', `${id.client}:${id.clock}`)",
    'return new Y.GC(id, 1)',
  ),
  never('root check', 'places.ts', '!this.roots.has(named)'),
  never('check of keys that read as positions', 'shape.ts', 'key === LIST_POSITION'),
  never('check of long map entries', 'shape.ts', '!single && !covers(deletes.get(item.id.client), item.id.clock, end)'),
  never('check of right neighbours in maps', 'shape.ts', 'item.rightOrigin !== null'),
  out(
    'check of the neighbours’ list',
    'shape.ts',
    'rightPlace.sub !== null || rightPlace.parent !== place.parent',
    'false',
  ),
  out('check of the right neighbour’s key', 'shape.ts', 'rightPlace.sub !== null || '),
  out(
    'identity of lists with one path',
    'shape.ts',
    'rightPlace.parent !== place.parent',
    "rightPlace.path.join('/') !== place.path.join('/')",
  ),
  never('check of the neighbours’ order', 'shape.ts', '!ordered'),
  out('order within one item', 'list-order.ts', 'left.clock < right.clock', 'true'),
  out(
    'order of far neighbours',
    'list-order.ts',
    '(index.get(left.item) ?? 0) < (index.get(right.item) ?? -1)',
    'index.size > 0',
  ),
  out(
    'acceptance of far neighbours',
    'list-order.ts',
    '(index.get(left.item) ?? 0) < (index.get(right.item) ?? -1)',
    'index.size < 0',
  ),
  out(
    'order at the end of the list',
    'list-order.ts',
    'if (item === null) return false',
    'if (item === null) return true',
  ),
  never('depth limit of values', 'shape.ts', 'depth > NESTING_LIMIT'),
  never('check of numbers that are no JSON', 'shape.ts', "typeof member === 'bigint'"),
  never('depth limit of types', 'type-paths.ts', 'path.length >= NESTING_LIMIT'),
  out('owner of an id', 'client-bindings.ts', 'owner !== undefined || inUse', 'inUse'),
  never(
    'limit of client ids',
    'client-bindings.ts',
    '(this.counts.get(person) ?? 0) >= LIMITS.clientIdsPerPersonAndRoom',
  ),
]

const source = resolve(import.meta.dirname, '../../hub/rooms/inspector')

/** Writes mutants into a folder from which `yjs` is the same module as the test's own; deletes it when disposed. */
export class MutantWorkshop implements Disposable {
  private readonly folder = resolve(
    import.meta.dirname,
    '../../node_modules/.cache',
    `inspector-mutants-${process.pid}`,
  )
  private count = 0

  /** Bundles the inspector, changed or as it is. @throws where the mutant does not apply exactly once */
  async make(mutant: Mutant | null): Promise<InspectorClass> {
    await mkdir(this.folder, { recursive: true })
    this.count += 1
    const outfile = join(this.folder, `inspector-${this.count}.mjs`)
    let applied = 0
    await build({
      entryPoints: [join(source, 'inspector.ts')],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node24',
      packages: 'external',
      logLevel: 'silent',
      plugins: [
        {
          name: 'mutant',
          setup(bundler) {
            bundler.onLoad({ filter: /\/inspector\/[a-z-]+\.ts$/ }, async ({ path }) => {
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
    const module = (await import(pathToFileURL(outfile).href)) as { readonly Inspector: InspectorClass }
    return module.Inspector
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
