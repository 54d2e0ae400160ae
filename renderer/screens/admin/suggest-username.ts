// A username to begin with: given name and initials, as Vietnamese offices write them.
import { fold } from '../../../shared/text/fold.ts'

/** "Trần Thị Thu Hà" → "hattt"; the administrator may write another. */
export function suggestUsername(name: string): string {
  const words = fold(name)
    .replace(/[^a-z0-9\s]/g, '')
    .trim()
    .split(/\s+/)
    .filter(Boolean)
  const given = words.at(-1) ?? ''
  return (
    given +
    words
      .slice(0, -1)
      .map((word) => word.charAt(0))
      .join('')
  )
}
