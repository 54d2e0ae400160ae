// Writes a paper anew for signing: one revision, nothing that acts, nothing that can change, what was seen as plain content.
import type { PdfDict, PdfObject } from '../objects.ts'
import { attempt, SigningStop, type SignFault } from '../sign/fault.ts'
import { catalogRef } from '../sign/form.ts'
import { pagesOf } from '../sign/pages.ts'
import { isSigned } from '../sign/prepare.ts'
import { updateBase, type PdfToUpdate, type UpdateBase } from '../write/base.ts'
import { applyUpdate, IncrementalUpdate } from '../write/incremental.ts'
import { isDict, nameOf, withEntries } from '../write/make.ts'
import { rewrite } from '../write/rewrite.ts'
import { flattenPage } from './flatten.ts'

/** What of the catalog acts, hides or carries something else along. */
const CATALOG_KEYS = [
  'OpenAction',
  'AA',
  'AcroForm',
  'OCProperties',
  'Perms',
  'DSS',
  'Collection',
  'AF',
  'Requirements',
  'Legal',
]
const NAME_TREES = ['JavaScript', 'EmbeddedFiles', 'AlternatePresentations', 'Renditions']
/** Entries that hold an action (ISO 32000-1, 12.6.2). */
const ACTION_KEYS = ['A', 'PA', 'Next']
/** Show another place, here or on the web: what a link of a paper does. */
const HARMLESS_ACTIONS = new Set(['GoTo', 'URI', 'Named'])

/**
 * Fields and annotations become part of the page, links stay, scripts, attachments and form are dropped. Layers are no longer
 * layers: what was switched off is seen, and the signer compares both pictures before signing.
 * @returns the whole new file; `already-signed` for a file with a signature, which nothing may rewrite
 */
export function cleanForSigning(pdf: PdfToUpdate): Uint8Array | SignFault {
  return attempt(() => {
    const update = new IncrementalUpdate(updateBase(pdf))
    if (isSigned(update)) throw new SigningStop('already-signed')
    for (const page of pagesOf(update)) flattenPage(update, page)
    const root = catalogRef(update)
    const catalog = update.dict(root)
    const names = update.resolve(catalog.entries.get('Names') ?? null)
    const dropped = (keys: readonly string[]): Record<string, undefined> =>
      Object.fromEntries(keys.map((key) => [key, undefined]))
    const kept = isDict(names) ? { Names: withEntries(names, dropped(NAME_TREES)) } : {}
    update.put(root, withEntries(catalog, { ...dropped(CATALOG_KEYS), ...kept }))
    const edited = updateBase(applyUpdate(update.base, update.finish()))
    return rewrite(edited, (dict) => withoutActions(edited, dict))
  })
}

function withoutActions(base: UpdateBase, dict: PdfDict): PdfDict {
  const { entries } = dict
  // Most dictionaries have none of these, and a paper has ten thousands of them.
  const acting = ACTION_KEYS.filter((key) => entries.has(key) && isHarmful(base, entries.get(key)))
  const others = ['AA', 'EF', 'RF', 'OC', 'AF'].filter((key) => entries.has(key))
  if (acting.length + others.length === 0) return dict
  return withEntries(dict, Object.fromEntries([...acting, ...others].map((key) => [key, undefined])))
}

/** `/A`, `/PA` and `/Next` of other dictionaries are no actions and have no `/S`. */
function isHarmful(base: UpdateBase, object: PdfObject | undefined): boolean {
  const action = base.file.resolve(object ?? null)
  if (!isDict(action)) return false
  const kind = nameOf(action.entries.get('S'))
  return kind !== null && !HARMLESS_ACTIONS.has(kind)
}
