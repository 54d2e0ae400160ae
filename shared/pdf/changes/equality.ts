// When two values of two revisions are the same: by meaning and by bytes, never by where or how they were written.
import type { PdfObject } from '../objects.ts'
import {
  dictOf,
  escapeKey,
  isArray,
  itemsOf,
  nameOf,
  refOf,
  streamOf,
  type Located,
  type RevisionView,
} from './view.ts'

/** Most values that one comparison through references may visit: an appearance has some hundred. */
const MAX_VISITED = 20_000
/** Stands for the data of a stream in a path. No key can be written so: `#` is escaped. */
export const STREAM_DATA = '#data'

/**
 * The outermost places at which two values differ, a reference being compared by its number.
 * Arrays of another length differ as a whole, for then no item keeps its meaning.
 */
export function differences(
  before: RevisionView,
  a: PdfObject | undefined,
  after: RevisionView,
  b: PdfObject | undefined,
): readonly string[] {
  const found: string[] = []
  const visit = (x: PdfObject | undefined, y: PdfObject | undefined, path: string): void => {
    const step = (key: string): string => (path === '' ? key : `${path}/${key}`)
    const [dictX, dictY] = [dictOf(x), dictOf(y)]
    const [streamX, streamY] = [streamOf(x), streamOf(y)]
    if (dictX !== null && dictY !== null && (streamX === null) === (streamY === null)) {
      for (const key of new Set([...dictX.entries.keys(), ...dictY.entries.keys()]))
        visit(dictX.entries.get(key), dictY.entries.get(key), step(escapeKey(key)))
      if (streamX !== null && streamY !== null) {
        const [dataX, dataY] = [before.data(streamX), after.data(streamY)]
        if (dataX === null || dataY === null || !sameBytes(dataX, dataY)) found.push(step(STREAM_DATA))
      }
    } else if (isArray(x) && isArray(y) && itemsOf(x).length === itemsOf(y).length) {
      const items = itemsOf(y)
      itemsOf(x).forEach((item, i) => visit(item, items[i], step(String(i))))
    } else if (!sameScalar(x, y)) found.push(path)
  }
  visit(a, b, '')
  return found
}

/** From these the whole document is reached: what changes in them is judged where they are, not through every way to them. */
const ROOTS = new Set(['Catalog', 'Pages', 'Page'])

/** Whether two values mean the same when every reference is followed; in doubt (too much to visit) they do not. */
export function sameMeaning(
  before: RevisionView,
  a: Located,
  after: RevisionView,
  b: Located,
  known: Set<string> = new Set(),
): boolean {
  const assumed = new Set<string>()
  let visited = 0
  const same = (x: Located, y: Located): boolean => {
    if (++visited > MAX_VISITED) return false
    if (x.ref !== null && y.ref !== null) {
      // Circles are taken for equal until a difference is found; then the whole answer is no, and nothing assumed is kept.
      if (x.ref.number === y.ref.number && ROOTS.has(nameOf(dictOf(y.value)?.entries.get('Type')) ?? '')) return true
      const key = `${x.ref.number}:${y.ref.number}`
      if (known.has(key) || assumed.has(key)) return true
      assumed.add(key)
    }
    const [dictX, dictY] = [dictOf(x.value), dictOf(y.value)]
    const [streamX, streamY] = [streamOf(x.value), streamOf(y.value)]
    if (dictX !== null && dictY !== null && (streamX === null) === (streamY === null)) {
      for (const key of new Set([...dictX.entries.keys(), ...dictY.entries.keys()]))
        if (!same(before.entry(x, key), after.entry(y, key))) return false
      if (streamX === null || streamY === null) return true
      const [dataX, dataY] = [before.data(streamX), after.data(streamY)]
      return dataX !== null && dataY !== null && sameBytes(dataX, dataY)
    }
    if (isArray(x.value) && isArray(y.value)) {
      const [itemsX, itemsY] = [before.items(x), after.items(y)]
      if (itemsX.length !== itemsY.length) return false
      return itemsX.every((item, i) => {
        const other = itemsY[i]
        return other !== undefined && same(item, other)
      })
    }
    return sameScalar(x.value, y.value)
  }
  if (!same(a, b)) return false
  for (const key of assumed) known.add(key)
  return true
}

/** Neither arrays nor dictionaries. An entry that is null is an entry that is absent (ISO 32000-1, 7.3.7). */
function sameScalar(a: PdfObject | undefined, b: PdfObject | undefined): boolean {
  const [x, y] = [a ?? null, b ?? null]
  if (x === null || y === null || typeof x !== 'object' || typeof y !== 'object') return x === y
  if (x.kind === 'name') return y.kind === 'name' && x.name === y.name
  if (x.kind === 'string') return y.kind === 'string' && sameBytes(x.bytes, y.bytes)
  const [refX, refY] = [refOf(x), refOf(y)]
  return refX !== null && refY !== null && refX.number === refY.number && refX.generation === refY.generation
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}
