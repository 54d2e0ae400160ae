// Text stays inside its rectangle: it breaks between words, shrinks when it must, and breaks a word only when nothing else helps.
import { describe, expect, test } from 'vitest'
import { fitText, wrapText } from './text-layout.ts'

/** Every character is half a size wide. */
const measure = (text: string, size: number): number => (text.length * size) / 2

describe('wrapping', () => {
  test('breaks between words and at line ends, and squeezes blanks', () => {
    expect(wrapText('ab  cd ef\ngh', 25, 10, measure)).toEqual(['ab cd', 'ef', 'gh'])
  })

  test('breaks a word that is wider than a line between characters', () => {
    expect(wrapText('a bcdefgh', 15, 10, measure)).toEqual(['a', 'bcd', 'efg', 'h'])
  })

  test('puts at least one character on a line, however narrow', () => {
    expect(wrapText('abc', 1, 10, measure)).toEqual(['a', 'b', 'c'])
  })

  test('measures composed letters, so that marks take no place of their own', () => {
    expect(wrapText('e\u0302\u0301', 5, 10, measure)).toEqual(['ế'])
  })
})

describe('fitting', () => {
  test('keeps the size that fits', () => {
    expect(fitText('ab cd', 100, 20, 10, measure)).toEqual({ size: 10, lines: ['ab cd'] })
  })

  test('rather shrinks than breaks a word', () => {
    expect(fitText('abcdefgh', 32, 20, 10, measure)).toEqual({ size: 8, lines: ['abcdefgh'] })
  })

  test('shrinks until all lines have place in the height', () => {
    const { size, lines } = fitText('ab cd ef', 20, 14, 10, measure)
    expect(lines.length * size * 1.2).toBeLessThanOrEqual(14)
  })

  test('stops at five points, where nobody could read on', () => {
    expect(fitText('abcdefghijklmnop', 10, 10, 10, measure).size).toBe(5)
  })
})
