// How wide a shown string is, in sizes of its font; too wide rather than too narrow where the font does not say.
import { dictOf, isArray, itemsOf, nameOf, type Located, type RevisionView } from './view.ts'

/** The standard fonts need no widths in the file; of theirs only some capitals and signs are wider. */
const WIDTH_OF_STANDARD_FONTS = 0.8

/** Null where the font cannot be judged: a Type 3 font draws what it wants. */
export function widthIn(view: RevisionView, font: Located, codes: Uint8Array): number | null {
  const subtype = nameOf(view.entry(font, 'Subtype').value)
  if (dictOf(font.value) === null || subtype === 'Type3') return null
  if (subtype === 'Type0') return compositeWidth(view, font, codes)
  const widths = itemsOf(view.entry(font, 'Widths').value)
  const first = view.entry(font, 'FirstChar').value
  return codes.reduce((sum, code) => {
    const width = typeof first === 'number' ? widths[code - first] : undefined
    return sum + (typeof width === 'number' ? width / 1000 : WIDTH_OF_STANDARD_FONTS)
  }, 0)
}

function compositeWidth(view: RevisionView, font: Located, codes: Uint8Array): number | null {
  const [descendant] = view.items(view.entry(font, 'DescendantFonts'))
  // Any other CMap may hide which glyph a code shows.
  if (descendant === undefined || nameOf(view.entry(font, 'Encoding').value) !== 'Identity-H') return null
  const given = view.entry(descendant, 'DW').value
  const fallback = typeof given === 'number' ? given : 1000
  const known = widthsByCode(view, descendant)
  let sum = 0
  for (let i = 0; i + 1 < codes.length; i += 2)
    sum += (known.get(((codes[i] ?? 0) << 8) | (codes[i + 1] ?? 0)) ?? fallback) / 1000
  return sum
}

/** `c [w1 w2 …]` and `first last w` (ISO 32000-1, 9.7.4.3). */
function widthsByCode(view: RevisionView, descendant: Located): ReadonlyMap<number, number> {
  const widths = new Map<number, number>()
  const items = view.items(view.entry(descendant, 'W'))
  for (let i = 0; i < items.length;) {
    const [first, next, last] = [items[i]?.value, items[i + 1], items[i + 2]?.value]
    if (typeof first !== 'number' || next === undefined) break
    if (isArray(next.value)) {
      itemsOf(next.value).forEach((width, n) => typeof width === 'number' && widths.set(first + n, width))
      i += 2
    } else {
      if (typeof next.value !== 'number' || typeof last !== 'number') break
      for (let code = first; code <= Math.min(next.value, 0xffff); code++) widths.set(code, last)
      i += 3
    }
  }
  return widths
}
