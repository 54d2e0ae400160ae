// What a delete set newly deletes: a reconnect repeats the whole delete set of the document, only the new part needs a permission.

import * as Y from 'yjs'
import type { Block, DecodedUpdate } from './decode.ts'
import { Rejected } from './rejection.ts'

/**
 * Calls `visit` for every item of the document that is not deleted yet and will be.
 * @returns how many there were
 * @throws Rejected `delete-of-unknown`
 */
export function forEachNewlyDeleted(
  store: Y.Doc['store'],
  deletes: DecodedUpdate['deletes'],
  fresh: ReadonlyMap<number, Block>,
  visit: (item: Y.Item) => void,
): number {
  let count = 0
  for (const [client, ranges] of deletes) {
    const structs = store.clients.get(client) ?? []
    const known = Y.getState(store, client)
    const end = fresh.get(client)?.end ?? known
    for (const range of ranges) {
      if (range.clock + range.len > end) throw new Rejected('delete-of-unknown', `${client}:${range.clock + range.len}`)
      // From here on it is the sender's own new text, which was checked when it was placed.
      if (range.clock >= known) continue
      for (let index = Y.findIndexSS(structs, range.clock); index < structs.length; index++) {
        const struct = structs[index]
        if (struct === undefined || struct.id.clock >= range.clock + range.len) break
        if (struct.deleted || !(struct instanceof Y.Item)) continue
        count += 1
        visit(struct)
      }
    }
  }
  return count
}
