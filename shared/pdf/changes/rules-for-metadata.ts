// Metadata after a signature: the traces that a writer leaves are allowed, a new title or author is not.
import { sameBytes } from './equality.ts'
import type { Comparison } from './comparison.ts'
import { keysOf, nameOf, streamOf, stringOf, type Located } from './view.ts'

/**
 * Written by every tool that saves. DocMDP (ISO 32000-2, table 257) does not name them, and honest long-term updates of other
 * products (Acrobat, iText) do change them. All other entries are shown to the reader as facts about the document.
 */
const TRACES = new Set(['ModDate', 'Producer'])
/** What XMP says about the document and not about its writing: shown as title, author and so on. */
const STATEMENT = /<dc:(title|creator|description|subject|rights|publisher)\b[\s\S]*?(?:<\/dc:\1>|\/>)/g

/** The information dictionary (ISO 32000-1, 14.3.3). */
export function judgeInfo(c: Comparison, a: Located, b: Located): void {
  const keys = keysOf(a, b)
  let changed = false
  for (const key of keys) {
    const [x, y] = [c.before.entry(a, key), c.after.entry(b, key)]
    if (sameText(x, y)) continue
    changed = true
    if (!TRACES.has(key) || stringOf(y.value) === null) c.report({ code: 'metadata-rewritten', field: key })
  }
  if (changed) c.report({ code: 'metadata-updated' })
  // What stands in it was judged above, wherever it stands now.
  if (changed || c.touches(a, b) || a.ref?.number !== b.ref?.number) {
    c.claim(b)
    for (const key of keys) c.claim(c.after.entry(b, key))
  }
}

/** The XMP packet of the document (ISO 32000-1, 14.3.2). */
export function judgeXmp(c: Comparison, a: Located, b: Located): void {
  if (!c.touches(a, b)) return
  const packet = streamOf(b.value)
  const proper =
    packet !== null && nameOf(packet.dict.entries.get('Subtype')) === 'XML' && packet.dict.entries.size <= 5
  const [old, now] = [statements(c, a, 'before'), statements(c, b, 'after')]
  const kept = proper && old !== null && now !== null && old === now
  c.report({ code: kept ? 'metadata-updated' : 'metadata-rewritten' })
  c.claim(b)
}

/** Null where the packet cannot be read. */
function statements(c: Comparison, at: Located, side: 'before' | 'after'): string | null {
  if (at.value === undefined) return ''
  const stream = streamOf(at.value)
  const data = stream === null ? null : c[side].decoded(stream)
  if (data === null) return null
  const text = Array.from(data, (byte) => String.fromCharCode(byte)).join('')
  return (text.match(STATEMENT) ?? []).join('\n').replace(/\s+/g, ' ')
}

function sameText(a: Located, b: Located): boolean {
  const [x, y] = [stringOf(a.value), stringOf(b.value)]
  if (x !== null && y !== null) return sameBytes(x, y)
  return a.value === b.value || (nameOf(a.value) !== null && nameOf(a.value) === nameOf(b.value))
}
