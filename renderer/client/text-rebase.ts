// After a refusal: the changes that the hub does not have, written anew under a new client id, so that all that still has its place is kept.
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'

export interface IdRange {
  readonly client: number
  readonly clock: number
  readonly length: number
}

export interface Rebased {
  /** Updates under the new client id, in order, for the fresh document. */
  readonly updates: readonly Uint8Array[]
  /** What found no place, by its old ids. */
  readonly lost: readonly IdRange[]
}

interface Moved extends IdRange {
  readonly to: number
}

/**
 * Yjs cannot move an update to another client id, but its parts can be written anew: each item with its neighbours' new ids. A neighbour that
 * was lost is replaced by its own neighbour, which keeps the order; a child of a lost element is lost with it.
 * @param old the document in which the updates were made, holding all of them
 * @param fresh the hub's document; not changed here
 * @param updates local updates in the order of their making
 * @param clientId new, never used in `fresh`
 * @param skip true for an update that the hub has refused and will refuse again
 */
export function rebase(
  old: Y.Doc,
  fresh: Y.Doc,
  updates: readonly Uint8Array[],
  clientId: number,
  skip: (index: number) => boolean,
): Rebased {
  const known = (client: number) => Y.getState(fresh.store, client)
  const moved: Moved[] = []
  const lost: IdRange[] = []
  const out: Uint8Array[] = []
  let clock = 0

  const find = (ranges: readonly IdRange[], id: Y.ID) =>
    ranges.find(
      (range) => range.client === id.client && range.clock <= id.clock && id.clock < range.clock + range.length,
    )
  /** @returns null when the id is lost */
  const place = (id: Y.ID): Y.ID | null => {
    if (id.clock < known(id.client)) return id
    const range = moved.find((each) => each === find(moved, id))
    return range === undefined ? null : Y.createID(clientId, range.to + id.clock - range.clock)
  }
  /** Walks from a lost neighbour to the next one on that side that was kept. */
  const neighbour = (start: Y.ID | null, side: 'left' | 'right'): Y.ID | null => {
    let id = start
    while (id !== null) {
      const found = place(id)
      if (found !== null) return found
      const item = itemOf(old, id)
      id = item === null ? null : nextTo(item, id, side)
    }
    return null
  }

  for (const [index, update] of updates.entries()) {
    const { structs, ds } = Y.decodeUpdate(update)
    const items: Y.Item[] = []
    const start = clock
    for (const struct of structs) {
      if (struct instanceof Y.Skip) continue
      const { client } = struct.id
      const from = Math.max(struct.id.clock, known(client))
      const length = struct.id.clock + struct.length - from
      // The same struct may stand in two updates (a step of the sync protocol repeats what was typed before).
      if (length <= 0 || find(moved, Y.createID(client, from)) !== undefined) continue
      const item = skip(index) || !(struct instanceof Y.Item) ? null : anew(struct, from - struct.id.clock)
      if (item === null) lost.push({ client, clock: from, length })
      else {
        moved.push({ client, clock: from, length, to: clock })
        items.push(item)
        clock += length
      }
    }
    const deletes = skip(index) ? [] : deletesOf(ds.clients)
    if (items.length > 0 || deletes.length > 0) out.push(encode(items, clientId, start, deletes))
  }
  return { updates: out, lost }

  function anew(struct: Y.Item, offset: number): Y.Item | null {
    const { client, clock: first } = struct.id
    const parent = parentOf(struct)
    if (parent === null) return null
    const origin = offset > 0 ? Y.createID(client, first + offset - 1) : struct.origin
    const left = neighbour(origin, 'left')
    const right = neighbour(struct.rightOrigin, 'right')
    const content = offset > 0 ? struct.content.copy().splice(offset) : struct.content
    // An item with a neighbour carries no parent on the wire: the neighbour's is its own.
    const named = left === null && right === null ? parent : null
    return new Y.Item(Y.createID(clientId, clock), null, left, null, right, named, struct.parentSub, content)
  }

  /** The element that holds the item: a root type, or the id of an element that is kept; null when that element is lost. */
  function parentOf(struct: Y.Item): Y.AbstractType<unknown> | Y.ID | null {
    const parent = itemOf(old, struct.id)?.parent
    if (!(parent instanceof Y.AbstractType)) return null
    return parent._item === null ? (parent as Y.AbstractType<unknown>) : place(parent._item.id)
  }

  function deletesOf(
    clients: ReadonlyMap<number, readonly { readonly clock: number; readonly len: number }[]>,
  ): IdRange[] {
    return [...clients].flatMap(([client, ranges]) =>
      ranges.flatMap(({ clock: first, len }) => {
        const out: IdRange[] = []
        for (let at = first; at < first + len; at += 1) {
          const id = place(Y.createID(client, at))
          if (id !== null) out.push({ client: id.client, clock: id.clock, length: 1 })
        }
        return out
      }),
    )
  }
}

function itemOf(doc: Y.Doc, id: Y.ID): Y.Item | null {
  if (id.clock >= Y.getState(doc.store, id.client)) return null
  const struct = Y.getItem(doc.store, id) as Y.Item | Y.GC
  return struct instanceof Y.Item ? struct : null
}

/** Neighbouring characters that were typed one after another lie in one item: their neighbours are each other. */
function nextTo(item: Y.Item, id: Y.ID, side: 'left' | 'right'): Y.ID | null {
  if (side === 'left') return id.clock > item.id.clock ? Y.createID(id.client, id.clock - 1) : item.origin
  return id.clock < item.id.clock + item.length - 1 ? Y.createID(id.client, id.clock + 1) : item.rightOrigin
}

/** Update format v1: structs of one client, then the delete set. */
function encode(items: readonly Y.Item[], client: number, clock: number, deletes: readonly IdRange[]): Uint8Array {
  const encoder = new Y.UpdateEncoderV1()
  encoding.writeVarUint(encoder.restEncoder, items.length > 0 ? 1 : 0)
  if (items.length > 0) {
    encoding.writeVarUint(encoder.restEncoder, items.length)
    encoder.writeClient(client)
    encoding.writeVarUint(encoder.restEncoder, clock)
    for (const item of items) item.write(encoder, 0)
  }
  const clients = new Map<number, IdRange[]>()
  for (const range of deletes) clients.set(range.client, [...(clients.get(range.client) ?? []), range])
  encoding.writeVarUint(encoder.restEncoder, clients.size)
  for (const [id, ranges] of clients) {
    encoder.resetDsCurVal()
    encoding.writeVarUint(encoder.restEncoder, id)
    encoding.writeVarUint(encoder.restEncoder, ranges.length)
    for (const range of ranges) {
      encoder.writeDsClock(range.clock)
      encoder.writeDsLen(range.length)
    }
  }
  return encoder.toUint8Array()
}
