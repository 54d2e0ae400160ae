// Decides whether an uploaded file may become a paper: a whole, open PDF that every device can show.
import { refuse, ok, type Result } from '../refusal.ts'
import { openPdf, type OpenedPdf } from './cross-reference.ts'
import { damaged, PdfFault } from './fault.ts'
import type { PdfFile } from './file.ts'
import { MAX_PAGES, MAX_PAPER_BYTES, MAX_TITLE_LENGTH } from './limits.ts'
import type { PdfDict, PdfObject, PdfRef } from './objects.ts'
import { decodeText } from './text-string.ts'

/** Inner nodes a tree of MAX_PAGES leaves may have; a tree with two kids a node has fewer. */
const MAX_TREE_NODES = 2 * MAX_PAGES

/** What a list shows of a paper before anyone opens it. */
export type AdmittedPaper = { readonly pages: number; readonly title: string | null }

/**
 * Reads an uploaded file strictly, by its cross-reference and without repairing anything: header, end of file, every revision's
 * table, the page tree, and that content, fonts and pictures of every page are whole. pdf-lib is not used here.
 * Measured on the decree and by hand-made files, version 2.11: it admits 60 of 60 copies without 4 kB of their middle, takes
 * 11 seconds for 88 kB of broken headers (2 for half of them), and inflates 300 kB to 300 MB before anyone can object.
 * @returns pages and title, or one of the refusals paper-not-pdf, paper-truncated, paper-encrypted, paper-too-many-pages,
 *          paper-too-large. Never rejects, whatever the bytes are.
 */
export function admitPdf(bytes: Uint8Array): Promise<Result<AdmittedPaper>> {
  try {
    return Promise.resolve(ok(readPaper(bytes)))
  } catch (fault) {
    // What is no PdfFault would be our own mistake; the paper is refused all the same: closed by default.
    return Promise.resolve(refuse(fault instanceof PdfFault ? fault.code : 'paper-truncated'))
  }
}

/** As `admitPdf`, but @throws PdfFault, and nothing else: the fuzz test holds it to that. */
export function readPaper(bytes: Uint8Array): AdmittedPaper {
  if (bytes.length > MAX_PAPER_BYTES) throw new PdfFault('paper-too-large', `${bytes.length} bytes`)
  const opened = openPdf(bytes)
  return { pages: countPages(opened), title: readTitle(opened) }
}

type TreeNode = { readonly object: PdfObject; readonly resources: PdfObject }

function countPages({ file, trailer }: OpenedPdf): number {
  const catalog = file.dict(trailer.entries.get('Root'))
  const waiting: TreeNode[] = [{ object: catalog.entries.get('Pages') ?? null, resources: null }]
  const parts = new PageParts(file)
  const seen = new Set<number>()
  let pages = 0
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (isRef(next.object)) {
      if (seen.has(next.object.number)) throw damaged('page tree in a circle')
      seen.add(next.object.number)
    }
    const node = file.dict(next.object)
    const resources = node.entries.get('Resources') ?? next.resources
    const kids = node.entries.get('Kids')
    if (kids === undefined) {
      if (++pages > MAX_PAGES) throw new PdfFault('paper-too-many-pages', `more than ${MAX_PAGES}`)
      parts.check(node, resources)
      continue
    }
    const list = file.resolve(kids)
    if (list === null || typeof list !== 'object' || list.kind !== 'array') throw damaged('kids of the page tree')
    if (seen.size + waiting.length + list.items.length > MAX_PAGES + MAX_TREE_NODES) {
      throw new PdfFault('paper-too-many-pages', 'page tree too large')
    }
    for (const object of list.items) waiting.push({ object, resources })
  }
  if (pages === 0) throw damaged('no page')
  return pages
}

/** Checks what pages are made of, each part once however many pages share it. */
class PageParts {
  readonly #file: PdfFile
  readonly #checked = new Set<number>()

  constructor(file: PdfFile) {
    this.#file = file
  }

  check(page: PdfDict, resources: PdfObject): void {
    this.#contents(page.entries.get('Contents') ?? null)
    this.#resources(resources)
  }

  #contents(object: PdfObject): void {
    if (isRef(object) && !this.#first(object)) return
    const contents = this.#file.resolve(object)
    if (isArray(contents)) for (const part of contents.items) this.#content(part)
    else if (contents !== null) this.#content(contents)
  }

  #content(object: PdfObject): void {
    if (isRef(object) && !this.#first(object)) return
    const stream = this.#file.resolve(object)
    if (stream === null || typeof stream !== 'object' || stream.kind !== 'stream') throw damaged('content of a page')
    this.#file.streamData(stream)
  }

  #resources(object: PdfObject): void {
    if (object === null || (isRef(object) && !this.#first(object))) return
    const resources = this.#file.dict(object)
    for (const category of ['Font', 'XObject']) {
      const named = this.#file.resolve(resources.entries.get(category) ?? null)
      if (named === null) continue
      for (const part of this.#file.dict(named).entries.values()) this.#part(part)
    }
  }

  /** A font's dictionary, or the stream of a picture or form. */
  #part(object: PdfObject): void {
    if (isRef(object) && !this.#first(object)) return
    const part = this.#file.resolve(object)
    if (part !== null && typeof part === 'object' && part.kind === 'stream') this.#file.streamData(part)
    else this.#file.dict(part)
  }

  #first(ref: PdfRef): boolean {
    if (this.#checked.has(ref.number)) return false
    this.#checked.add(ref.number)
    return true
  }
}

/** The title is a courtesy: where it cannot be read there is none, and the paper is admitted all the same. */
function readTitle({ file, trailer }: OpenedPdf): string | null {
  try {
    const title = file.resolve(file.dict(trailer.entries.get('Info')).entries.get('Title'))
    if (title === null || typeof title !== 'object' || title.kind !== 'string') return null
    const text = decodeText(title.bytes).normalize('NFC').replace(/\s+/g, ' ').trim()
    return text === '' ? null : Array.from(text).slice(0, MAX_TITLE_LENGTH).join('')
  } catch (fault) {
    if (fault instanceof PdfFault) return null
    throw fault
  }
}

function isRef(object: PdfObject): object is PdfRef {
  return object !== null && typeof object === 'object' && object.kind === 'ref'
}

function isArray(object: PdfObject): object is Extract<PdfObject, { readonly kind: 'array' }> {
  return object !== null && typeof object === 'object' && object.kind === 'array'
}
