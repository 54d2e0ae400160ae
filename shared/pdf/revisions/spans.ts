// Exactly which bytes of the file an indirect object takes, from its number to `endobj`.
import { damaged, PdfFault } from '../fault.ts'
import type { PdfFile } from '../file.ts'
import { isWhitespace, ObjectParser, standsAt, type ParseBudget, type PdfObject } from '../objects.ts'

/** `[start, end)`, counted from the header. */
export type ObjectSpan = {
  readonly start: number
  readonly end: number
  readonly number: number
  readonly generation: number
  readonly object: PdfObject
  readonly duplicateKey: boolean
  /** Whether all of its keywords and line ends are as they must be (ISO 32000-1, 7.3.8 and 7.3.10). */
  readonly wellFormed: boolean
}

const END_STREAM = 'endstream'
const END_OBJECT = 'endobj'
/** Line ends around `endstream` that `/Length` counts or does not count. */
const SLACK = 2

/**
 * @param file the revision that the object belongs to: the length of a stream may be a reference
 * @throws PdfFault where no object stands, or its stream does not end where its length says
 */
export function objectSpan(file: PdfFile, offset: number, budget: ParseBudget): ObjectSpan {
  const { bytes } = file
  const parser = new ObjectParser(bytes, offset, budget)
  parser.skipSpace()
  const start = parser.position
  const { number, generation, object } = parser.indirect()
  let lineEnd = true
  if (object !== null && typeof object === 'object' && object.kind === 'stream') {
    lineEnd = bytes[object.start - 1] === 0x0a
    parser.position = behindStream(bytes, object.start + file.streamData(object).length)
  }
  const bare = parser.position
  parser.skipSpace()
  const closed = standsAt(bytes, parser.position, END_OBJECT)
  const end = closed ? parser.position + END_OBJECT.length : bare
  return { start, end, number, generation, object, duplicateKey: parser.sawDuplicateKey, wellFormed: closed && lineEnd }
}

/** The span of what stands at an offset, null where it is no object. @throws PdfFault only beyond a limit */
export function objectSpanOrNull(file: PdfFile, offset: number, budget: ParseBudget): ObjectSpan | null {
  try {
    return objectSpan(file, offset, budget)
  } catch (fault) {
    if (fault instanceof PdfFault && fault.code !== 'paper-too-large') return null
    throw fault
  }
}

/** `streamData` has made sure that the word is there. */
function behindStream(bytes: Uint8Array, dataEnd: number): number {
  let at = dataEnd - SLACK
  while (at < dataEnd && !standsAt(bytes, at, END_STREAM)) at++
  while (isWhitespace(bytes[at])) at++
  if (!standsAt(bytes, at, END_STREAM)) throw damaged('stream without end')
  return at + END_STREAM.length
}
