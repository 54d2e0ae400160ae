// The bytes of one file and what has been parsed of them: shared by the views of all its revisions, so that nothing is read twice.
import { damaged } from './fault.ts'
import { MAX_STRUCTURE_BYTES } from './limits.ts'
import { newParseBudget, ObjectParser, type ParseBudget, type PdfObject } from './objects.ts'

/** `12 0 obj` with its object; `end` is where the object ends, of a stream where its data begins. */
export type ParsedObject = {
  readonly number: number
  readonly generation: number
  readonly object: PdfObject
  readonly end: number
}

/** An object stream opened but not yet parsed: which objects it holds, and where each begins in the decoded data. */
export class ObjectStream {
  readonly numbers: readonly number[]
  /** Where the raw data ends in the file. */
  readonly end: number
  /** Whether an object that was asked for so far has a dictionary with a key twice. */
  sawDuplicateKey = false
  readonly #data: Uint8Array
  readonly #offsets: readonly number[]
  readonly #budget: ParseBudget
  readonly #objects = new Map<number, PdfObject>()

  constructor(data: Uint8Array, shape: { count: number; first: number; end: number }, budget: ParseBudget) {
    const index = new ObjectParser(data, 0, budget)
    const numbers: number[] = []
    const offsets: number[] = []
    for (let i = 0; i < shape.count; i++) {
      numbers.push(index.integer())
      offsets.push(shape.first + index.integer())
    }
    this.numbers = numbers
    this.end = shape.end
    this.#data = data
    this.#offsets = offsets
    this.#budget = budget
  }

  /** @throws PdfFault unless the n-th object of the stream is there and has the number that the cross-reference says */
  object(number: number, index: number): PdfObject {
    const known = this.#objects.get(index)
    const offset = this.#offsets[index]
    if (offset === undefined || this.numbers[index] !== number) throw damaged(`object ${number} is not in its stream`)
    if (known !== undefined) return known
    const parser = new ObjectParser(this.#data, offset, this.#budget)
    const object = parser.object()
    if (parser.sawDuplicateKey) this.sawDuplicateKey = true
    this.#objects.set(index, object)
    return object
  }
}

export class PdfSource {
  readonly bytes: Uint8Array
  readonly budget: ParseBudget = newParseBudget()
  /** Opened object streams whose dictionaries mean the same in every revision, by offset. */
  readonly objectStreams = new Map<number, ObjectStream>()
  /** How many bytes cross-reference and object streams may still inflate to. */
  structureLeft = MAX_STRUCTURE_BYTES
  readonly #objects = new Map<number, ParsedObject>()

  /** @param bytes from the header on: all offsets of a file count from there (ISO 32000-1, 7.5.2) */
  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  /** A parser at an offset, on the budget of this file. */
  parserAt(offset: number): ObjectParser {
    return new ObjectParser(this.bytes, offset, this.budget)
  }

  /** The indirect object that begins at an offset. @throws PdfFault when none does */
  objectAt(offset: number): ParsedObject {
    const known = this.#objects.get(offset)
    if (known !== undefined) return known
    const parser = this.parserAt(offset)
    const parsed = { ...parser.indirect(), end: parser.position }
    this.#objects.set(offset, parsed)
    return parsed
  }
}
