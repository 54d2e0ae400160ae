// Folds Vietnamese text for search: case and, where wanted, diacritics fall away, and every folded letter knows where it came from.

export type Folding = {
  /** The folded text. */
  readonly text: string
  /** For each UTF-16 unit of `text`: where the character it came from begins in the original. */
  readonly starts: readonly number[]
  /** … and where that character, with its combining marks, ends. */
  readonly ends: readonly number[]
}

/** `strip` finds "văn thư" by "van thu"; `keep` only evens out case and composed against decomposed letters. */
export type MarkRule = 'strip' | 'keep'

/** A letter with the combining marks that follow it, so that "ê" in two or three code points is one letter. */
const CHARACTER = /\P{M}\p{M}*|\p{M}+/gsu
/** The block of combining diacritical marks: all tone marks, breve, circumflex and horn of Vietnamese are in it. */
const MARKS = /[\u0300-\u036f]/g
const STROKED_D = /đ/g

/** Lower case, NFC, without diacritics, đ as d: "Đồng chí" becomes "dong chi". */
export function fold(text: string): string {
  return foldCharacter(text, 'strip')
}

/** As `fold`, with the way back: `starts` and `ends` give the offsets in `text` as it was passed, in UTF-16 units. */
export function foldWithOffsets(text: string, marks: MarkRule = 'strip'): Folding {
  let folded = ''
  const starts: number[] = []
  const ends: number[] = []
  for (const { 0: character, index } of text.matchAll(CHARACTER)) {
    const letter = foldCharacter(character, marks)
    folded += letter
    for (let i = 0; i < letter.length; i++) {
      starts.push(index)
      ends.push(index + character.length)
    }
  }
  return { text: folded, starts, ends }
}

/** The range of the original that a range of the folded text covers; an empty range stays empty. */
export function originalRange(
  folding: Folding,
  start: number,
  end: number,
): { readonly start: number; readonly end: number } {
  const from = folding.starts[start] ?? folding.ends.at(-1) ?? 0
  return { start: from, end: end > start ? (folding.ends[end - 1] ?? from) : from }
}

/** Whether someone who typed this meant its diacritics: then exact hits come first. */
export function hasMarks(text: string): boolean {
  return fold(text) !== text.normalize('NFC').toLowerCase()
}

function foldCharacter(text: string, marks: MarkRule): string {
  const even = text.normalize('NFC').toLowerCase()
  if (marks === 'keep') return even
  return even.normalize('NFD').replace(MARKS, '').normalize('NFC').replace(STROKED_D, 'd')
}
