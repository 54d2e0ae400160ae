// A PDF as its cross-reference describes it: objects are read where the table says they are, or not at all. Nothing is repaired.
import type { CrossReferenceEntries } from './entries.ts'
import { damaged } from './fault.ts'
import { inflate } from './inflate.ts'
import {
  isWhitespace,
  standsAt,
  type ObjectParser,
  type PdfDict,
  type PdfObject,
  type PdfRef,
  type PdfStream,
} from './objects.ts'
import { undoPredictor } from './predictor.ts'
import { ObjectStream, type PdfSource } from './source.ts'

/** Data may be followed by up to two bytes of line end that `/Length` does not count, and some writers count them. */
const LENGTH_SLACK = 2

/** The document as of one revision: its newest, or an older one as a viewer of that revision would have seen it. */
export class PdfFile {
  /** From the header to the end of the revision; of the newest revision, to the end of the file. */
  readonly bytes: Uint8Array
  readonly entries: CrossReferenceEntries
  readonly #source: PdfSource
  readonly #ends: readonly number[]
  /** Those that cannot be shared: a reference in their dictionary may mean something else in another revision. */
  readonly #objectStreams = new Map<number, ObjectStream>()

  /**
   * @param end where the revision ends, counted from the header: nothing behind it is seen
   * @param ends where it and the revisions before it end, in rising order: no object reaches over such an end, or bytes that were
   *   appended later could complete what was nothing when it was signed
   */
  constructor(
    source: PdfSource,
    entries: CrossReferenceEntries,
    end = source.bytes.length,
    ends: readonly number[] = [],
  ) {
    this.#source = source
    this.entries = entries
    this.#ends = ends
    this.bytes = source.bytes.subarray(0, end)
  }

  /** A parser at an offset, on the budget of this file. */
  parserAt(offset: number): ObjectParser {
    return this.#source.parserAt(offset)
  }

  /** Follows a reference, any other object is returned as it is. @throws PdfFault when the object is not there */
  resolve(object: PdfObject | undefined): PdfObject {
    let current = object
    // A reference to a reference is not allowed for indirect objects, yet harmless; a circle of them is not.
    for (let hop = 0; hop < 8; hop++) {
      if (current === undefined) throw damaged('missing entry')
      if (current === null || typeof current !== 'object' || current.kind !== 'ref') return current
      current = this.#read(current)
    }
    throw damaged('references in a circle')
  }

  /** @throws PdfFault when it is no dictionary */
  dict(object: PdfObject | undefined): PdfDict {
    const resolved = this.resolve(object)
    if (resolved === null || typeof resolved !== 'object' || resolved.kind !== 'dict')
      throw damaged('expected a dictionary')
    return resolved
  }

  /** The data of a stream as it stands in the file. @throws PdfFault unless `endstream` follows where `/Length` says */
  streamData(stream: PdfStream): Uint8Array {
    const length = this.resolve(stream.dict.entries.get('Length'))
    if (typeof length !== 'number' || !Number.isInteger(length) || length < 0) throw damaged('stream without length')
    const end = stream.start + length
    const limit = this.#limit(stream.start)
    if (end > limit) throw damaged('stream reaches beyond its revision')
    let after = Math.max(stream.start, end - LENGTH_SLACK)
    while (after < end && !standsAt(this.bytes, after, 'endstream')) after++
    while (after < end + LENGTH_SLACK && isWhitespace(this.bytes[after])) after++
    if (!standsAt(this.bytes, after, 'endstream') || after > limit) throw damaged('stream without end')
    return this.bytes.subarray(stream.start, end)
  }

  /** The decoded data of a cross-reference or object stream, within what one paper may inflate to. */
  structureData(stream: PdfStream): Uint8Array {
    const filter = this.#single(stream.dict.entries.get('Filter'))
    const raw = this.streamData(stream)
    if (filter === null) return raw
    if (typeof filter !== 'object' || filter.kind !== 'name' || filter.name !== 'FlateDecode')
      throw damaged('unknown filter')
    const inflated = inflate(raw, this.#source.structureLeft)
    this.#source.structureLeft -= inflated.length
    const parameters = this.#single(stream.dict.entries.get('DecodeParms'))
    return parameters === null ? inflated : undoPredictor(inflated, this.dict(parameters))
  }

  /** `/Filter` and `/DecodeParms` stand alone or as an array of one; null where absent. */
  #single(object: PdfObject | undefined): PdfObject {
    const resolved = this.resolve(object ?? null)
    if (resolved === null || typeof resolved !== 'object' || resolved.kind !== 'array') return resolved
    if (resolved.items.length > 1) throw damaged('chain of filters')
    return this.resolve(resolved.items[0] ?? null)
  }

  #read(ref: PdfRef): PdfObject {
    const entry = this.entries.get(ref.number)
    switch (entry?.kind) {
      case undefined:
      case 'free':
        throw damaged(`object ${ref.number} is missing`)
      case 'offset': {
        const { number, object, end } = this.#source.objectAt(entry.offset)
        if (number !== ref.number) throw damaged(`object ${ref.number} is not where the table says`)
        if (end > this.#limit(entry.offset)) throw damaged(`object ${ref.number} is not part of its revision`)
        return object
      }
      case 'compressed':
        return this.objectStream(entry.stream).object(ref.number, entry.index)
    }
  }

  /** The object stream with a number. @throws PdfFault when it is none */
  objectStream(number: number): ObjectStream {
    const entry = this.entries.get(number)
    // An object stream inside an object stream is forbidden, and would let two of them contain each other.
    if (entry?.kind !== 'offset') throw damaged('object stream is missing')
    const known = this.#source.objectStreams.get(entry.offset) ?? this.#objectStreams.get(entry.offset)
    if (known !== undefined && known.end <= this.bytes.length) return known
    const stream = this.resolve({ kind: 'ref', number, generation: 0 })
    if (stream === null || typeof stream !== 'object' || stream.kind !== 'stream') throw damaged('no object stream')
    const opened = this.#opened(stream)
    const shared = ![...stream.dict.entries.values()].some(mayDiffer)
    ;(shared ? this.#source.objectStreams : this.#objectStreams).set(entry.offset, opened)
    return opened
  }

  /** Where the revision ends that an offset belongs to. */
  #limit(offset: number): number {
    let [low, high] = [0, this.#ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#ends[middle] ?? 0) <= offset) low = middle + 1
      else high = middle
    }
    return Math.min(this.#ends[low] ?? this.bytes.length, this.bytes.length)
  }

  #opened(stream: PdfStream): ObjectStream {
    const count = this.resolve(stream.dict.entries.get('N'))
    const first = this.resolve(stream.dict.entries.get('First'))
    if (typeof count !== 'number' || typeof first !== 'number') throw damaged('object stream without index')
    const end = stream.start + this.streamData(stream).length
    return new ObjectStream(this.structureData(stream), { count, first, end }, this.#source.budget)
  }
}

/** Whether a value of a stream's dictionary may mean something else in another revision: it is, or may hold, a reference. */
function mayDiffer(value: PdfObject): boolean {
  if (value === null || typeof value !== 'object') return false
  if (value.kind === 'array') return value.items.some(mayDiffer)
  if (value.kind === 'dict') return [...value.entries.values()].some(mayDiffer)
  return value.kind === 'ref'
}
