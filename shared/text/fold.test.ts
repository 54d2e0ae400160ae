// Folding: every Vietnamese letter, composed and decomposed, both cases, and offsets that lead back to the original.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold, foldWithOffsets, hasMarks, originalRange } from './fold.ts'

const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000)

/** All letters of the Vietnamese alphabet that are not plain, by the plain letter that people type for them. */
const LETTERS: Record<string, string> = {
  a: 'àáảãạăằắẳẵặâầấẩẫậ',
  d: 'đ',
  e: 'èéẻẽẹêềếểễệ',
  i: 'ìíỉĩị',
  o: 'òóỏõọôồốổỗộơờớởỡợ',
  u: 'ùúủũụưừứửữự',
  y: 'ỳýỷỹỵ',
}
const ALL = Object.entries(LETTERS).flatMap(([plain, letters]) => Array.from(letters, (letter) => ({ plain, letter })))

describe('fold', () => {
  it('knows 67 letters beyond the plain ones', () => {
    expect(ALL).toHaveLength(67)
  })

  it.each(ALL)('$letter is $plain in every form', ({ plain, letter }) => {
    for (const form of ['NFC', 'NFD'] as const) {
      for (const written of [letter.normalize(form), letter.toUpperCase().normalize(form)]) {
        expect(fold(written)).toBe(plain)
        const folding = foldWithOffsets(`x${written}y`)
        expect(folding.text).toBe(`x${plain}y`)
        expect(originalRange(folding, 1, 2)).toEqual({ start: 1, end: 1 + written.length })
        expect(foldWithOffsets(written, 'keep').text).toBe(letter)
      }
    }
  })

  it('folds sentences, and leaves what has no diacritics', () => {
    expect(fold('ĐỒNG CHÍ Chủ tịch UBND xã Trà My')).toBe('dong chi chu tich ubnd xa tra my')
    expect(fold('Số: 30/2020/NĐ-CP — 1.805 “văn bản”')).toBe('so: 30/2020/nd-cp — 1.805 “van ban”')
    expect(fold('')).toBe('')
    expect(fold('漢字 🏔')).toBe('漢字 🏔')
  })

  it('keeps diacritics when asked, in one form', () => {
    expect(foldWithOffsets('Văn THƯ'.normalize('NFD'), 'keep').text).toBe('văn thư')
  })

  it('leads back even where lower case is longer or a mark stands alone', () => {
    const folding = foldWithOffsets('İb')
    expect(folding.text).toBe('ib')
    expect(originalRange(folding, 0, 1)).toEqual({ start: 0, end: 1 })
    const lone = foldWithOffsets('\u0301a')
    expect(lone.text).toBe('a')
    expect(originalRange(lone, 0, 1)).toEqual({ start: 1, end: 2 })
  })

  it('gives empty ranges for empty ranges and ends', () => {
    const folding = foldWithOffsets('thư')
    expect(originalRange(folding, 1, 1)).toEqual({ start: 1, end: 1 })
    expect(originalRange(folding, 3, 3)).toEqual({ start: 3, end: 3 })
    expect(originalRange(foldWithOffsets(''), 0, 0)).toEqual({ start: 0, end: 0 })
    expect(originalRange(foldWithOffsets(''), 0, 4)).toEqual({ start: 0, end: 0 })
  })

  it('tells typed diacritics from plain letters and capitals', () => {
    expect(hasMarks('văn thư')).toBe(true)
    expect(hasMarks('van thư'.normalize('NFD'))).toBe(true)
    expect(hasMarks('đ')).toBe(true)
    expect(hasMarks('VAN thu 12')).toBe(false)
  })

  it(`folds whole and by letters alike, and finds its words again (SEED=${SEED})`, () => {
    const letters = [
      ...ALL.flatMap(({ letter }) => [letter, letter.toUpperCase(), letter.normalize('NFD')]),
      ' ',
      'b',
      'x',
      '\n',
      '🏔',
    ]
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...letters), { maxLength: 60 }),
        fc.nat(60),
        fc.nat(60),
        (written, one, other) => {
          const text = written.join('')
          const folding = foldWithOffsets(text)
          expect(folding.text).toBe(fold(text))
          expect(folding.starts).toHaveLength(folding.text.length)
          const [start = 0, end = 0] = [one, other].map((n) => Math.min(n, folding.text.length)).sort((a, b) => a - b)
          const range = originalRange(folding, start, end)
          expect(fold(text.slice(range.start, range.end))).toContain(folding.text.slice(start, end))
        },
      ),
      { seed: SEED, numRuns: 300 },
    )
  })
})
