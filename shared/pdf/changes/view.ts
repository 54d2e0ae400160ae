// The document as of one revision, for comparing: objects by number, every reference with the place it stands at, nothing read twice.
import { PdfFault } from '../fault.ts'
import type { PdfFile } from '../file.ts'
import type { PdfDict, PdfObject, PdfRef, PdfStream } from '../objects.ts'
import type { Revision } from '../revisions/revisions.ts'

/** A place inside an object: `Kids/0/T`. Object 0, which no file may use, stands for the trailer. */
export interface Slot {
  readonly object: number
  readonly path: string
}

/** A value with its place. References are followed: `holder` is where the document points, `slot` where the value stands. */
export interface Located {
  readonly value: PdfObject | undefined
  readonly holder: Slot
  readonly slot: Slot
  readonly ref: PdfRef | null
}

/** One reference: it stands at `path` of an object and points at `target`. */
export interface Edge {
  readonly path: string
  readonly target: number
}

export const TRAILER = 0

/** Objects of all revisions of one file. The same bytes at the same offset are the same object, whichever revision asks. */
export class ObjectStore {
  readonly #objects = new Map<string, PdfObject | undefined>()
  readonly #edges = new Map<string, readonly Edge[]>()

  object(file: PdfFile, number: number): PdfObject | undefined {
    const key = keyOf(file, number)
    if (key === null) return undefined
    if (!this.#objects.has(key)) this.#objects.set(key, read(file, number))
    return this.#objects.get(key)
  }

  edges(file: PdfFile, number: number): readonly Edge[] {
    const key = keyOf(file, number)
    if (key === null) return []
    let edges = this.#edges.get(key)
    if (edges === undefined) this.#edges.set(key, (edges = edgesOf(this.object(file, number))))
    return edges
  }
}

export class RevisionView {
  readonly revision: Revision
  readonly file: PdfFile
  readonly #store: ObjectStore

  constructor(revision: Revision, store: ObjectStore) {
    this.revision = revision
    this.file = revision.file
    this.#store = store
  }

  /** What stands under a number; undefined when it is free, missing or cannot be read. @throws PdfFault beyond the limits */
  object(number: number): PdfObject | undefined {
    return number === TRAILER ? this.revision.trailer : this.#store.object(this.file, number)
  }

  /** Whether the cross-reference of this revision says that something stands under the number. */
  has(number: number): boolean {
    const entry = this.file.entries.get(number)
    return entry !== undefined && entry.kind !== 'free'
  }

  edges(number: number): readonly Edge[] {
    return number === TRAILER ? edgesOf(this.revision.trailer) : this.#store.edges(this.file, number)
  }

  /** The trailer, from which everything is reached. */
  trailer(): Located {
    const slot = { object: TRAILER, path: '' }
    return { value: this.revision.trailer, holder: slot, slot, ref: null }
  }

  /** The value of a key, followed to where it stands; of no dictionary, nothing. */
  entry(of: Located, key: string): Located {
    return this.#follow(dictOf(of.value)?.entries.get(key), below(of.slot, escapeKey(key)))
  }

  items(of: Located): readonly Located[] {
    return itemsOf(of.value).map((item, i) => this.#follow(item, below(of.slot, String(i))))
  }

  /** What a reference that stands in an older place leads to now. */
  at(ref: PdfRef): Located {
    const slot = { object: ref.number, path: '' }
    return { value: this.object(ref.number) ?? undefined, holder: slot, slot, ref }
  }

  /** The raw data of a stream, null where its length or its end is wrong. */
  data(stream: PdfStream): Uint8Array | null {
    return orNull(() => this.file.streamData(stream))
  }

  /** The data without its filter, null where it has another filter than FlateDecode or is damaged. */
  decoded(stream: PdfStream): Uint8Array | null {
    return orNull(() => this.file.structureData(stream))
  }

  #follow(value: PdfObject | undefined, holder: Slot): Located {
    let slot = holder
    let ref: PdfRef | null = null
    let current = value
    for (let hop = 0; hop < 8; hop++) {
      const next = refOf(current)
      if (next === null) return { value: current ?? undefined, holder, slot, ref }
      // Where one reference leads to another the outer one counts as holder; the inner is the business of the leftovers.
      ref = next
      slot = { object: next.number, path: '' }
      current = this.object(next.number)
    }
    return { value: undefined, holder, slot, ref }
  }
}

export function below(slot: Slot, step: string): Slot {
  return { object: slot.object, path: slot.path === '' ? step : `${slot.path}/${step}` }
}

/** Names may contain the sign that parts the steps of a path. */
export function escapeKey(key: string): string {
  return key.replaceAll('#', '#23').replaceAll('/', '#2F')
}

/** A dictionary, or that of a stream. */
export function dictOf(value: PdfObject | undefined): PdfDict | null {
  if (value === undefined || value === null || typeof value !== 'object') return null
  return value.kind === 'dict' ? value : value.kind === 'stream' ? value.dict : null
}

export function streamOf(value: PdfObject | undefined): PdfStream | null {
  return value !== undefined && value !== null && typeof value === 'object' && value.kind === 'stream' ? value : null
}

export function itemsOf(value: PdfObject | undefined): readonly PdfObject[] {
  return value !== undefined && value !== null && typeof value === 'object' && value.kind === 'array' ? value.items : []
}

export function isArray(value: PdfObject | undefined): boolean {
  return value !== undefined && value !== null && typeof value === 'object' && value.kind === 'array'
}

export function nameOf(value: PdfObject | undefined): string | null {
  return value !== undefined && value !== null && typeof value === 'object' && value.kind === 'name' ? value.name : null
}

export function stringOf(value: PdfObject | undefined): Uint8Array | null {
  return value !== undefined && value !== null && typeof value === 'object' && value.kind === 'string'
    ? value.bytes
    : null
}

export function refOf(value: PdfObject | undefined): PdfRef | null {
  return value !== undefined && value !== null && typeof value === 'object' && value.kind === 'ref' ? value : null
}

/** Keys of either dictionary. */
export function keysOf(a: Located, b: Located): readonly string[] {
  return [...new Set([...(dictOf(a.value)?.entries.keys() ?? []), ...(dictOf(b.value)?.entries.keys() ?? [])])]
}

function keyOf(file: PdfFile, number: number): string | null {
  const entry = file.entries.get(number)
  if (entry === undefined || entry.kind === 'free') return null
  if (entry.kind === 'offset') return `${number}@${entry.offset}`
  const stream = file.entries.get(entry.stream)
  return `${number}@${stream?.kind === 'offset' ? stream.offset : '?'}:${entry.index}`
}

/** null is an object too; only what cannot be read is undefined. */
function read(file: PdfFile, number: number): PdfObject | undefined {
  return orNull(() => ({ object: file.resolve({ kind: 'ref', number, generation: 0 }) }))?.object
}

/** Damage is an absent value, as a reader of PDF has it; a limit that was reached ends the whole comparison. */
function orNull<T>(read: () => T): T | null {
  try {
    return read()
  } catch (fault) {
    if (fault instanceof PdfFault && fault.code !== 'paper-too-large') return null
    throw fault
  }
}

function edgesOf(object: PdfObject | undefined): readonly Edge[] {
  const edges: Edge[] = []
  const visit = (value: PdfObject | undefined, path: string): void => {
    const ref = refOf(value)
    if (ref !== null) {
      edges.push({ path, target: ref.number })
      return
    }
    const step = (key: string): string => (path === '' ? key : `${path}/${key}`)
    itemsOf(value).forEach((item, i) => visit(item, step(String(i))))
    for (const [key, entry] of dictOf(value)?.entries ?? []) visit(entry, step(escapeKey(key)))
  }
  visit(object, '')
  return edges
}
