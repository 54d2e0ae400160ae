// Where a signature is seen: page and rectangle of its widget.
import type { PdfFile } from '../file.ts'
import { MAX_PAGES } from '../limits.ts'
import type { PdfDict, PdfObject } from '../objects.ts'
import type { PdfSignature } from './signature.ts'
import { step, type SignatureField, type StepBudget } from './signature-fields.ts'
import { dictOf, itemsOf, refOf, valueOf } from './values.ts'

type Page = { readonly number: number | null; readonly dict: PdfDict }

/** The pages of one revision, found when first asked for. */
export class PageFinder {
  readonly #file: PdfFile
  readonly #trailer: PdfDict
  readonly #budget: StepBudget
  #pages: readonly Page[] | undefined
  #annotations: ReadonlyMap<number, number> | undefined

  constructor(file: PdfFile, trailer: PdfDict, budget: StepBudget) {
    this.#file = file
    this.#trailer = trailer
    this.#budget = budget
  }

  place(field: SignatureField): Pick<PdfSignature, 'page' | 'rect'> {
    const [widget] = field.widgets
    if (widget === undefined) return { page: null, rect: null }
    return { page: this.#page(widget.dict, widget.ref?.number ?? null), rect: rectangle(this.#file, widget.dict) }
  }

  /** By the page's own list of annotations, which is what a viewer draws; `/P` only where no page lists the widget. */
  #page(widget: PdfDict, number: number | null): number | null {
    const listed = number === null ? undefined : this.#listing().get(number)
    if (listed !== undefined) return listed
    const page = refOf(widget.entries.get('P'))?.number
    const index = page === undefined ? -1 : this.#all().findIndex((each) => each.number === page)
    return index === -1 ? null : index
  }

  #listing(): ReadonlyMap<number, number> {
    if (this.#annotations !== undefined) return this.#annotations
    const listing = new Map<number, number>()
    this.#all().forEach(({ dict }, index) => {
      for (const annotation of itemsOf(this.#file, dict.entries.get('Annots')) ?? []) {
        step(this.#budget)
        const number = refOf(annotation)?.number
        if (number !== undefined && !listing.has(number)) listing.set(number, index)
      }
    })
    this.#annotations = listing
    return listing
  }

  #all(): readonly Page[] {
    this.#pages ??= pagesOf(this.#file, this.#trailer, this.#budget)
    return this.#pages
  }
}

function pagesOf(file: PdfFile, trailer: PdfDict, budget: StepBudget): readonly Page[] {
  const pages: Page[] = []
  const seen = new Set<number>()
  const waiting: PdfObject[] = [dictOf(file, trailer.entries.get('Root'))?.entries.get('Pages') ?? null]
  for (let next = waiting.pop(); next !== undefined && pages.length < MAX_PAGES; next = waiting.pop()) {
    step(budget)
    const ref = refOf(next)
    if (ref !== null && seen.has(ref.number)) continue
    if (ref !== null) seen.add(ref.number)
    const dict = dictOf(file, next)
    if (dict === null) continue
    const kids = itemsOf(file, dict.entries.get('Kids'))
    if (kids === null) pages.push({ number: ref?.number ?? null, dict })
    else waiting.push(...kids.toReversed())
  }
  return pages
}

/** Left, bottom, right, top, whichever corners the file gives (ISO 32000-1, 7.9.5). */
export function rectangle(file: PdfFile, widget: PdfDict): PdfSignature['rect'] {
  const items = (itemsOf(file, widget.entries.get('Rect')) ?? []).map((item) => valueOf(file, item))
  const [a, b, c, d] = items
  if (
    items.length !== 4 ||
    typeof a !== 'number' ||
    typeof b !== 'number' ||
    typeof c !== 'number' ||
    typeof d !== 'number'
  )
    return null
  return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)]
}
