// Reads a content stream as operators with their operands (ISO 32000-1, 7.8.2), to see what a page or an appearance draws.
import { concatBytes } from '@noble/hashes/utils.js'
import { PdfFault } from '../fault.ts'
import { isWhitespace, newParseBudget, ObjectParser, type PdfObject } from '../objects.ts'
import { isArray, streamOf, type Located, type RevisionView } from './view.ts'

export interface Operation {
  readonly operator: string
  readonly operands: readonly PdfObject[]
}

/** Most bytes of one page's content: dense vector maps stay below, and what is larger counts as unreadable. */
const MAX_CONTENT_BYTES = 16 * 1024 * 1024
/** Parts are joined as if white space stood between them (ISO 32000-1, table 30). */
const LINE_END = Uint8Array.of(0x0a)
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)$/
/** Starts a string, a name, an array or a dictionary. */
const OPENING = new Set([0x28, 0x3c, 0x2f, 0x5b])

/** The operations of a stream, or of an array of streams as if they were one; null where anything cannot be read. */
export function operationsOf(view: RevisionView, content: Located): readonly Operation[] | null {
  if (streamOf(content.value) === null && !isArray(content.value)) return null
  const parts = streamOf(content.value) !== null ? [content] : view.items(content)
  const operations: Operation[] = []
  let bytes = 0
  const joined: Uint8Array[] = []
  for (const part of parts) {
    const stream = streamOf(part.value)
    const data = stream === null ? null : view.decoded(stream)
    if (data === null || (bytes += data.length) > MAX_CONTENT_BYTES) return null
    joined.push(data, LINE_END)
  }
  try {
    return readOperations(concatBytes(...joined), operations)
  } catch (fault) {
    if (fault instanceof PdfFault) return null
    throw fault
  }
}

function readOperations(data: Uint8Array, operations: Operation[]): readonly Operation[] {
  const parser = new ObjectParser(data, 0, newParseBudget())
  let operands: PdfObject[] = []
  for (;;) {
    parser.skipSpace()
    const byte = data[parser.position]
    if (byte === undefined) return operations
    if (OPENING.has(byte)) {
      operands.push(parser.object())
      continue
    }
    const word = parser.token()
    if (word === '') throw new PdfFault('paper-truncated', 'stray delimiter in content')
    const constant = CONSTANTS.get(word)
    if (NUMBER.test(word)) operands.push(Number(word))
    else if (constant !== undefined) operands.push(constant)
    else {
      if (word === 'ID') skipInlineImage(data, parser)
      operations.push({ operator: word, operands })
      operands = []
    }
  }
}

const CONSTANTS = new Map<string, PdfObject>([
  ['true', true],
  ['false', false],
  ['null', null],
])

/** The data of an inline image ends with EI between white space; nothing says how long it is. */
function skipInlineImage(data: Uint8Array, parser: ObjectParser): void {
  for (let at = parser.position + 1; at < data.length; at++) {
    const ends = data[at] === 0x45 && data[at + 1] === 0x49 && isWhitespace(data[at - 1])
    if (!ends || !(isWhitespace(data[at + 2]) || at + 2 >= data.length)) continue
    parser.position = at + 2
    return
  }
  throw new PdfFault('paper-truncated', 'inline image without end')
}
