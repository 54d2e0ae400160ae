// Does a row answer a search: every word of the query somewhere in it, with or without diacritics.
import { fold } from '../../shared/text/fold.ts'

/** An empty query is answered by everything. */
export function matches(query: string, ...texts: readonly string[]): boolean {
  const words = fold(query).split(/\s+/).filter(Boolean)
  if (words.length === 0) return true
  const all = fold(texts.join(' '))
  return words.every((word) => all.includes(word))
}
