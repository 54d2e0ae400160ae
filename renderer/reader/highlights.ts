// Marks hits in the text layer by the browser's own highlights, which change no element: selection and layout stay as they are.
import type { LaidText } from './draw-page.ts'
import { pageText, piecesOf, type Hit } from './page-text.ts'

/** Names in reader.module.css. */
const ALL = 'reader-hit'
const CURRENT = 'reader-current-hit'

/** A document has one registry for all readers in it: each adds its ranges and takes them away again. */
function registered(name: string, priority: number): Highlight {
  const known = CSS.highlights.get(name)
  if (known !== undefined) return known
  const highlight = new Highlight()
  highlight.priority = priority
  CSS.highlights.set(name, highlight)
  return highlight
}

/** The ranges of one hit in the text layer: one for each run that it touches. */
export function rangesOf(text: LaidText, hit: Hit): readonly Range[] {
  return piecesOf(pageText(text.runs), text.runs, hit).flatMap(({ run, from, to }) => {
    const node = text.elements[run]?.firstChild
    if (!(node instanceof Text) || node.length < to) return []
    const range = document.createRange()
    range.setStart(node, from)
    range.setEnd(node, to)
    return [range]
  })
}

/** Marks the hits of a page. @param current index of the hit that is shown now, or -1. @returns takes the marks away */
export function markHits(text: LaidText, hits: readonly Hit[], current: number): () => void {
  const all = registered(ALL, 0)
  const shown = registered(CURRENT, 1)
  const added = hits.map((hit, i) => ({ to: i === current ? shown : all, ranges: rangesOf(text, hit) }))
  for (const { to, ranges } of added) for (const range of ranges) to.add(range)
  return () => {
    for (const { to, ranges } of added) for (const range of ranges) to.delete(range)
  }
}
