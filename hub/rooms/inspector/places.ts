// Where each new struct of an update will land, by the rule that Yjs itself uses, without touching the document.

import * as Y from 'yjs'
import type { Block, Struct } from './decode.ts'
import type { KnownPoint } from './list-order.ts'
import { Rejected } from './rejection.ts'
import { type AnyType, type Path, type TypePaths } from './type-paths.ts'

/** The list or map entry that a new item joins. */
export interface Place {
  /** Identity of the parent; a name where the root does not exist yet. Two lists can have the same path, never the same parent. */
  readonly parent: AnyType | string
  /** Path of the parent. */
  readonly path: Path
  /** The key in a map; null in a list. */
  readonly sub: string | null
  /** Nearest items of the document between which this list item was put; null is the start or the end of the list. */
  readonly left: KnownPoint | null
  readonly right: KnownPoint | null
}

/** Called once per new item, after everything it refers to. `place` is null where Yjs will make a placeholder without content of it. */
export type Visit = (item: Y.Item, place: Place | null) => void

interface Progress {
  readonly block: Block
  next: number
  /** Clocks below this are placed. */
  placed: number
}

/** Resolves the new blocks of one update; every block starts exactly at the clock that the document has. */
export class PlaceResolver {
  private readonly doc: Y.Doc
  private readonly paths: TypePaths
  private readonly roots: ReadonlySet<string>
  private readonly blocks = new Map<number, Progress>()
  private readonly places = new Map<Struct, Place | null>()

  constructor(doc: Y.Doc, paths: TypePaths, roots: ReadonlySet<string>, fresh: ReadonlyMap<number, Block>) {
    this.doc = doc
    this.paths = paths
    this.roots = roots
    for (const [client, block] of fresh) this.blocks.set(client, { block, next: 0, placed: block.start })
  }

  /**
   * Goes through the structs in an order in which Yjs can integrate them. No recursion: a paragraph typed offline is a chain of thousands.
   * @throws Rejected `missing-dependency`, `self-reference`, `cycle`, `root`, `too-deep` and whatever `visit` throws
   */
  resolve(visit: Visit): void {
    for (const first of this.blocks.values()) {
      const waiting = [first]
      for (let current = waiting.at(-1); current !== undefined; current = waiting.at(-1)) {
        const struct = current.block.structs[current.next]
        if (struct === undefined) {
          waiting.pop()
          continue
        }
        const needed = this.neededBlock(struct)
        if (needed !== null) {
          // Clocks of one client are integrated in order, so waiting for a block that waits for us never ends: Yjs would keep both as pending.
          if (waiting.includes(needed)) throw new Rejected('cycle')
          waiting.push(needed)
          continue
        }
        const place = struct instanceof Y.Item ? this.placeOf(struct) : null
        this.places.set(struct, place)
        if (struct instanceof Y.Item) visit(struct, place)
        current.next += 1
        current.placed = struct.id.clock + struct.length
        if (waiting.length > 1) waiting.pop()
      }
    }
  }

  /** The struct of the document or of this update that holds this clock. @throws Rejected `missing-dependency` */
  structAt(id: Y.ID): Struct {
    const block = this.blocks.get(id.client)?.block
    const structs =
      block !== undefined && id.clock >= block.start ? block.structs : this.doc.store.clients.get(id.client)
    const struct = structs === undefined ? undefined : holding(structs, id.clock)
    if (struct === undefined) throw new Rejected('missing-dependency', `${id.client}:${id.clock}`)
    return struct
  }

  /** The place of an item that is in the document or already placed; null where it has none. */
  placeOfStruct(struct: Struct, clock: number): Place | null {
    const fresh = this.places.get(struct)
    if (fresh !== undefined) return fresh
    if (!(struct instanceof Y.Item)) return null
    const parent = struct.parent as AnyType
    const here: KnownPoint = { item: struct, clock }
    return { parent, path: this.paths.of(parent), sub: struct.parentSub, left: here, right: here }
  }

  private neededBlock(struct: Struct): Progress | null {
    if (!(struct instanceof Y.Item)) return null
    return (
      this.neededFor(struct, struct.origin) ??
      this.neededFor(struct, struct.rightOrigin) ??
      (struct.parent instanceof Y.ID ? this.neededFor(struct, struct.parent) : null)
    )
  }

  private neededFor(struct: Y.Item, id: Y.ID | null): Progress | null {
    if (id === null) return null
    if (id.client === struct.id.client) {
      if (id.clock >= struct.id.clock) throw new Rejected('self-reference')
      return null
    }
    const progress = this.blocks.get(id.client)
    const ahead = progress !== undefined && id.clock >= progress.placed && id.clock < progress.block.end
    return ahead ? progress : null
  }

  private placeOf(item: Y.Item): Place | null {
    const left = this.neighbour(item.origin)
    const right = this.neighbour(item.rightOrigin)
    if (left === null || right === null) return null
    const base = left ?? right ?? this.namedPlace(item)
    if (base === null) return null
    return { ...base, left: left?.left ?? null, right: right?.right ?? null }
  }

  /** undefined where the item names none; null where what it names is gone. */
  private neighbour(id: Y.ID | null): Place | null | undefined {
    return id === null ? undefined : this.placeOfStruct(this.structAt(id), id.clock)
  }

  private namedPlace(item: Y.Item): Place | null {
    // Straight from the decoder: a root's name, the id of the item that holds the parent, or nothing.
    const named = item.parent as Y.ID | string | null
    const sub = item.parentSub
    if (named === null) throw new Rejected('malformed', 'no parent')
    if (typeof named === 'string') {
      if (!this.roots.has(named)) throw new Rejected('root')
      return {
        parent: this.doc.share.get(named) ?? named,
        path: this.paths.ofRoot(named),
        sub,
        left: null,
        right: null,
      }
    }
    const holder = this.structAt(named)
    if (!(holder instanceof Y.Item) || !(holder.content instanceof Y.ContentType)) return null
    const parent = holder.content.type as AnyType
    const outer = this.places.get(holder)
    if (outer === null) return null
    const path = outer === undefined ? this.paths.of(parent) : this.paths.ofNew(parent, outer.path, outer.sub)
    return { parent, path, sub, left: null, right: null }
  }
}

function holding(structs: readonly Struct[], clock: number): Struct | undefined {
  let low = 0
  let high = structs.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const struct = structs[middle]
    if (struct === undefined) return undefined
    if (clock < struct.id.clock) high = middle - 1
    else if (clock >= struct.id.clock + struct.length) low = middle + 1
    else return struct
  }
  return undefined
}
