// Boxes around everything a content stream paints, on the large side: to say that a place is free, not what stands there.
import type { Rectangle } from './change.ts'
import type { Operation } from './content-stream.ts'
import { widthIn } from './font-widths.ts'
import { IDENTITY, matrixOf, multiply, transformed, type Matrix } from './matrix.ts'
import { rectangleOf } from './model.ts'
import { isArray, itemsOf, nameOf, stringOf, type Located, type RevisionView } from './view.ts'
import type { PdfObject } from '../objects.ts'

interface TextState {
  readonly font: string
  readonly size: number
  readonly leading: number
  readonly rise: number
  readonly scale: number
  readonly charSpace: number
  readonly wordSpace: number
}
interface State {
  readonly ctm: Matrix
  readonly text: TextState
}

const PAINTS = new Set(['S', 's', 'f', 'F', 'f*', 'B', 'B*', 'b', 'b*'])
const START: State = {
  ctm: IDENTITY,
  text: { font: '', size: 0, leading: 0, rise: 0, scale: 1, charSpace: 0, wordSpace: 0 },
}
/** How far letters reach below and above the line, in sizes of the font: Vietnamese capitals with two marks reach highest. */
const BELOW = -0.35
const ABOVE = 1.15

/** Null where something is painted whose extent cannot be told. */
export function drawnBoxes(
  view: RevisionView,
  resources: Located,
  operations: readonly Operation[],
): readonly Rectangle[] | null {
  const boxes: Rectangle[] = []
  const stack: State[] = []
  let state = START
  let [line, matrix] = [IDENTITY, IDENTITY]
  let path: Rectangle | null = null
  const text = (change: Partial<TextState>): void => void (state = { ...state, text: { ...state.text, ...change } })
  const newline = (x: number, y: number): void => void (matrix = line = multiply([1, 0, 0, 1, x, y], line))
  const show = (parts: readonly PdfObject[]): boolean => {
    const font = view.entry(view.entry(resources, 'Font'), state.text.font)
    for (const part of parts) {
      const codes = stringOf(part)
      const { size, scale, charSpace, wordSpace, rise } = state.text
      let advance: number
      if (codes === null) advance = typeof part === 'number' ? (-part / 1000) * size * scale : 0
      else {
        const width = widthIn(view, font, codes)
        if (width === null) return false
        advance = (width * size + codes.length * (Math.max(0, charSpace) + Math.max(0, wordSpace))) * scale
        const box: Rectangle = [0, BELOW * size + rise, advance, ABOVE * size + rise]
        boxes.push(transformed(box, multiply(matrix, state.ctm)))
      }
      matrix = multiply([1, 0, 0, 1, advance, 0], matrix)
    }
    return true
  }
  for (const { operator, operands } of operations) {
    const numbers = operands.map((operand) => (typeof operand === 'number' ? operand : Number.NaN))
    const [x = Number.NaN, y = Number.NaN] = numbers
    switch (operator) {
      case 'q':
        stack.push(state)
        break
      case 'Q':
        state = stack.pop() ?? state
        break
      case 'cm': {
        const m = matrixOf(numbers)
        if (m === null) return null
        state = { ...state, ctm: multiply(m, state.ctm) }
        break
      }
      case 'm':
      case 'l':
      case 'c':
      case 'v':
      case 'y':
      case 're': {
        const points = operator === 're' ? [x, y, x + (numbers[2] ?? 0), y + (numbers[3] ?? 0)] : numbers
        for (let i = 0; i + 1 < points.length; i += 2)
          path = around(path, points[i] ?? 0, points[i + 1] ?? 0, state.ctm)
        break
      }
      case 'n':
        path = null
        break
      case 'BT':
        matrix = line = IDENTITY
        break
      case 'Tm': {
        const m = matrixOf(numbers)
        if (m === null) return null
        matrix = line = m
        break
      }
      case 'TD':
        text({ leading: -y })
        newline(x, y)
        break
      case 'Td':
        newline(x, y)
        break
      case 'T*':
        newline(0, -state.text.leading)
        break
      case 'Tf':
        text({ font: nameOf(operands[0]) ?? '', size: numbers[1] ?? 0 })
        break
      case 'TL':
        text({ leading: x })
        break
      case 'Ts':
        text({ rise: x })
        break
      case 'Tz':
        text({ scale: x / 100 })
        break
      case 'Tc':
        text({ charSpace: x })
        break
      case 'Tw':
        text({ wordSpace: x })
        break
      case 'Tj':
        if (!show(operands)) return null
        break
      case 'TJ':
        if (!show(operands.flatMap((operand) => (isArray(operand) ? itemsOf(operand) : [])))) return null
        break
      case "'":
      case '"':
        newline(0, -state.text.leading)
        if (!show(operands.slice(-1))) return null
        break
      case 'BI':
        boxes.push(transformed([0, 0, 1, 1], state.ctm))
        break
      case 'sh':
        // A shading fills what the clip leaves.
        return null
      case 'gs':
        if (setsFont(view, resources, nameOf(operands[0]) ?? '')) return null
        break
      case 'Do': {
        const box = extentOf(view, view.entry(view.entry(resources, 'XObject'), nameOf(operands[0]) ?? ''))
        if (box === null) return null
        boxes.push(transformed(box, state.ctm))
        break
      }
      default:
        if (!PAINTS.has(operator)) break
        if (path !== null) boxes.push(path)
        path = null
    }
  }
  return boxes
}

function around(path: Rectangle | null, x: number, y: number, ctm: Matrix): Rectangle {
  const point = transformed([x, y, x, y], ctm)
  if (path === null) return point
  return [
    Math.min(path[0], point[0]),
    Math.min(path[1], point[1]),
    Math.max(path[2], point[2]),
    Math.max(path[3], point[3]),
  ]
}

/** A graphics state may choose a font (ISO 32000-1, table 58), which hardly any writer does. */
function setsFont(view: RevisionView, resources: Located, name: string): boolean {
  return view.entry(view.entry(view.entry(resources, 'ExtGState'), name), 'Font').value !== undefined
}

/** An image fills the unit square, a form at most its own box (ISO 32000-1, 8.9.5 and 8.10). */
function extentOf(view: RevisionView, object: Located): Rectangle | null {
  const subtype = nameOf(view.entry(object, 'Subtype').value)
  if (subtype === 'Image') return [0, 0, 1, 1]
  const box = rectangleOf(view, view.entry(object, 'BBox'))
  const matrix = view.entry(object, 'Matrix')
  const m = matrix.value === undefined ? IDENTITY : matrixOf(view.items(matrix).map(({ value }) => value))
  return subtype === 'Form' && box !== null && m !== null ? transformed(box, m) : null
}
