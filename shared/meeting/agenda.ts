// The order of the agenda: main items and their sub-items, as they are read from top to bottom.
import type { AgendaItem } from './state.ts'

type Items = Readonly<Record<string, AgendaItem>>
type Place = Pick<AgendaItem, 'parentId' | 'order'>

export function childrenOf(items: Items, parentId: string | null): readonly AgendaItem[] {
  return Object.values(items)
    .filter((item) => item.parentId === parentId)
    .sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))
}

export interface NumberedItem {
  readonly item: AgendaItem
  /** "3" or "3.1". */
  readonly number: string
}

/** All items in reading order with their numbers. */
export function inOrder(items: Items): readonly NumberedItem[] {
  return childrenOf(items, null).flatMap((main, i) => [
    { item: main, number: `${i + 1}` },
    ...childrenOf(items, main.id).map((sub, j) => ({ item: sub, number: `${i + 1}.${j + 1}` })),
  ])
}

/** Places of all items of the new parent after a move: `itemId` right before `beforeId`, or last. */
export function placesAfterMove(
  items: Items,
  itemId: string,
  parentId: string | null,
  beforeId: string | null,
): Record<string, Place> {
  const others = childrenOf(items, parentId).filter((item) => item.id !== itemId)
  const found = others.findIndex((item) => item.id === beforeId)
  const at = found === -1 ? others.length : found
  const ids = [...others.slice(0, at).map((item) => item.id), itemId, ...others.slice(at).map((item) => item.id)]
  return Object.fromEntries(ids.map((id, order) => [id, { parentId, order }]))
}
