// The appearance of a widget or annotation: its own streams may change, and new objects may come with them; shared ones may not.
import type { Comparison } from './comparison.ts'
import { sameMeaning } from './equality.ts'
import { keysOf, dictOf, streamOf, type Located } from './view.ts'

/**
 * Consumes a changed /AP (ISO 32000-1, 12.5.5) with everything that only this appearance uses.
 * What the appearance shares with the rest of the document stays unconsumed: a font changed in place is found among the leftovers.
 * @returns whether it means something else than before
 */
export function consumeAppearance(c: Comparison, a: Located, b: Located): boolean {
  const [x, y] = [c.before.entry(a, 'AP'), c.after.entry(b, 'AP')]
  if (sameMeaning(c.before, x, c.after, y, c.known)) {
    if (c.touches(x, y)) c.claim(y)
    return false
  }
  c.consume(y)
  for (const mode of keysOf(y, y)) {
    const entry = c.after.entry(y, mode)
    c.consume(entry)
    const streams =
      streamOf(entry.value) !== null ? [entry] : keysOf(entry, entry).map((state) => c.after.entry(entry, state))
    for (const stream of streams) {
      c.claim(stream)
      const resources = c.after.entry(stream, 'Resources')
      if (resources.value === undefined) continue
      c.claim(resources)
      for (const category of keysOf(resources, resources)) {
        const entries = c.after.entry(resources, category)
        // A category is a list of names; a stream or a single resource in its place is none.
        if (dictOf(entries.value) !== null && streamOf(entries.value) === null) c.claim(entries)
      }
    }
  }
  return true
}
