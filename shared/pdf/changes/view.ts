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

/** References inside objects, once for all revisions: what was parsed once is the same object for all of them. */
export type EdgeCache = WeakMap<object, readonly Edge[]>

export class RevisionView {
  readonly revision: Revision
  readonly file: PdfFile
  readonly #edges: EdgeCache
  #unreadable: Set<number> | undefined
  /** Decoding is paid from the limit of the whole file, so nothing is decoded twice. */
  readonly #decoded = new WeakMap<PdfStream, { readonly data: Uint8Array | null }>()

  constructor(revision: Revision, edges: EdgeCache) {
    this.revision = revision
    this.file = revision.file
    this.#edges = edges
  }

  /** What stands under a number; undefined when it is free, missing or cannot be read. @throws PdfFault beyond the limits */
  object(number: number): PdfObject | undefined {
    if (number === TRAILER) return this.revision.trailer
    // null is an object too; only what cannot be read is undefined.
    return this.has(number)
      ? orNull(() => ({ object: this.file.resolve({ kind: 'ref', number, generation: 0 }) }))?.object
      : undefined
  }

  /** Whether the cross-reference of this revision says that something stands under the number. */
  has(number: number): boolean {
    const entry = this.file.entries.get(number)
    return entry !== undefined && entry.kind !== 'free'
  }

  edges(number: number): readonly Edge[] {
    const object = this.object(number)
    if (object === undefined || object === null || typeof object !== 'object') return []
    let edges = this.#edges.get(object)
    if (edges === undefined) this.#edges.set(object, (edges = edgesOf(object)))
    return edges
  }

  /** Numbers that the cross-reference has and nobody can read, as where an entry points behind the end of its revision. */
  unreadable(): ReadonlySet<number> {
    if (this.#unreadable === undefined) {
      this.#unreadable = new Set<number>()
      for (const [number, { kind }] of this.file.entries)
        if (kind !== 'free' && this.object(number) === undefined) this.#unreadable.add(number)
    }
    return this.#unreadable
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

  /** The object with a number, as if it stood alone. */
  at(number: number): Located {
    const slot = { object: number, path: '' }
    return { value: this.object(number) ?? undefined, holder: slot, slot, ref: null }
  }

  /** The raw data of a stream, null where its length or its end is wrong. */
  data(stream: PdfStream): Uint8Array | null {
    return orNull(() => this.file.streamData(stream))
  }

  /** The data without its filter, null where it has another filter than FlateDecode or is damaged. */
  decoded(stream: PdfStream): Uint8Array | null {
    let known = this.#decoded.get(stream)
    if (known === undefined)
      this.#decoded.set(stream, (known = { data: orNull(() => this.file.structureData(stream)) }))
    return known.data
  }

  /** A reference with another generation than the object has refers to nothing (ISO 32000-1, 7.3.10), though many viewers follow it. */
  #holds({ number, generation }: PdfRef): boolean {
    const entry = this.file.entries.get(number)
    return entry !== undefined && generation === (entry.kind === 'offset' ? entry.generation : 0)
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
      current = this.#holds(next) ? this.object(next.number) : undefined
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
