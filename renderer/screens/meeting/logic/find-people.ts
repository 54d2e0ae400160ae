// Finding people by what a hurried hand types: without diacritics, words in any order.
import { fold } from '../../../../shared/text/fold.ts'

/** Every word of the query occurs somewhere in the text: `vuong ng` finds `Nguyễn Hồng Vương`. */
export function matches(text: string, query: string): boolean {
  const folded = fold(text)
  return fold(query)
    .split(/\s+/)
    .every((word) => folded.includes(word))
}
