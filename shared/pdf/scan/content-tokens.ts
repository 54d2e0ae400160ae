// A content stream as operators with their operands (ISO 32000-1, 7.8.2); inline pictures are passed over as one operator.
import { isWhitespace, newParseBudget, ObjectParser, standsAt, type PdfObject } from '../objects.ts'

export interface Operation {
  readonly operator: string
  readonly operands: readonly PdfObject[]
}

/** No operator of the standard takes more, but for numbers of a path, which do not matter here. */
const MAX_OPERANDS = 64
const OPERAND_START = new Set('/([<+-.0123456789'.split('').map((character) => character.charCodeAt(0)))

/** @throws PdfFault on the first byte that is no content */
export function* operations(content: Uint8Array): Generator<Operation> {
  const parser = new ObjectParser(content, 0, newParseBudget())
  let operands: PdfObject[] = []
  for (;;) {
    parser.skipSpace()
    const byte = content[parser.position]
    if (byte === undefined) return
    if (OPERAND_START.has(byte)) {
      operands.push(parser.object())
      if (operands.length > MAX_OPERANDS) operands = operands.slice(-MAX_OPERANDS)
      continue
    }
    const operator = parser.token()
    // A delimiter that begins nothing: as readers do, it is passed over.
    if (operator === '') parser.position++
    else if (operator === 'ID') parser.position = afterInlinePicture(content, parser.position)
    else yield { operator, operands }
    operands = []
  }
}

/** Behind `EI`, which stands between white space: data of an inline picture may hold anything else. */
function afterInlinePicture(content: Uint8Array, from: number): number {
  for (let at = from + 1; at < content.length; at++) {
    const ends = at + 2 >= content.length || isWhitespace(content[at + 2])
    if (standsAt(content, at, 'EI') && isWhitespace(content[at - 1]) && ends) return at
  }
  return content.length
}
