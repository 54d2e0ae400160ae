// Hand-made files of several revisions for tests: objects as text, with a right cross-reference unless a test wants a wrong one.
import { zlibSync } from 'fflate'

export type RevisionText = {
  readonly objects?: Readonly<Record<number, string>>
  readonly free?: readonly number[]
  /** More entries of the trailer. */
  readonly trailer?: string
  /** Bytes between the end of the revision before and the first object, behind the objects, and before `startxref`. */
  readonly before?: string
  readonly behind?: string
  readonly inside?: string
  /** What `%%EOF` is followed by. */
  readonly tail?: string
  readonly size?: number
  readonly prev?: number
  readonly startxref?: string
  /** Changes entries of a table, each of 20 bytes. */
  readonly entry?: (entry: string, number: number) => string
  /** Entries that point elsewhere than at the objects of this revision. */
  readonly offsets?: Readonly<Record<number, number>>
  /** As a stream, whose own number is one more than the highest. */
  readonly stream?: boolean
  /** Rows of a stream for objects that stand in object streams: stream and index. */
  readonly compressed?: Readonly<Record<number, readonly [number, number]>>
  readonly generation?: number
}

export type MadePdf = {
  readonly text: string
  readonly bytes: Uint8Array
  /** Of objects, by revision. */
  readonly offsets: readonly ReadonlyMap<number, number>[]
  /** Of the cross-reference sections, and of the ends of revisions. */
  readonly sections: readonly number[]
  readonly ends: readonly number[]
}

export const CATALOG = '<</Type/Catalog/Pages 2 0 R>>'
export const PAGES = '<</Type/Pages/Kids[3 0 R]/Count 1>>'
export const PAGE = '<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>'
export const BASE = { 1: CATALOG, 2: PAGES, 3: PAGE }

export function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

export function streamText(dict: string, data: string | Uint8Array): string {
  const text = typeof data === 'string' ? data : Array.from(data, (byte) => String.fromCharCode(byte)).join('')
  return `<<${dict}/Length ${text.length}>>\nstream\n${text}\nendstream`
}

/** An object stream with the given objects, in order. */
export function objectStreamText(objects: Readonly<Record<number, string>>, dict = ''): string {
  let [index, body] = ['', '']
  for (const [number, object] of Object.entries(objects)) {
    index += `${number} ${body.length} `
    body += `${object} `
  }
  const count = Object.keys(objects).length
  return streamText(
    `/Type/ObjStm/N ${count}/First ${index.length}${dict}/Filter/FlateDecode`,
    zlibSync(latin1(index + body)),
  )
}

/** @param header what the first revision begins with */
export function makePdf(revisions: readonly RevisionText[], header = '%PDF-1.7\n'): MadePdf {
  let text = header
  const origin = header.indexOf('%PDF')
  const offsets: Map<number, number>[] = []
  const sections: number[] = []
  const ends: number[] = []
  const numbers = new Set<number>()
  for (const revision of revisions) {
    text += revision.before ?? ''
    const placed = new Map<number, number>()
    for (const [number, object] of Object.entries(revision.objects ?? {})) {
      placed.set(Number(number), text.length - origin)
      text += `${number} ${revision.generation ?? 0} obj\n${object}\nendobj\n`
    }
    text += revision.behind ?? ''
    const at = text.length - origin
    const rows = new Map<number, Row>([[0, [0, 0, 65535]]])
    for (const number of revision.free ?? []) rows.set(number, [0, 0, 1])
    for (const [number, offset] of placed) rows.set(number, [1, offset, revision.generation ?? 0])
    for (const [number, offset] of Object.entries(revision.offsets ?? {})) rows.set(Number(number), [1, offset, 0])
    for (const [number, [stream, index]] of Object.entries(revision.compressed ?? {}))
      rows.set(Number(number), [2, stream, index])
    if (revision.stream === true) rows.set(Math.max(...rows.keys(), ...numbers) + 1, [1, at, 0])
    for (const number of rows.keys()) numbers.add(number)
    const prev = revision.prev ?? sections.at(-1)
    const trailer = `/Size ${revision.size ?? Math.max(...numbers) + 1}/Root 1 0 R${prev === undefined ? '' : `/Prev ${prev}`}${revision.trailer ?? ''}`
    text += revision.stream === true ? streamSection(rows, trailer) : tableSection(rows, trailer, revision.entry)
    text += `${revision.inside ?? ''}startxref\n${revision.startxref ?? at}\n%%EOF${revision.tail ?? '\n'}`
    offsets.push(placed)
    sections.push(at)
    ends.push(text.length)
  }
  return { text, bytes: latin1(text), offsets, sections, ends }
}

type Row = readonly [type: number, second: number, third: number]

function runsOf(rows: ReadonlyMap<number, Row>): readonly (readonly [number, Row])[][] {
  const runs: (readonly [number, Row])[][] = []
  for (const row of [...rows].sort(([a], [b]) => a - b)) {
    const last = runs.at(-1)
    if (last !== undefined && (last.at(-1)?.[0] ?? 0) + 1 === row[0]) last.push(row)
    else runs.push([row])
  }
  return runs
}

function tableSection(
  rows: ReadonlyMap<number, Row>,
  trailer: string,
  change: RevisionText['entry'] = (entry) => entry,
): string {
  let text = 'xref\n'
  for (const run of runsOf(rows)) {
    text += `${run[0]?.[0] ?? 0} ${run.length}\n`
    for (const [number, [type, second, third]] of run)
      text += change(
        `${String(second).padStart(10, '0')} ${String(third).padStart(5, '0')} ${type === 0 ? 'f' : 'n'} \n`,
        number,
      )
  }
  return `${text}trailer\n<<${trailer}>>\n`
}

function streamSection(rows: ReadonlyMap<number, Row>, trailer: string): string {
  const runs = runsOf(rows)
  const index = runs.map((run) => `${run[0]?.[0] ?? 0} ${run.length}`).join(' ')
  const data = runs
    .flat()
    .flatMap(([, [type, second, third]]) => [type, second >> 16, (second >> 8) & 255, second & 255, third & 255])
  const stream = streamText(
    `/Type/XRef/W[1 3 1]/Index[${index}]${trailer}/Filter/FlateDecode`,
    zlibSync(Uint8Array.from(data)),
  )
  return `${Math.max(...rows.keys())} 0 obj\n${stream}\nendobj\n`
}
