// A PDF as its cross-reference describes it: objects are read where the table says they are, or not at all. Nothing is repaired.
import { damaged } from './fault.ts'
import { inflate } from './inflate.ts'
import { MAX_STRUCTURE_BYTES } from './limits.ts'
import {
  isWhitespace,
  newParseBudget,
  ObjectParser,
  standsAt,
  type ParseBudget,
  type PdfDict,
  type PdfObject,
  type PdfRef,
  type PdfStream,
} from './objects.ts'
import { undoPredictor } from './predictor.ts'

/** Where an object is: at an offset of the file, or as the n-th of an object stream. `free` hides what an older revision had. */
export type CrossReferenceEntry =
  | { readonly kind: 'offset'; readonly offset: number }
  | { readonly kind: 'compressed'; readonly stream: number; readonly index: number }
  | { readonly kind: 'free' }

/** Data may be followed by up to two bytes of line end that `/Length` does not count, and some writers count them. */
const LENGTH_SLACK = 2

export class PdfFile {
  readonly bytes: Uint8Array
  readonly entries = new Map<number, CrossReferenceEntry>()
  readonly #budget: ParseBudget = newParseBudget()
  readonly #objectStreams = new Map<number, readonly PdfObject[]>()
  #structureLeft = MAX_STRUCTURE_BYTES

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  /** A parser at an offset, on the budget of this file. */
  parserAt(offset: number): ObjectParser {
    return new ObjectParser(this.bytes, offset, this.#budget)
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
    if (end > this.bytes.length) throw damaged('stream reaches beyond the file')
    let after = Math.max(stream.start, end - LENGTH_SLACK)
    while (after < end && !standsAt(this.bytes, after, 'endstream')) after++
    while (after < end + LENGTH_SLACK && isWhitespace(this.bytes[after])) after++
    if (!standsAt(this.bytes, after, 'endstream')) throw damaged('stream without end')
    return this.bytes.subarray(stream.start, end)
  }

  /** The decoded data of a cross-reference or object stream, within what one paper may inflate to. */
  structureData(stream: PdfStream): Uint8Array {
    const filter = this.#single(stream.dict.entries.get('Filter'))
    const raw = this.streamData(stream)
    if (filter === null) return raw
    if (typeof filter !== 'object' || filter.kind !== 'name' || filter.name !== 'FlateDecode')
      throw damaged('unknown filter')
    const inflated = inflate(raw, this.#structureLeft)
    this.#structureLeft -= inflated.length
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
        const { number, object } = this.parserAt(entry.offset).indirect()
        if (number !== ref.number) throw damaged(`object ${ref.number} is not where the table says`)
        return object
      }
      case 'compressed': {
        const object = this.#objectStream(entry.stream)[entry.index]
        if (object === undefined) throw damaged(`object ${ref.number} is not in its stream`)
        return object
      }
    }
  }

  #objectStream(number: number): readonly PdfObject[] {
    const known = this.#objectStreams.get(number)
    if (known !== undefined) return known
    // An object stream inside an object stream is forbidden, and would let two of them contain each other.
    if (this.entries.get(number)?.kind !== 'offset') throw damaged('object stream is missing')
    const stream = this.resolve({ kind: 'ref', number, generation: 0 })
    if (stream === null || typeof stream !== 'object' || stream.kind !== 'stream') throw damaged('no object stream')
    const objects = this.#objectsOf(stream)
    this.#objectStreams.set(number, objects)
    return objects
  }

  #objectsOf(stream: PdfStream): readonly PdfObject[] {
    const count = this.resolve(stream.dict.entries.get('N'))
    const first = this.resolve(stream.dict.entries.get('First'))
    if (typeof count !== 'number' || typeof first !== 'number') throw damaged('object stream without index')
    const data = this.structureData(stream)
    const index = new ObjectParser(data, 0, this.#budget)
    const offsets: number[] = []
    for (let i = 0; i < count; i++) {
      index.integer()
      offsets.push(index.integer())
    }
    return offsets.map((offset) => new ObjectParser(data, first + offset, this.#budget).object())
  }
}
