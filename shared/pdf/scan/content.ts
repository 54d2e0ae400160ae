// Where text and pictures stand on a page: enough of a content interpreter to see what covers what (ISO 32000-1, 8.4 and 9.4).
import { damaged } from '../fault.ts'
import type { PdfDict, PdfObject, PdfStream } from '../objects.ts'
import type { Rectangle } from '../sign/appearance.ts'
import type { UpdateBase } from '../write/base.ts'
import { isDict, itemsOf, nameOf } from '../write/make.ts'
import { operations, type Operation } from './content-tokens.ts'
import { boundsOf, IDENTITY, multiply, type Matrix } from './geometry.ts'

export interface Mark {
  readonly kind: 'text' | 'image'
  readonly rectangle: Rectangle
  /** For pictures: whether they have a soft mask or are stencils, and so show what is below. */
  readonly opaque: boolean
  /** For text: the codes as written, with the resource name of the font. */
  readonly codes: Uint8Array
  readonly font: string
  /** Whether the place is what the content says; behind other text of the same line it is guessed from average widths. */
  readonly exact: boolean
  /** For text: whether it is drawn at all (ISO 32000-1, 9.3.6: mode 3 is the invisible layer behind a scan). */
  readonly visible: boolean
}

/** Forms inside forms: real papers have three. */
const MAX_FORMS = 12
/** A page of dense text has some 3,000 pieces; a drawing may have more letters. What has more is said to be unchecked. */
const MAX_MARKS = 200_000
/** Forms drawn on one page, each time counted: forms that draw each other ten times double without end. */
const MAX_FORM_RUNS = 5_000
/** Without the widths of fonts, half a size a code is what Latin text needs; two-byte codes come to the same per glyph. */
const AVERAGE_WIDTH = 0.45
const INVISIBLE = 3
const NOTHING = new Uint8Array(0)
const UNIT: Rectangle = [0, 0, 1, 1]

interface State {
  ctm: Matrix
  size: number
  font: string
  leading: number
  mode: number
}

/** @param resources of the page or form. @throws PdfFault for content that cannot be read */
export function marksOf(
  base: UpdateBase,
  content: Uint8Array,
  resources: PdfDict,
  start: Matrix = IDENTITY,
): readonly Mark[] {
  const drawn: Drawn = { marks: [], forms: 0 }
  run(base, content, resources, { ctm: start, size: 0, font: '', leading: 0, mode: 0 }, drawn, 0)
  return drawn.marks
}

/** What was drawn so far, within the limits. */
interface Drawn {
  readonly marks: Mark[]
  forms: number
}

function add(drawn: Drawn, mark: Mark): void {
  if (drawn.marks.length >= MAX_MARKS) throw damaged('too many marks on a page')
  drawn.marks.push(mark)
}

function run(
  base: UpdateBase,
  content: Uint8Array,
  resources: PdfDict,
  initial: State,
  drawn: Drawn,
  depth: number,
): void {
  let state = { ...initial }
  const saved: State[] = []
  let line: Matrix = IDENTITY
  let text: Matrix = IDENTITY
  let exact = true
  const move = (x: number, y: number): void => {
    line = multiply([1, 0, 0, 1, x, y], line)
    text = line
    exact = true
  }
  const show = (codes: Uint8Array): void => {
    const width = codes.length * AVERAGE_WIDTH * state.size
    const box: Rectangle = [0, -0.2 * state.size, width, 0.75 * state.size]
    const rectangle = boundsOf(multiply(text, state.ctm), box)
    add(drawn, {
      kind: 'text',
      rectangle,
      opaque: true,
      codes,
      font: state.font,
      exact,
      visible: state.mode !== INVISIBLE,
    })
    text = multiply([1, 0, 0, 1, width, 0], text)
    exact = false
  }
  for (const operation of operations(content)) {
    const n = numbersOf(operation)
    switch (operation.operator) {
      case 'q':
        saved.push({ ...state })
        break
      case 'Q':
        state = saved.pop() ?? state
        break
      case 'cm':
        state.ctm = multiply(matrixOf(n), state.ctm)
        break
      case 'BT':
        line = text = IDENTITY
        exact = true
        break
      case 'Tf':
        state.font = nameOf(operation.operands[0]) ?? ''
        state.size = n[0] ?? 0
        break
      case 'TL':
        state.leading = n[0] ?? 0
        break
      case 'Tr':
        state.mode = n[0] ?? 0
        break
      case 'Td':
        move(n[0] ?? 0, n[1] ?? 0)
        break
      case 'TD':
        state.leading = -(n[1] ?? 0)
        move(n[0] ?? 0, n[1] ?? 0)
        break
      case 'Tm':
        line = text = matrixOf(n)
        exact = true
        break
      case 'T*':
        move(0, -state.leading)
        break
      case "'":
      case '"':
        move(0, -state.leading)
        for (const codes of stringsOf(operation)) show(codes)
        break
      case 'Tj':
      case 'TJ':
        for (const codes of stringsOf(operation)) show(codes)
        break
      case 'Do':
        draw(base, resources, nameOf(operation.operands[0]) ?? '', state, drawn, depth)
        break
    }
  }
}

function draw(base: UpdateBase, resources: PdfDict, name: string, state: State, drawn: Drawn, depth: number): void {
  const objects = base.file.resolve(resources.entries.get('XObject') ?? null)
  const object = isDict(objects) ? base.file.resolve(objects.entries.get(name) ?? null) : null
  if (object === null || typeof object !== 'object' || object.kind !== 'stream') return
  const { entries } = object.dict
  if (nameOf(entries.get('Subtype')) === 'Image') {
    const opaque = !entries.has('SMask') && !entries.has('Mask') && entries.get('ImageMask') !== true
    const rectangle = boundsOf(state.ctm, UNIT)
    add(drawn, { kind: 'image', rectangle, opaque, codes: NOTHING, font: '', exact: true, visible: true })
  } else if (depth < MAX_FORMS) {
    if (++drawn.forms > MAX_FORM_RUNS) throw damaged('too many forms on a page')
    runForm(base, object, resources, state, drawn, depth)
  }
}

function runForm(base: UpdateBase, form: PdfStream, outer: PdfDict, state: State, drawn: Drawn, depth: number): void {
  const own = base.file.resolve(form.dict.entries.get('Resources') ?? null)
  const matrix = itemsOf(base.file.resolve(form.dict.entries.get('Matrix') ?? null)).map((item) =>
    base.file.resolve(item),
  )
  const ctm = multiply(matrix.length === 6 ? matrixOf(matrix.map(Number)) : IDENTITY, state.ctm)
  run(base, base.file.structureData(form), isDict(own) ? own : outer, { ...state, ctm }, drawn, depth + 1)
}

function numbersOf({ operands }: Operation): readonly number[] {
  return operands.filter((operand) => typeof operand === 'number')
}

function matrixOf([a = 1, b = 0, c = 0, d = 1, e = 0, f = 0]: readonly number[]): Matrix {
  return [a, b, c, d, e, f]
}

/** Strings of `Tj`, and those of `TJ` without the shifts between them, which are smaller than a letter. */
function stringsOf({ operands }: Operation): readonly Uint8Array[] {
  const last: PdfObject = operands.at(-1) ?? null
  const items = last !== null && typeof last === 'object' && last.kind === 'array' ? last.items : [last]
  return items.flatMap((item) =>
    item !== null && typeof item === 'object' && item.kind === 'string' ? [item.bytes] : [],
  )
}
