// A new epoch for a text in which client ids or tombstones have piled up: the same content, written anew by one client id.
import * as Y from 'yjs'
import { TEXT_ROOT } from '../../shared/hub/rooms.ts'
import type { StoredText } from '../store/store.ts'

/** Each transaction of Yjs copies the state vector: 500 client ids cost about 70 µs an update (measured, research/sync.md 3.2). */
const MAX_CLIENT_IDS = 500
/** A room should stay under 200 kB; below that, tombstones are not worth a reset of every copy. */
const MIN_BYTES = 200_000

/** @returns the snapshot of the next epoch, or null while the present one is fine */
export function nextEpoch(stored: StoredText): Uint8Array | null {
  const doc = new Y.Doc()
  if (stored.snapshot !== null) Y.applyUpdate(doc, stored.snapshot)
  for (const update of stored.updates) Y.applyUpdate(doc, update)
  const crowded = doc.store.clients.size > MAX_CLIENT_IDS
  const fresh = crowded || Y.encodeStateAsUpdate(doc).length > MIN_BYTES ? rewrite(doc) : null
  const worth = fresh !== null && (crowded || fresh.length * 2 < Y.encodeStateAsUpdate(doc).length)
  doc.destroy()
  return worth ? fresh : null
}

function rewrite(doc: Y.Doc): Uint8Array {
  const next = new Y.Doc()
  const content = doc.getXmlFragment(TEXT_ROOT).toArray()
  next.getXmlFragment(TEXT_ROOT).insert(
    0,
    content.map((node) => node.clone() as Y.XmlElement | Y.XmlText),
  )
  const bytes = Y.encodeStateAsUpdate(next)
  next.destroy()
  return bytes
}
