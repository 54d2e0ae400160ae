// Whether a field draws what its value says: a reader sees the appearance, a machine reads the value.
import { decodeText } from '../text-string.ts'
import { operationsOf } from './content-stream.ts'
import { decoderOf, type Decoder } from './font-text.ts'
import type { Field } from './model.ts'
import { isArray, itemsOf, keysOf, nameOf, streamOf, stringOf, type Located, type RevisionView } from './view.ts'

/** `unreadable`: drawn in a font that does not say what its codes mean. */
export type Match = 'same' | 'differs' | 'unreadable'

/** Bit positions of Ff, counted from 1 in ISO 32000-1, tables 228 and 230. */
const PASSWORD = 1 << 13
const COMBO = 1 << 17

/** The value as text; null where there is none. */
export function valueText(view: RevisionView, value: Located): string | null {
  const bytes = stringOf(value.value)
  if (bytes !== null) return decodeText(bytes)
  const stream = streamOf(value.value)
  if (stream !== null) {
    const data = view.decoded(stream)
    return data === null ? null : decodeText(data)
  }
  if (isArray(value.value))
    return view
      .items(value)
      .map((item) => valueText(view, item) ?? '')
      .join(', ')
  return nameOf(value.value)
}

export function drawnMatches(view: RevisionView, field: Field): Match {
  const value = view.entry(field.at, 'V')
  const text = valueText(view, value) ?? ''
  if (field.type === 'Btn') return statesMatch(view, field, text) ? 'same' : 'differs'
  // What a password field draws is not its value, and so it may not be.
  if ((field.type !== 'Tx' && field.type !== 'Ch') || (field.type === 'Tx' && (field.flags & PASSWORD) !== 0))
    return 'same'
  const listBox = field.type === 'Ch' && (field.flags & COMBO) === 0
  const wanted = plain(field.type === 'Ch' ? displayed(view, field, value) : text)
  let unreadable = false
  for (const widget of field.widgets) {
    const modes = view.entry(widget.at, 'AP')
    // Without an appearance the viewer writes the value itself. The others show when a pointer is over it, or presses it.
    for (const mode of keysOf(modes, modes)) {
      const drawn = drawnText(view, view.entry(modes, mode), listBox || framed(view, widget.at))
      if (drawn === PICTURE) return 'differs'
      if (drawn === null) unreadable = true
      // A list box draws all its options.
      else if (listBox ? !plain(drawn).includes(wanted) : plain(drawn) !== wanted) return 'differs'
    }
  }
  return unreadable ? 'unreadable' : 'same'
}

/** Lines may be broken anywhere, and a letter with its mark may be one character or two. */
function plain(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, '')
}

/** Every state that is on must be the value, and the value must be on somewhere (ISO 32000-1, 12.7.4.2.3). */
function statesMatch(view: RevisionView, field: Field, value: string): boolean {
  const states = field.widgets.map((widget) => nameOf(view.entry(widget.at, 'AS').value) ?? 'Off')
  const on = states.filter((state) => state !== 'Off')
  return value === '' || value === 'Off' ? on.length === 0 : on.length > 0 && on.every((state) => state === value)
}

/** A choice may show another text than it exports: `[export display]` in /Opt. */
function displayed(view: RevisionView, field: Field, value: Located): string {
  const options = view
    .items(view.entry(field.at, 'Opt'))
    .map((option) => view.items(option).map((part) => valueText(view, part)))
  const shown = (text: string | null): string => options.find(([exported]) => exported === text)?.[1] ?? text ?? ''
  return isArray(value.value)
    ? view
        .items(value)
        .map((item) => shown(valueText(view, item)))
        .join('')
    : shown(valueText(view, value))
}

/** `PICTURE` where an appearance of text shows something that is no text; null where the text cannot be read. */
function drawnText(view: RevisionView, form: Located, frames: boolean): string | typeof PICTURE | null {
  const operations = operationsOf(view, form)
  if (operations === null) return null
  let decoder: Decoder = () => null
  let text = ''
  for (const { operator, operands } of operations) {
    if (PICTURES.has(operator) || (!frames && PAINTS.has(operator))) return PICTURE
    if (operator === 'Tf') decoder = decoderOf(view, fontOf(view, form, nameOf(operands[0]) ?? ''))
    if (!SHOWS.has(operator)) continue
    for (const operand of operands.flatMap((item) => (isArray(item) ? itemsOf(item) : [item]))) {
      const codes = stringOf(operand)
      const part = codes === null ? '' : decoder(codes)
      if (part === null) return null
      text += part
    }
    if (operator !== 'Tj' && operator !== 'TJ') text += ' '
  }
  return text
}

/** Only a field with a border or a background paints more than its text; elsewhere paint could cover what is below it. */
function framed(view: RevisionView, widget: Located): boolean {
  const look = view.entry(widget, 'MK')
  return view.entry(look, 'BG').value !== undefined || view.entry(look, 'BC').value !== undefined
}

/** No text: a symbol, so that no text can be taken for it. */
const PICTURE = Symbol('picture')
const PICTURES = new Set(['Do', 'BI', 'sh'])
const PAINTS = new Set(['S', 's', 'f', 'F', 'f*', 'B', 'B*', 'b', 'b*'])
const SHOWS = new Set(['Tj', 'TJ', "'", '"'])

/** In the appearance's own resources, else in those of the form. */
function fontOf(view: RevisionView, form: Located, name: string): Located {
  const own = view.entry(view.entry(view.entry(form, 'Resources'), 'Font'), name)
  if (own.value !== undefined) return own
  const catalog = view.entry(view.trailer(), 'Root')
  return view.entry(view.entry(view.entry(view.entry(catalog, 'AcroForm'), 'DR'), 'Font'), name)
}
