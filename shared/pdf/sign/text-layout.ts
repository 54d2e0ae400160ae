// Lines of text inside a rectangle: where they break, and how small they must be to fit.

export type Alignment = 'left' | 'center' | 'right'

/** Width of a line at a size. */
export type Measure = (text: string, size: number) => number

export interface FittedText {
  readonly size: number
  readonly lines: readonly string[]
}

/** Distance of base lines, in sizes: Vietnamese capitals with two marks touch the line above when it is less. */
export const LINE_HEIGHT = 1.2
/** Below five points nobody reads a printed name; text that needs less is cut off by its rectangle. */
const SMALLEST = 5
const STEP = 0.5

/**
 * Breaks text at its own line ends, then between words, and a word that is wider than a line between characters.
 * @param width in the unit of the size
 */
export function wrapText(text: string, width: number, size: number, measure: Measure): readonly string[] {
  return text
    .normalize('NFC')
    .split('\n')
    .flatMap((paragraph) => wrapParagraph(paragraph, width, size, measure))
}

/** The largest size up to `size` at which the text fits into the rectangle. */
export function fitText(text: string, width: number, height: number, size: number, measure: Measure): FittedText {
  // A name is rather small than broken in the middle of a word.
  const words = text.normalize('NFC').split(/\s+/)
  for (let tried = size; ; tried -= STEP) {
    const lines = wrapText(text, width, tried, measure)
    const whole = words.every((word) => measure(word, tried) <= width)
    const fits = lines.length * tried * LINE_HEIGHT <= height
    if ((fits && whole) || tried - STEP < SMALLEST) return { size: tried, lines }
  }
}

function wrapParagraph(paragraph: string, width: number, size: number, measure: Measure): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of paragraph.split(/ +/).filter((part) => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (measure(longer, size) <= width) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    const pieces = breakWord(word, width, size, measure)
    lines.push(...pieces.slice(0, -1))
    line = pieces.at(-1) ?? ''
  }
  return [...lines, line]
}

function breakWord(word: string, width: number, size: number, measure: Measure): readonly string[] {
  const pieces: string[] = []
  let piece = ''
  for (const character of word) {
    if (piece !== '' && measure(piece + character, size) > width) {
      pieces.push(piece)
      piece = ''
    }
    piece += character
  }
  return [...pieces, piece]
}
