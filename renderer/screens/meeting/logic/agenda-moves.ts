// Moving agenda items by keyboard, by button and by drag: each gesture becomes the place that `meeting.moveItem` asks for.
import { childrenOf, inOrder } from '../../../../shared/meeting/agenda.ts'
import type { AgendaItem } from '../../../../shared/meeting/state.ts'

type Items = Readonly<Record<string, AgendaItem>>

/** New parent, and the item to come before; null puts it last. */
export interface Place {
  readonly parentId: string | null
  readonly beforeId: string | null
}

export const MOVES = ['up', 'down', 'into', 'out'] as const
export type Move = (typeof MOVES)[number]

/** Where the item goes; null when the gesture has nowhere to go. */
export function placeOf(items: Items, itemId: string, move: Move): Place | null {
  const item = items[itemId]
  if (item === undefined) return null
  const siblings = childrenOf(items, item.parentId)
  const at = siblings.findIndex((sibling) => sibling.id === itemId)
  const before = siblings[at - 1]
  switch (move) {
    case 'up':
      return before === undefined ? null : { parentId: item.parentId, beforeId: before.id }
    case 'down':
      return at + 1 >= siblings.length ? null : { parentId: item.parentId, beforeId: siblings[at + 2]?.id ?? null }
    case 'into': {
      const possible = item.parentId === null && before !== undefined && childrenOf(items, itemId).length === 0
      return possible ? { parentId: before.id, beforeId: null } : null
    }
    case 'out':
      return item.parentId === null ? null : { parentId: null, beforeId: itemAfterMain(items, item.parentId) }
  }
}

/** The next main item after this one; null at the end. */
function itemAfterMain(items: Items, mainId: string): string | null {
  const mains = childrenOf(items, null)
  return mains[mains.findIndex((main) => main.id === mainId) + 1]?.id ?? null
}

/**
 * Where a dragged item lands when it is dropped on the row of another. A main item moves among main items, its parts come
 * along; a part dropped on a part goes beside it, a part dropped on a main item becomes the first of that item's parts.
 */
export function placeOfDrop(items: Items, activeId: string, overId: string): Place | null {
  const active = items[activeId]
  const over = items[overId]
  if (active === undefined || over === undefined || activeId === overId) return null
  const order = inOrder(items).map(({ item }) => item.id)
  const downwards = order.indexOf(activeId) < order.indexOf(overId)
  if (active.parentId === null) {
    const target = over.parentId ?? over.id
    if (target === activeId) return null
    return { parentId: null, beforeId: downwards ? itemAfterMain(items, target) : target }
  }
  if (over.parentId === null) {
    const first = childrenOf(items, over.id).find((part) => part.id !== activeId)
    return { parentId: over.id, beforeId: first?.id ?? null }
  }
  if (!downwards) return { parentId: over.parentId, beforeId: over.id }
  const parts = childrenOf(items, over.parentId)
  return { parentId: over.parentId, beforeId: parts[parts.findIndex((part) => part.id === overId) + 1]?.id ?? null }
}

/** The item that comes right after this one under the same parent, to put a removed item back where it was. */
export function followerOf(items: Items, itemId: string): string | null {
  const item = items[itemId]
  if (item === undefined) return null
  const siblings = childrenOf(items, item.parentId)
  return siblings[siblings.findIndex((sibling) => sibling.id === itemId) + 1]?.id ?? null
}
