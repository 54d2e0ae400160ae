// The document security store: certificates and revocation data kept in the file itself (ISO 32000-2, 12.8.4.3; EN 319 142-1, 5.4).
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { zlibSync } from 'fflate'
import type { PdfDict, PdfObject } from '../objects.ts'
import { updateBase, type PdfToUpdate } from '../write/base.ts'
import { applyUpdate, IncrementalUpdate } from '../write/incremental.ts'
import { array, dict, isRef, itemsOf, name, withEntries } from '../write/make.ts'
import { attempt, type SignFault } from './fault.ts'
import { catalogRef } from './form.ts'

/** DER of each. */
export interface Evidence {
  readonly certificates: readonly Uint8Array[]
  readonly crls: readonly Uint8Array[]
  readonly ocsps: readonly Uint8Array[]
}

/**
 * Adds what the store has not yet; what is in it stays where it is, `/VRI` of other writers too. Our own signatures need no VRI:
 * EN 319 142-1 leaves it to the writer, and readers search the whole store.
 * @returns the whole file, or the file as it was when it holds everything already
 */
export function appendDss(pdf: PdfToUpdate, evidence: Evidence): Uint8Array | SignFault {
  return attempt(() => {
    const update = new IncrementalUpdate(updateBase(pdf))
    const root = catalogRef(update)
    const catalog = update.dict(root)
    const entry = catalog.entries.get('DSS')
    const store = entry === undefined ? dict({}) : update.dict(entry)
    const lists = { Certs: evidence.certificates, OCSPs: evidence.ocsps, CRLs: evidence.crls }
    const changes: Record<string, PdfObject> = {}
    let added = 0
    for (const [key, wanted] of Object.entries(lists)) {
      const missing = missingIn(update, store, key, wanted)
      if (missing.length === 0) continue
      added += missing.length
      const streams = missing.map((der) => update.addStream(dict({ Filter: name('FlateDecode') }), zlibSync(der)))
      const current = store.entries.get(key)
      const list = array([...itemsOf(update.resolve(current ?? null)), ...streams])
      if (isRef(current)) update.put(current, list)
      else changes[key] = list
    }
    if (added === 0) return update.base.bytes
    if (Object.keys(changes).length > 0) {
      const changed = withEntries(store, changes)
      if (isRef(entry)) update.put(entry, changed)
      else if (entry !== undefined) update.put(root, withEntries(catalog, { DSS: changed }))
      else update.put(root, withEntries(catalog, { DSS: update.add(withEntries(changed, { Type: name('DSS') })) }))
    }
    return applyUpdate(update.base, update.finish())
  })
}

/** Each once, and none that the store has: the same certificate comes with every signature of an agency. */
function missingIn(
  update: IncrementalUpdate,
  store: PdfDict,
  key: string,
  wanted: readonly Uint8Array[],
): readonly Uint8Array[] {
  const present = new Set<string>()
  for (const item of itemsOf(update.resolve(store.entries.get(key) ?? null))) {
    const stream = update.resolve(item)
    if (stream === null || typeof stream !== 'object' || stream.kind !== 'stream') continue
    present.add(bytesToHex(sha256(update.base.file.structureData(stream))))
  }
  return wanted.filter((der) => {
    const hash = bytesToHex(sha256(der))
    if (present.has(hash)) return false
    present.add(hash)
    return true
  })
}
