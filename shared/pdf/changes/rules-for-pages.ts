// The pages after a signature: their content stays, and only lists of annotations may grow.
import type { Comparison } from './comparison.ts'
import { judgeAnnotations } from './rules-for-annotations.ts'
import type { DocumentModel } from './model.ts'
import { keysOf, itemsOf, isArray, type Located } from './view.ts'

/** What decides how a page is drawn. */
const CONTENT = new Set(['Contents', 'Resources', 'MediaBox', 'CropBox', 'Rotate', 'UserUnit', 'Group'])

/** @param a the root of the page tree, and `b` likewise */
export function judgePages(c: Comparison, a: Located, b: Located, before: DocumentModel, after: DocumentModel): void {
  let count = 0
  const visit = (x: Located, y: Located): void => {
    if (x.ref === null || y.ref === null || x.ref.number !== y.ref.number) {
      c.settle(x, y, { code: 'pages-changed' })
      return
    }
    const [kidsX, kidsY] = [c.before.entry(x, 'Kids'), c.after.entry(y, 'Kids')]
    if (isArray(kidsX.value)) {
      for (const key of keysOf(x, y)) c.settle(c.before.entry(x, key), c.after.entry(y, key), { code: 'pages-changed' })
      if (itemsOf(kidsX.value).length !== itemsOf(kidsY.value).length) return
      const items = c.after.items(kidsY)
      c.before.items(kidsX).forEach((kid, i) => {
        const other = items[i]
        if (other !== undefined) visit(kid, other)
      })
      return
    }
    judgePage(c, x, y, count++, before, after)
  }
  visit(a, b)
}

function judgePage(
  c: Comparison,
  a: Located,
  b: Located,
  page: number,
  before: DocumentModel,
  after: DocumentModel,
): void {
  c.assign(b.slot.object, 'page')
  for (const key of keysOf(a, b)) {
    if (key === 'Annots') continue
    c.settle(c.before.entry(a, key), c.after.entry(b, key), {
      code: CONTENT.has(key) ? 'content-changed' : 'page-changed',
      page,
      detail: key,
    })
  }
  judgeAnnotations(c, c.before.entry(a, 'Annots'), c.after.entry(b, 'Annots'), page, before, after)
}
