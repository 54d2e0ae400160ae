// What may change in the trailer and in the catalog, the two roots of a document.
import type { Comparison } from './comparison.ts'
import { judgeForm } from './rules-for-form.ts'
import { judgeInfo, judgeXmp } from './rules-for-metadata.ts'
import { judgePages } from './rules-for-pages.ts'
import { judgeSecurityStore } from './rules-for-security-store.ts'
import type { DocumentModel } from './model.ts'
import { dictOf, itemsOf, keysOf, nameOf, stringOf, type Located } from './view.ts'
import { sameBytes, sameMeaning } from './equality.ts'

/** Keys that describe the cross-reference of one revision, not the document (ISO 32000-1, tables 15 and 17). */
const OF_THE_REVISION = new Set([
  'Size',
  'Prev',
  'XRefStm',
  'Type',
  'W',
  'Index',
  'Length',
  'Filter',
  'DecodeParms',
  'DocChecksum',
])

export function judgeTrailer(c: Comparison, before: DocumentModel, after: DocumentModel): void {
  const [a, b] = [c.before.trailer(), c.after.trailer()]
  for (const key of keysOf(a, b)) {
    if (OF_THE_REVISION.has(key)) continue
    const [x, y] = [c.before.entry(a, key), c.after.entry(b, key)]
    if (key === 'ID') judgeId(c, x, y)
    else if (key === 'Info') judgeInfo(c, x, y)
    else if (key === 'Root') {
      if (x.ref === null || y.ref === null || x.ref.number !== y.ref.number) c.report({ code: 'catalog-changed' })
      else judgeCatalog(c, x, y, before, after)
    } else if (!sameMeaning(c.before, x, c.after, y, c.known)) c.report({ code: 'trailer-changed' })
  }
}

/** The first half names the document and stays; the second names the revision (ISO 32000-1, 14.4). */
function judgeId(c: Comparison, a: Located, b: Located): void {
  const [x] = itemsOf(a.value)
  const [y] = itemsOf(b.value)
  const [first, now] = [stringOf(x), stringOf(y)]
  if (first !== null && (now === null || !sameBytes(first, now))) c.report({ code: 'trailer-changed' })
}

function judgeCatalog(c: Comparison, a: Located, b: Located, before: DocumentModel, after: DocumentModel): void {
  c.assign(b.slot.object, 'catalog')
  judgeForm(c, before, after)
  for (const key of keysOf(a, b)) {
    const [x, y] = [c.before.entry(a, key), c.after.entry(b, key)]
    switch (key) {
      case 'AcroForm':
        break
      case 'DSS':
        judgeSecurityStore(c, x, y)
        break
      case 'Pages':
        judgePages(c, x, y, before, after)
        break
      case 'Metadata':
        judgeXmp(c, x, y)
        break
      case 'Extensions':
        judgeExtensions(c, x, y)
        break
      case 'Version':
        if (c.touches(x, y)) judgeVersion(c, x, y)
        break
      case 'Perms':
        // Rights are granted by the first signature or never: what appears later did not bind those before it.
        c.settle(x, y, { code: x.value === undefined ? 'certification-after-approval' : 'perms-changed' })
        break
      default:
        c.settle(x, y, { code: 'catalog-changed' })
    }
  }
}

/** Signing tools declare what of PDF 2.0 they used (ISO 32000-2, 7.12); nothing is drawn from it. */
function judgeExtensions(c: Comparison, a: Located, b: Located): void {
  if (!c.touches(a, b)) return
  const plain = (at: Located): boolean =>
    typeof at.value === 'number' ||
    nameOf(at.value) !== null ||
    stringOf(at.value) !== null ||
    (dictOf(at.value) !== null && keysOf(at, at).every((key) => plain(c.after.entry(at, key)))) ||
    (itemsOf(at.value).length > 0 && c.after.items(at).every(plain))
  if (b.value !== undefined && plain(b)) {
    c.report({ code: 'extensions-declared' })
    c.claim(b)
  } else c.settle(a, b, { code: 'catalog-changed' })
}

function judgeVersion(c: Comparison, a: Located, b: Located): void {
  const [old, now] = [nameOf(a.value), nameOf(b.value)]
  if (now === null || !/^\d\.\d$/.test(now) || (old !== null && old > now)) {
    c.settle(a, b, { code: 'catalog-changed' })
    return
  }
  c.report({ code: 'version-raised', before: old, after: now })
  c.claim(b)
}
