// The cross-reference section of an update, as a table or as a stream (ISO 32000-1, 7.5.4 and 7.5.8).
import { concatBytes } from '@noble/hashes/utils.js'
import { zlibSync } from 'fflate'
import { damaged } from '../fault.ts'
import type { PdfDict } from '../objects.ts'
import { array, name, withEntries } from './make.ts'
import { dictText, latin1Bytes } from './serialize.ts'

export interface WrittenObject {
  readonly number: number
  readonly generation: number
  readonly offset: number
}

/** Ten digits have place in an entry of a table. */
const MAX_TABLE_OFFSET = 9_999_999_999
const MAX_GENERATION = 65_535
/** Type, offset and generation in a row of a stream: five bytes of offset reach as far as ten digits. */
const WIDTHS = [1, 5, 2] as const
const ROW = WIDTHS[0] + WIDTHS[1] + WIDTHS[2]

/**
 * Table and trailer. Each entry has exactly 20 bytes, its line end being CR LF: readers skip by counting.
 * @param first whether it is the only section of a file, which begins with the head of the free list
 */
export function tableSection(objects: readonly WrittenObject[], trailer: PdfDict, first = false): Uint8Array {
  let text = first ? 'xref\n0 1\n0000000000 65535 f\r\n' : 'xref\n'
  for (const run of runs(objects)) {
    text += `${run.first} ${run.objects.length}\n`
    for (const { offset, generation } of run.objects) {
      if (offset > MAX_TABLE_OFFSET || generation > MAX_GENERATION) throw damaged('offset has no place in a table')
      text += `${String(offset).padStart(10, '0')} ${String(generation).padStart(5, '0')} n\r\n`
    }
  }
  return latin1Bytes(`${text}trailer\n${dictText(trailer)}\n`)
}

/** A stream that lists the objects and itself. @param offset where the stream will stand */
export function streamSection(
  objects: readonly WrittenObject[],
  trailer: PdfDict,
  number: number,
  offset: number,
): Uint8Array {
  const all = runs([...objects, { number, generation: 0, offset }])
  const rows = all.flatMap((run) => run.objects)
  const data = new Uint8Array(rows.length * ROW)
  rows.forEach((row, i) => {
    if (row.offset > MAX_TABLE_OFFSET || row.generation > MAX_GENERATION) throw damaged('offset has no place in a row')
    data[i * ROW] = 1
    writeNumber(data, i * ROW + WIDTHS[0], WIDTHS[1], row.offset)
    writeNumber(data, i * ROW + WIDTHS[0] + WIDTHS[1], WIDTHS[2], row.generation)
  })
  const packed = zlibSync(data)
  const dict = withEntries(trailer, {
    Type: name('XRef'),
    Size: number + 1,
    W: array(WIDTHS),
    Index: array(all.flatMap((run) => [run.first, run.objects.length])),
    Filter: name('FlateDecode'),
    Length: packed.length,
  })
  const head = latin1Bytes(`${number} 0 obj\n${dictText(dict)}\nstream\n`)
  return concatBytes(head, packed, latin1Bytes('\nendstream\nendobj\n'))
}

interface Run {
  readonly first: number
  readonly objects: WrittenObject[]
}

/** Consecutive numbers stand together, in rising order. */
function runs(objects: readonly WrittenObject[]): readonly Run[] {
  const result: Run[] = []
  for (const object of [...objects].sort((a, b) => a.number - b.number)) {
    const last = result.at(-1)
    if (last !== undefined && last.first + last.objects.length === object.number) last.objects.push(object)
    else result.push({ first: object.number, objects: [object] })
  }
  return result
}

function writeNumber(data: Uint8Array, at: number, width: number, value: number): void {
  let rest = value
  for (let i = width - 1; i >= 0; i--) {
    data[at + i] = rest % 256
    rest = Math.floor(rest / 256)
  }
}
