// The guard of a shared text: every update is decoded and resolved to paths before it touches the document, and only re-encoded bytes leave.

import * as Y from 'yjs'
import { LIMITS } from '../../../shared/hub/wire.ts'
import { type Binding, ClientBindings } from './client-bindings.ts'
import { cutKnown, repeatsKnown } from './cut-known.ts'
import { type Block, type DecodedUpdate, UpdateReader } from './decode.ts'
import { forEachNewlyDeleted } from './deletes.ts'
import { ListOrder } from './list-order.ts'
import { PlaceResolver } from './places.ts'
import { Rejected } from './rejection.ts'
import { checkListItem, checkMapItem, checkValues } from './shape.ts'
import { type AnyType, type Path, stepDown, TypePaths } from './type-paths.ts'

export interface InspectorOptions {
  /**
   * May this person write at this path? The path ends with a map key, or `#` for a position in a list. Who may write a place may also
   * replace or delete it together with everything below.
   */
  readonly allow: (person: string, path: Path) => boolean
  /** Names of the root types that may exist. */
  readonly roots: ReadonlySet<string>
  readonly maxBytes?: number
  readonly maxStructs?: number
  /** What the store kept of `bind`. */
  readonly bindings?: Iterable<Binding>
}

export interface Inspection {
  /** Distinct places that the update writes or deletes, for the audit trail. */
  readonly paths: readonly Path[]
  /** Nothing new: all of it was known. */
  readonly noop: boolean
  /** The update without what the document knew. */
  readonly update: Uint8Array
}

export interface Applied {
  /** What to store and relay, as Yjs re-encoded it, including what the hub's own formatting clean-up deleted; null where nothing changed. */
  readonly out: Uint8Array | null
  readonly paths: readonly Path[]
  readonly noop: boolean
}

/** One per loaded text. Everything between the look and the change is synchronous, so no other update comes between. */
export class Inspector {
  private readonly doc: Y.Doc
  private readonly allow: InspectorOptions['allow']
  private readonly roots: ReadonlySet<string>
  private readonly maxBytes: number
  private readonly reader: UpdateReader
  private readonly clients: ClientBindings
  private readonly typePaths: TypePaths

  constructor(doc: Y.Doc, options: InspectorOptions) {
    this.doc = doc
    this.allow = options.allow
    this.roots = options.roots
    this.maxBytes = options.maxBytes ?? LIMITS.updateBytes
    this.reader = new UpdateReader(options.maxStructs ?? LIMITS.updateStructs)
    this.clients = new ClientBindings(options.bindings)
    this.typePaths = new TypePaths(doc)
  }

  /**
   * Ties a Yjs client id to a person, before the first update written with it.
   * @returns true where the binding is new and has to be stored before the updates are
   * @throws Rejected `client-id-taken`, `client-id-limit`, `malformed`
   */
  bind(clientId: number, person: string): boolean {
    return this.clients.bind(
      clientId,
      person,
      clientId === this.doc.clientID || Y.getState(this.doc.store, clientId) > 0,
    )
  }

  /** All bindings, for the store. */
  bindings(): IterableIterator<Binding> {
    return this.clients.entries()
  }

  /** Judges an update and leaves the document as it is. @throws Rejected with any code that concerns updates */
  inspect(update: Uint8Array, person: string): Inspection {
    if (update.byteLength > this.maxBytes) throw new Rejected('too-big')
    const store = this.doc.store
    let bytes = update
    let decoded = this.reader.decode(update)
    if (repeatsKnown(decoded, store)) {
      bytes = cutKnown(decoded, store)
      decoded = this.reader.decode(bytes)
    }
    this.checkBlocks(decoded.blocks, person)

    const permission = new Permissions(this.allow, person)
    this.checkNewItems(decoded, permission)
    const newDeletes = this.checkDeletes(decoded, permission)
    return { paths: permission.paths, noop: decoded.blocks.size === 0 && newDeletes === 0, update: bytes }
  }

  /** Judges an update, applies it with the person as transaction origin, and gives the bytes to relay. @throws Rejected, document unchanged */
  apply(update: Uint8Array, person: string): Applied {
    const { paths, noop, update: bytes } = this.inspect(update, person)
    if (noop) return { out: null, paths, noop }
    const emitted: Uint8Array[] = []
    const collect = (change: Uint8Array) => {
      emitted.push(change)
    }
    this.doc.on('update', collect)
    try {
      Y.applyUpdate(this.doc, bytes, person)
    } finally {
      this.doc.off('update', collect)
    }
    if (this.doc.store.pendingStructs !== null || this.doc.store.pendingDs !== null) {
      throw new Error('an inspected update left something pending: unload the room and load it from the store')
    }
    // Yjs' own clean-up of redundant formatting is a second transaction: relaying only one of the two would leave readers behind.
    const [first] = emitted
    return { out: emitted.length > 1 ? Y.mergeUpdates(emitted) : (first ?? null), paths, noop }
  }

  private checkBlocks(blocks: ReadonlyMap<number, Block>, person: string): void {
    for (const block of blocks.values()) {
      const known = Y.getState(this.doc.store, block.client)
      if (block.start > known) throw new Rejected('gap', `${block.client}:${known}`)
      if (block.structs.some((struct) => struct instanceof Y.Skip)) throw new Rejected('gap', String(block.client))
    }
    for (const client of blocks.keys()) {
      const owner = this.clients.ownerOf(client)
      if (owner === undefined) throw new Rejected('client-id-unbound', String(client))
      if (owner !== person) throw new Rejected('client-id-forged', String(client))
    }
  }

  private checkNewItems(decoded: DecodedUpdate, permission: Permissions): void {
    const resolver = new PlaceResolver(this.doc, this.typePaths, this.roots, decoded.blocks)
    const order = new ListOrder()
    resolver.resolve((item, place) => {
      checkValues(item.content)
      if (place === null) return
      if (place.sub === null) checkListItem(item, place, resolver, order)
      else checkMapItem(item, place.sub, decoded.deletes)
      if (!permission.asks(place.path, place.sub)) throw new Rejected('forbidden')
    })
  }

  private checkDeletes(decoded: DecodedUpdate, permission: Permissions): number {
    const found = { forbidden: false, onlyMarks: decoded.blocks.size === 0 }
    const count = forEachNewlyDeleted(this.doc.store, decoded.deletes, decoded.blocks, (item) => {
      if (!(item.content instanceof Y.ContentFormat)) found.onlyMarks = false
      if (!permission.asks(this.typePaths.of(item.parent as AnyType), item.parentSub)) found.forbidden = true
    })
    if (found.forbidden) throw new Rejected(found.onlyMarks ? 'format-cleanup' : 'forbidden')
    return count
  }
}

/** Asks the rule once per place of one update. Keyed by identity: joined names could be made to collide. */
class Permissions {
  readonly paths: Path[] = []
  private readonly allow: InspectorOptions['allow']
  private readonly person: string
  private readonly asked = new Map<Path, Map<string | null, boolean>>()

  constructor(allow: InspectorOptions['allow'], person: string) {
    this.allow = allow
    this.person = person
  }

  asks(path: Path, sub: string | null): boolean {
    let answers = this.asked.get(path)
    if (answers === undefined) {
      answers = new Map<string | null, boolean>()
      this.asked.set(path, answers)
    }
    const before = answers.get(sub)
    if (before !== undefined) return before
    const full = stepDown(path, sub)
    const answer = this.allow(this.person, full)
    answers.set(sub, answer)
    if (answer) this.paths.push(full)
    return answer
  }
}
