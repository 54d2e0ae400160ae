// What no editor writes but Yjs would take: forms that throw later in somebody else's transaction or look different on different replicas.

import * as Y from 'yjs'
import { covers, type DecodedUpdate } from './decode.ts'
import type { ListOrder } from './list-order.ts'
import type { Place, PlaceResolver } from './places.ts'
import { Rejected } from './rejection.ts'
import { LIST_POSITION, NESTING_LIMIT } from './type-paths.ts'

/** @throws Rejected `malformed` for a map entry that `Y.Map` never writes */
export function checkMapItem(item: Y.Item, key: string, deletes: DecodedUpdate['deletes']): void {
  if (key === LIST_POSITION) throw new Rejected('malformed', 'key that reads as a list position')
  // A longer entry could be split: its first values stay undeleted behind the last, and Yjs throws when it collects them.
  // Honest exception: old values of one key, kept by an UndoManager and merged, all of them deleted.
  const single = item.length === 1 || item.content instanceof Y.ContentDeleted
  const end = item.id.clock + item.length
  if (!single && !covers(deletes.get(item.id.client), item.id.clock, end))
    throw new Rejected('malformed', 'long map entry')
  // With a right neighbour the newest value of a key depends on the order of arrival: people would see different ones.
  if (item.rightOrigin !== null) throw new Rejected('malformed', 'map entry with a right neighbour')
}

/** A list item that names two neighbours names them in the same list, left before right; else replicas end up with different sequences. */
export function checkListItem(item: Y.Item, place: Place, resolver: PlaceResolver, order: ListOrder): void {
  if (item.origin === null || item.rightOrigin === null) return
  const left = resolver.structAt(item.origin)
  const right = resolver.structAt(item.rightOrigin)
  const rightPlace = resolver.placeOfStruct(right, item.rightOrigin.clock)
  if (rightPlace === null) return
  if (rightPlace.sub !== null || rightPlace.parent !== place.parent)
    throw new Rejected('malformed', 'neighbours of different lists')
  const leftPoint = place.left
  const ordered =
    left === right
      ? item.origin.clock < item.rightOrigin.clock
      : // Not a full proof between two new neighbours, but never wrong about honest ones: the known items around them are in order.
        leftPoint === null || place.right === null || order.isBefore(leftPoint, place.right)
  if (!ordered) throw new Rejected('malformed', 'neighbours in wrong order')
}

/** @throws Rejected `too-deep` for values that would overflow the stack of whoever encodes or shows them, `malformed` for what is no JSON */
export function checkValues(content: Y.Item['content']): void {
  if (content instanceof Y.ContentAny || content instanceof Y.ContentJSON)
    for (const value of content.arr as unknown[]) checkValue(value)
  else if (content instanceof Y.ContentEmbed) checkValue(content.embed)
  else if (content instanceof Y.ContentFormat) checkValue(content.value)
}

function checkValue(value: unknown): void {
  if (typeof value !== 'object' || value === null) {
    // JSON.stringify throws on it, in the browser of everyone who opens the room.
    if (typeof value === 'bigint') throw new Rejected('malformed', 'bigint')
    return
  }
  let level: object[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > NESTING_LIMIT) throw new Rejected('too-deep')
    const inner: object[] = []
    for (const container of level) {
      if (container instanceof Uint8Array) continue
      for (const member of Object.values(container) as unknown[]) {
        if (typeof member === 'object' && member !== null) inner.push(member)
        else if (typeof member === 'bigint') throw new Rejected('malformed', 'bigint')
      }
    }
    level = inner
  }
}
