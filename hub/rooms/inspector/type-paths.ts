// The path of a Yjs type: the root's name, then a key or `#` (a position in a list) for every step down.

import type * as Y from 'yjs'
import { Rejected } from './rejection.ts'

export type Path = readonly string[]
export type AnyType = Y.AbstractType<Y.YEvent<Y.AbstractType<unknown>>>

/** Stands for a position in a list; positions move, so rules cannot name one. */
export const LIST_POSITION = '#'

/** Deepest place in a document. Lists of lists in an editor take two steps a level; Yjs recurses when it deletes, collects and prints. */
export const NESTING_LIMIT = 100

export function stepDown(path: Path, key: string | null): Path {
  if (path.length >= NESTING_LIMIT) throw new Rejected('too-deep')
  return [...path, key ?? LIST_POSITION]
}

/** Paths of the types of one document. A type never moves in Yjs 13, so each is found once. */
export class TypePaths {
  private readonly doc: Y.Doc
  private readonly known = new WeakMap<AnyType, Path>()
  private readonly roots = new Map<string, Path>()

  constructor(doc: Y.Doc) {
    this.doc = doc
  }

  /** @throws Rejected `root` for a type that hangs nowhere */
  of(type: AnyType): Path {
    const found = this.known.get(type)
    if (found !== undefined) return found
    const item = type._item
    const path =
      item === null ? this.ofRoot(this.rootName(type)) : stepDown(this.of(item.parent as AnyType), item.parentSub)
    this.known.set(type, path)
    return path
  }

  /** Of a root that may not exist yet; callers look only for names from a closed set. */
  ofRoot(name: string): Path {
    const found = this.roots.get(name)
    if (found !== undefined) return found
    const path = [name]
    this.roots.set(name, path)
    return path
  }

  /** Of a type that an update is about to create below `outer`: the decoded object, not yet part of the document. */
  ofNew(type: AnyType, outer: Path, sub: string | null): Path {
    const found = this.known.get(type)
    if (found !== undefined) return found
    const path = stepDown(outer, sub)
    this.known.set(type, path)
    return path
  }

  private rootName(type: AnyType): string {
    for (const [name, root] of this.doc.share) if (root === type) return name
    throw new Rejected('root')
  }
}
