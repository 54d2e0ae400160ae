// The table of contents of a paper as plain data, and where one of its entries leads.
import type { PDFDocumentProxy } from './pdfjs.ts'

export type OutlineEntry = {
  readonly id: string
  readonly title: string
  readonly destination: unknown
  readonly children: readonly OutlineEntry[]
}

/** A place in the paper; `fractionDown` is how far down the page, 0 for its top. */
export type OutlineTarget = { readonly page: number; readonly fractionDown: number }

/** What pdf.js gives, as far as it is used. */
export type RawOutline = readonly { readonly title: string; readonly dest: unknown; readonly items: RawOutline }[]

/** Most entries shown and deepest level: a longer table of contents is made by a machine and helps nobody. */
export const MAX_ENTRIES = 2000
const MAX_DEPTH = 8
const HAS_WORD = /[\p{L}\p{N}]/u

/** Entries without a word, such as the dashes below a heading, are left out; what is below them takes their place. */
export function readOutline(raw: RawOutline): readonly OutlineEntry[] {
  let left = MAX_ENTRIES
  const read = (items: RawOutline, prefix: string, depth: number): readonly OutlineEntry[] => {
    const entries: OutlineEntry[] = []
    for (const [i, item] of items.entries()) {
      const title = item.title.normalize('NFC').replace(/\s+/g, ' ').trim()
      const id = `${prefix}${i}`
      if (!HAS_WORD.test(title)) {
        if (depth < MAX_DEPTH) entries.push(...read(item.items, `${id}.`, depth + 1))
        continue
      }
      if (left === 0) break
      left--
      const children = depth < MAX_DEPTH ? read(item.items, `${id}.`, depth + 1) : []
      entries.push({ id, title, destination: item.dest, children })
    }
    return entries
  }
  return read(raw, '', 1)
}

/** @returns null where the entry leads nowhere in this paper */
export async function targetOf(paper: PDFDocumentProxy, destination: unknown): Promise<OutlineTarget | null> {
  try {
    const explicit: unknown = typeof destination === 'string' ? await paper.getDestination(destination) : destination
    if (!Array.isArray(explicit)) return null
    const [ref, kind, , top] = explicit as [unknown, { name?: string } | undefined, unknown, unknown]
    const page = typeof ref === 'number' ? ref + 1 : isRef(ref) ? (await paper.getPageIndex(ref)) + 1 : null
    if (page === null || page < 1 || page > paper.numPages) return null
    if (kind?.name !== 'XYZ' || typeof top !== 'number') return { page, fractionDown: 0 }
    const viewport = (await paper.getPage(page)).getViewport({ scale: 1 })
    const [, y = 0] = viewport.convertToViewportPoint(0, top) as number[]
    return { page, fractionDown: Math.min(1, Math.max(0, y / viewport.height)) }
  } catch {
    return null
  }
}

function isRef(value: unknown): value is { num: number; gen: number } {
  return typeof value === 'object' && value !== null && 'num' in value && 'gen' in value
}
