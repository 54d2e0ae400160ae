// Takes out of an update what the document already knows, so that the rest is judged by our store and not by the sender's claims.

import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import type { DecodedUpdate } from './decode.ts'

/** Does the update repeat anything below the clocks that the document has? Honest resends do, when they cross a sync step. */
export function repeatsKnown(update: DecodedUpdate, store: Y.Doc['store']): boolean {
  for (const block of update.blocks.values()) {
    if (block.start < Y.getState(store, block.client)) return true
  }
  return false
}

/**
 * The update without what is known. A partly known item becomes "the rest, right after my own last clock": its parent then comes from the
 * store. (Yjs believes the parent in the message for the unknown rest: a struct with a false parent would write anywhere.)
 */
export function cutKnown(update: DecodedUpdate, store: Y.Doc['store']): Uint8Array {
  const encoder = new Y.UpdateEncoderV1()
  const rest = encoder.restEncoder
  const blocks = [...update.blocks.values()].filter((block) => block.end > Y.getState(store, block.client))
  encoding.writeVarUint(rest, blocks.length)
  for (const block of blocks) {
    const known = Y.getState(store, block.client)
    const structs = block.structs.filter((struct) => struct.id.clock + struct.length > known)
    const from = Math.max(block.start, known)
    encoding.writeVarUint(rest, structs.length)
    encoder.writeClient(block.client)
    encoding.writeVarUint(rest, from)
    for (const struct of structs) struct.write(encoder, Math.max(0, from - struct.id.clock))
  }
  encoding.writeVarUint(rest, update.deletes.size)
  for (const [client, ranges] of update.deletes) {
    encoding.writeVarUint(rest, client)
    encoding.writeVarUint(rest, ranges.length)
    for (const { clock, len } of ranges) {
      encoder.writeDsClock(clock)
      encoder.writeDsLen(len)
    }
  }
  return encoder.toUint8Array()
}
