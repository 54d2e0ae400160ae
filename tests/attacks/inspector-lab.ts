// A guarded text with three people in it, and the tools to write updates that no honest client writes.

import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import type { Binding } from '../../hub/rooms/inspector/client-bindings.ts'
import type { Inspector, InspectorOptions } from '../../hub/rooms/inspector/inspector.ts'

export type InspectorClass = new (doc: Y.Doc, options: InspectorOptions) => Inspector

export const ROOTS: ReadonlySet<string> = new Set(['participants', 'agenda', 'minutes', 'ballots'])

/** Ann once had wider rights: this client id of hers owns a piece of the minutes. */
export const ANN_BEFORE = 7
const HUB = 1

/** Members write below their own name and, while the motion is open, their own ballot; the secretary writes agenda and minutes. */
export function allowIn(open: ReadonlySet<string>): InspectorOptions['allow'] {
  return (person, path) => {
    const [root, second, third] = path
    switch (root) {
      case 'participants':
        return path.length >= 2 && second === person
      case 'ballots':
        return path.length === 3 && third === person && second !== undefined && open.has(second)
      case 'agenda':
      case 'minutes':
        return person === 'sec'
      case undefined:
      default:
        return false
    }
  }
}

export interface Lab {
  readonly doc: Y.Doc
  readonly open: Set<string>
  readonly inspector: Inspector
  /** Everything the hub relayed, applied by somebody who came before the first update. */
  readonly reader: Y.Doc
  /** A client of this person with the hub's state, its id bound. */
  client(person: string): Y.Doc
  /** Sends an update and relays what comes out. */
  send(update: Uint8Array, person: string): void
}

export function openLab(inspectorClass: InspectorClass, options: Partial<InspectorOptions> = {}): Lab {
  const doc = new Y.Doc()
  doc.clientID = HUB
  fill(doc)
  const open = new Set(['m1'])
  const bindings: Binding[] = [[ANN_BEFORE, 'ann']]
  const inspector = new inspectorClass(doc, { allow: allowIn(open), roots: ROOTS, bindings, ...options })
  const reader = copyOf(doc)
  return {
    doc,
    open,
    inspector,
    reader,
    client(person) {
      const copy = copyOf(doc)
      inspector.bind(copy.clientID, person)
      return copy
    },
    send(update, person) {
      const { out } = inspector.apply(update, person)
      if (out !== null) Y.applyUpdate(reader, out)
    },
  }
}

function fill(doc: Y.Doc): void {
  doc.transact(() => {
    for (const name of ['sec', 'ann', 'bob']) {
      const own = new Y.Map<unknown>()
      own.set('present', false)
      own.set('text', new Y.Text('seed'))
      own.set('list', Y.Array.from([1, 2, 3]))
      doc.getMap('participants').set(name, own)
    }
    const item = new Y.Map<unknown>()
    item.set('title', 'Opening')
    doc.getMap('agenda').set('i1', item)
    doc.getMap('ballots').set('m1', new Y.Map())
    doc.getText('minutes').insert(0, 'Decision: NO.')
  })
  const ann = copyOf(doc)
  ann.clientID = ANN_BEFORE
  ann.getText('minutes').insert(13, ' (ann was here)')
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(ann))
}

export function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}

/** The update that this change of a client emits. */
export function updateOf(doc: Y.Doc, change: (doc: Y.Doc) => void): Uint8Array {
  const updates: Uint8Array[] = []
  const collect = (update: Uint8Array) => {
    updates.push(update)
  }
  doc.on('update', collect)
  doc.transact(() => change(doc))
  doc.off('update', collect)
  return Y.mergeUpdates(updates)
}

export function own(doc: Y.Doc, person: string): Y.Map<unknown> {
  return doc.getMap<Y.Map<unknown>>('participants').get(person)!
}

export function ownText(doc: Y.Doc, person: string): Y.Text {
  return own(doc, person).get('text') as Y.Text
}

export interface RawBlock {
  readonly client: number
  readonly clock: number
  readonly structs: readonly (Y.Item | Y.GC | Y.Skip)[]
}

export type RawDeletes = readonly (readonly [
  client: number,
  ranges: readonly (readonly [clock: number, len: number])[],
])[]

/** Writes blocks and delete set exactly as given. */
export function rawUpdate(blocks: readonly RawBlock[], deletes: RawDeletes = []): Uint8Array {
  const encoder = new Y.UpdateEncoderV1()
  const rest = encoder.restEncoder
  encoding.writeVarUint(rest, blocks.length)
  for (const { client, clock, structs } of blocks) {
    encoding.writeVarUint(rest, structs.length)
    encoder.writeClient(client)
    encoding.writeVarUint(rest, clock)
    for (const struct of structs) struct.write(encoder, 0)
  }
  encoding.writeVarUint(rest, deletes.length)
  for (const [client, ranges] of deletes) {
    encoding.writeVarUint(rest, client)
    encoding.writeVarUint(rest, ranges.length)
    for (const [clock, len] of ranges) {
      encoding.writeVarUint(rest, clock)
      encoding.writeVarUint(rest, len)
    }
  }
  return encoder.toUint8Array()
}

export interface RawItem {
  readonly origin?: Y.ID | null
  readonly rightOrigin?: Y.ID | null
  readonly parent?: Y.ID | string | null
  readonly sub?: string | null
  readonly content: Y.ContentString | Y.ContentAny | Y.ContentType
}

export function rawItem(client: number, clock: number, raw: RawItem): Y.Item {
  // Yjs writes a name, an id or a type as parent; its types do not say so for names.
  const parent = (raw.parent ?? null) as Y.ID | null
  // Its types want a base class that the contents only resemble.
  const content: unknown = raw.content
  return new Y.Item(
    Y.createID(client, clock),
    null,
    raw.origin ?? null,
    null,
    raw.rightOrigin ?? null,
    parent,
    raw.sub ?? null,
    content as Y.Item['content'],
  )
}

/** The id of the item that holds this type. */
export function idOf(type: { readonly _item: Y.Item | null }): Y.ID {
  return type._item!.id
}

/** Ids of the visible items of a list, first to last. */
export function idsIn(type: { readonly _start: Y.Item | null }): Y.ID[] {
  const ids: Y.ID[] = []
  for (let item = type._start; item !== null; item = item.right)
    for (let k = 0; k < item.length; k++) ids.push(Y.createID(item.id.client, item.id.clock + k))
  return ids
}
