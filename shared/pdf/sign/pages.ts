// Finds pages and hangs annotations on them, changing as little of a page as can be: never its content.
import { damaged } from '../fault.ts'
import { MAX_NESTING, MAX_PAGES } from '../limits.ts'
import type { PdfDict, PdfObject, PdfRef } from '../objects.ts'
import type { IncrementalUpdate } from '../write/incremental.ts'
import { array, isDict, isRef, itemsOf, withEntries } from '../write/make.ts'
import { SigningStop } from './fault.ts'

export interface PageOfFile {
  readonly ref: PdfRef
  readonly dict: PdfDict
  /** Degrees clockwise, 0 to 270. */
  readonly rotation: number
  /** Lower left x and y, upper right x and y. */
  readonly mediaBox: readonly [number, number, number, number]
  readonly resources: PdfDict | null
}

interface Inherited {
  readonly rotation: PdfObject
  readonly mediaBox: PdfObject
  readonly resources: PdfObject
}

/** The box of a page that says none: A4. */
const A4 = [0, 0, 595.28, 841.89] as const
const NOTHING: Inherited = { rotation: 0, mediaBox: null, resources: null }
/** Nodes of a tree over that many pages; what has more is no tree. */
const MAX_NODES = 4 * MAX_PAGES

/** Only the nodes on the way are read. @param index from 0. @throws SigningStop page-missing, PdfFault for a broken tree */
export function pageAt(update: IncrementalUpdate, index: number): PageOfFile {
  for (const page of walk(update, index)) return page
  throw new SigningStop('page-missing')
}

/** All pages in their order. @throws PdfFault for a broken tree */
export function pagesOf(update: IncrementalUpdate): Iterable<PageOfFile> {
  return walk(update, 0)
}

export function pageCount(update: IncrementalUpdate): number {
  const count = update.resolve(update.dict(treeOf(update)).entries.get('Count'))
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 1) throw damaged('count of pages')
  return count
}

function treeOf(update: IncrementalUpdate): PdfObject | undefined {
  return update.dict(update.base.trailer.entries.get('Root')).entries.get('Pages')
}

function* walk(update: IncrementalUpdate, skip: number): Generator<PageOfFile> {
  yield* descend(update, treeOf(update), { left: skip, visited: 0 }, NOTHING, 0)
}

function* descend(
  update: IncrementalUpdate,
  node: PdfObject | undefined,
  budget: { left: number; visited: number },
  inherited: Inherited,
  depth: number,
): Generator<PageOfFile> {
  if (depth > MAX_NESTING || ++budget.visited > MAX_NODES) throw damaged('page tree')
  const dict = update.dict(node)
  const own: Inherited = {
    rotation: dict.entries.get('Rotate') ?? inherited.rotation,
    mediaBox: dict.entries.get('MediaBox') ?? inherited.mediaBox,
    resources: dict.entries.get('Resources') ?? inherited.resources,
  }
  const kids = dict.entries.get('Kids')
  if (kids === undefined) {
    if (budget.left-- > 0) return
    if (!isRef(node)) throw damaged('page is no indirect object')
    yield pageOf(update, node, dict, own)
    return
  }
  const count = update.resolve(dict.entries.get('Count') ?? null)
  if (typeof count === 'number' && count >= 0 && count <= budget.left) {
    budget.left -= count
    return
  }
  for (const kid of itemsOf(update.resolve(kids))) yield* descend(update, kid, budget, own, depth + 1)
}

function pageOf(update: IncrementalUpdate, ref: PdfRef, dict: PdfDict, own: Inherited): PageOfFile {
  const resources = update.resolve(own.resources)
  return {
    ref,
    dict,
    rotation: rotationOf(update, own.rotation),
    mediaBox: boxOf(update, own.mediaBox),
    resources: isDict(resources) ? resources : null,
  }
}

function rotationOf(update: IncrementalUpdate, object: PdfObject): number {
  const rotation = update.resolve(object)
  return typeof rotation === 'number' && rotation % 90 === 0 ? ((rotation % 360) + 360) % 360 : 0
}

function boxOf(update: IncrementalUpdate, object: PdfObject): PageOfFile['mediaBox'] {
  const [a, b, c, d] = itemsOf(update.resolve(object)).map((item) => update.resolve(item))
  if (typeof a !== 'number' || typeof b !== 'number' || typeof c !== 'number' || typeof d !== 'number') return A4
  return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)]
}

/**
 * Adds an annotation to a page. An indirect `/Annots` is rewritten alone, so that the page object stays as it was signed;
 * else the page's dictionary is, and only its dictionary.
 */
export function addAnnotation(update: IncrementalUpdate, page: PageOfFile, annotation: PdfRef): void {
  const dict = update.dict(page.ref)
  const current = dict.entries.get('Annots')
  if (isRef(current)) {
    const list = update.resolve(current)
    update.put(current, array([...itemsOf(list), annotation]))
  } else if (current === undefined) {
    update.put(page.ref, withEntries(dict, { Annots: update.add(array([annotation])) }))
  } else {
    update.put(page.ref, withEntries(dict, { Annots: array([...itemsOf(current), annotation]) }))
  }
}

/** Makes `/Annots` of a page an indirect array, while nothing is signed yet. */
export function makeAnnotationsIndirect(update: IncrementalUpdate, page: PageOfFile): void {
  const dict = update.dict(page.ref)
  const current = dict.entries.get('Annots')
  if (!isRef(current)) update.put(page.ref, withEntries(dict, { Annots: update.add(array(itemsOf(current))) }))
}

/** Rotation of the page that a widget says it is on, its own or inherited; upright where it does not say. */
export function rotationAround(update: IncrementalUpdate, widget: PdfDict): number {
  let node = widget.entries.get('P')
  for (let depth = 0; node !== undefined && depth < MAX_NESTING; depth++) {
    const dict = update.dict(node)
    const rotation = dict.entries.get('Rotate')
    if (rotation !== undefined) return rotationOf(update, rotation)
    node = dict.entries.get('Parent')
  }
  return 0
}
