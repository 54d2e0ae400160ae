// The widget of a field: where it stands, what it shows, and which lock it asks its signature for.
import type { PdfDict, PdfObject } from '../objects.ts'
import { decodeText } from '../text-string.ts'
import type { IncrementalUpdate } from '../write/incremental.ts'
import { dict, itemsOf, nameOf } from '../write/make.ts'
import { writeAppearance, type Appearance, type Rectangle } from './appearance.ts'
import { SigningStop } from './fault.ts'
import type { FontSubset } from './font-subset.ts'
import type { FieldLock } from './signature-dictionary.ts'

/** Print and locked (ISO 32000-1, table 165): a signature is printed, and nobody drags it to another place. */
export const WIDGET_FLAGS = 4 + 128
/** Where a signature is that nobody sees. */
export const NOWHERE: Rectangle = [0, 0, 0, 0]

/** The entries of a widget that show the appearance; a widget without extent shows none. */
export function drawn(
  update: IncrementalUpdate,
  font: FontSubset | null,
  appearance: Appearance | null,
  rectangle: Rectangle,
  rotation: number,
): Readonly<Record<string, PdfObject>> {
  const empty = rectangle[0] === rectangle[2] || rectangle[1] === rectangle[3]
  if (appearance === null || empty) return {}
  return { AP: dict({ N: writeAppearance(update, font, appearance, rectangle, rotation) }) }
}

export function rectangleOf(update: IncrementalUpdate, widget: PdfDict): Rectangle {
  const [a, b, c, d] = itemsOf(update.resolve(widget.entries.get('Rect') ?? null)).map((item) => update.resolve(item))
  const isNumber = (value: PdfObject | undefined): value is number => typeof value === 'number'
  return isNumber(a) && isNumber(b) && isNumber(c) && isNumber(d) ? [a, b, c, d] : NOWHERE
}

/** The lock that the field asks its signature for. */
export function lockOf(update: IncrementalUpdate, field: PdfDict): FieldLock | null {
  const entry = field.entries.get('Lock')
  if (entry === undefined) return null
  const lock = update.dict(entry)
  const action = nameOf(lock.entries.get('Action'))
  if (action !== 'All' && action !== 'Include' && action !== 'Exclude') throw new SigningStop('field-unusable')
  const names = itemsOf(update.resolve(lock.entries.get('Fields') ?? null)).map((item) => update.resolve(item))
  const fields = names.flatMap((item) =>
    item !== null && typeof item === 'object' && item.kind === 'string' ? [decodeText(item.bytes)] : [],
  )
  return { action, fields }
}
