// The order of two characters or elements in a list that the document already holds.

import type * as Y from 'yjs'

/** One clock inside an integrated item. */
export interface KnownPoint {
  readonly item: Y.Item
  readonly clock: number
}

/** Neighbours are nearly always next to each other: look that far before making an index of the list. */
const NEAR = 64

/** Answers for one update; the document must not change meanwhile. Costs at most one walk over each list, however many items ask. */
export class ListOrder {
  private readonly indexes = new Map<unknown, Map<Y.Item, number>>()

  /** Is `left` strictly before `right`? Both lie in the same list. */
  isBefore(left: KnownPoint, right: KnownPoint): boolean {
    if (left.item === right.item) return left.clock < right.clock
    let item = left.item.right
    for (let steps = 0; steps < NEAR && item !== null; steps++, item = item.right) if (item === right.item) return true
    if (item === null) return false
    const index = this.indexOf(left.item)
    return (index.get(left.item) ?? 0) < (index.get(right.item) ?? -1)
  }

  private indexOf(member: Y.Item): Map<Y.Item, number> {
    const found = this.indexes.get(member.parent)
    if (found !== undefined) return found
    const index = new Map<Y.Item, number>()
    let first = member
    while (first.left !== null) first = first.left
    for (let item: Y.Item | null = first; item !== null; item = item.right) index.set(item, index.size)
    this.indexes.set(member.parent, index)
    return index
  }
}
