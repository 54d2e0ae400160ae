// Honest, forbidden and deliberately damaged updates for the fuzz run.

import * as Y from 'yjs'
import { own, ownText, type RawBlock, rawUpdate, updateOf } from './inspector-lab.ts'
import type { Random } from './random.ts'

/** One to four edits that ann may make. */
export function allowedEdit(doc: Y.Doc, random: Random): Uint8Array {
  return updateOf(doc, () => {
    const mine = own(doc, 'ann')
    const text = ownText(doc, 'ann')
    const list = mine.get('list') as Y.Array<unknown>
    for (let edits = 1 + random.int(4); edits > 0; edits--) {
      switch (random.int(8)) {
        case 0:
          mine.set(`k${random.int(3)}`, random.int(100))
          break
        case 1:
          text.insert(random.int(text.length + 1), 'ab')
          break
        case 2:
          if (text.length > 2) text.delete(0, 1 + random.int(2))
          break
        case 3:
          list.insert(random.int(list.length + 1), [random.int(9), 'v'])
          break
        case 4:
          mine.set('sub', new Y.Map([['a', 1]]))
          break
        case 5:
          mine.delete(`k${random.int(3)}`)
          break
        case 6:
          if (text.length > 3) text.format(random.int(2), 2, { bold: random.once(2) ? true : null })
          break
        default: {
          const inner = new Y.Map<unknown>()
          list.push([inner, new Y.Array()])
          inner.set('z', new Y.Text('hey'))
        }
      }
    }
  })
}

/** A well formed edit that ann may not make. */
export function forbiddenEdit(doc: Y.Doc, random: Random): Uint8Array {
  return updateOf(doc, () => {
    switch (random.int(5)) {
      case 0:
        ;(doc.getMap('agenda').get('i1') as Y.Map<unknown>).set('title', 'evil')
        break
      case 1:
        doc.getText('minutes').insert(random.int(12), 'evil')
        break
      case 2:
        doc.getText('minutes').delete(random.int(8), 3)
        break
      case 3:
        doc.getMap('participants').set('bob', 'evil')
        break
      default:
        doc.getMap('agenda').delete('i1')
    }
  })
}

/** The update with bytes flipped, or with the references, ids, parents, clocks or deletes of some structs changed. */
export function damaged(update: Uint8Array, hub: Y.Doc, clients: readonly number[], random: Random): Uint8Array {
  if (random.once(6)) return flipBytes(update, random)
  const decoded = Y.decodeUpdate(update)
  const deletes = new Map(
    [...decoded.ds.clients].map(([client, ranges]) => [client, ranges.map(({ clock, len }) => [clock, len] as const)]),
  )
  const known = [...hub.store.clients.keys()]
  const anyId = () => {
    const client = random.pick([...known, ...clients])
    const fresh = decoded.structs
      .filter((struct) => struct.id.client === client)
      .reduce((sum, struct) => sum + struct.length, 0)
    return Y.createID(client, random.int(Y.getState(hub.store, client) + fresh + 1))
  }
  const items = decoded.structs.filter((struct) => struct instanceof Y.Item)
  for (let changes = 1 + random.int(4); changes > 0 && items.length > 0; changes--) {
    const item = random.pick(items)
    switch (random.int(11)) {
      case 0:
        item.origin = anyId()
        break
      case 1:
        item.rightOrigin = anyId()
        break
      case 2:
        reparent(
          item,
          random.pick(['minutes', 'agenda', 'participants', anyId()]),
          random.pick([null, 'i1', 'bob', 'title', 'ann']),
        )
        break
      case 3:
        item.id.clock = Math.max(0, item.id.clock - 1 - random.int(4))
        break
      case 4:
        item.id.client = random.pick(known)
        break
      case 5:
        reparent(item, null, null)
        item.rightOrigin = anyId()
        break
      case 6:
        item.origin = anyId()
        item.rightOrigin = anyId()
        item.parent = null
        break
      case 7:
        deletes.set(random.pick(known), [[random.int(30), 1 + random.int(10)]])
        break
      case 8:
        // Into the other id of the same person: dependencies across blocks, also circular ones.
        item.id.client = random.pick(clients)
        break
      case 9:
        reparent(item, anyId(), random.pick([null, 'k0', 'text', '#']))
        break
      default:
        shiftOverKnown(item, 1 + random.int(6))
    }
  }
  return encodeAgain(decoded.structs, [...deletes], update, random)
}

function reparent(item: Y.Item, parent: Y.ID | string | null, sub: string | null): void {
  item.origin = null
  item.rightOrigin = null
  item.parent = parent as Y.ID | null
  item.parentSub = sub
}

/** Moves a struct back over clocks that the hub has and gives it more content: partly known. */
function shiftOverKnown(item: Y.Item, by: number): void {
  item.id.clock = Math.max(0, item.id.clock - by)
  if (item.content instanceof Y.ContentString) {
    item.content.str = 'z'.repeat(by + 3)
    item.length = by + 3
  } else if (item.content instanceof Y.ContentAny) {
    item.content.arr = Array.from({ length: by + 2 }, () => 'evil')
    item.length = by + 2
  }
}

function flipBytes(update: Uint8Array, random: Random): Uint8Array {
  const copy = update.slice()
  for (let flips = 1 + random.int(4); flips > 0; flips--) copy[random.int(copy.length)] = random.int(256)
  return copy
}

function encodeAgain(
  structs: readonly (Y.Item | Y.GC | Y.Skip)[],
  deletes: Parameters<typeof rawUpdate>[1],
  otherwise: Uint8Array,
  random: Random,
): Uint8Array {
  const blocks = new Map<number, (Y.Item | Y.GC | Y.Skip)[]>()
  for (const struct of structs) {
    const block = blocks.get(struct.id.client)
    if (block === undefined) blocks.set(struct.id.client, [struct])
    else block.push(struct)
  }
  const raw: RawBlock[] = []
  for (const [client, list] of blocks) {
    const clock = list[0]!.id.clock
    const cut = list.length > 1 && random.once(12) ? 1 + random.int(list.length - 1) : list.length
    raw.push({ client, clock, structs: list.slice(0, cut) })
    // The same client twice in one update.
    if (cut < list.length) raw.push({ client, clock: list[cut]!.id.clock, structs: list.slice(cut) })
  }
  try {
    return rawUpdate(raw, deletes)
  } catch {
    return otherwise // Yjs cannot write an item without any parent
  }
}
