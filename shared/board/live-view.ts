// Reads a board's Y.Doc back as the plain data it was written from; only what changed is made anew, so screens redraw little.
import * as Y from 'yjs'
import { BOARD_ROOT } from './mirror.ts'

export interface LiveView<T> {
  /** The same object until something changed. */
  current(): T | null
  subscribe(listener: () => void): () => void
  destroy(): void
}

/** @returns null from `current` while the board is empty, that is before its first synchronisation */
export function liveView<T>(doc: Y.Doc): LiveView<T> {
  const root = doc.getMap<unknown>(BOARD_ROOT)
  const made = new WeakMap<Y.Map<unknown>, object>()
  const listeners = new Set<() => void>()

  const read = (map: Y.Map<unknown>): object => {
    const known = made.get(map)
    if (known !== undefined) return known
    const fresh: Record<string, unknown> = {}
    for (const [key, value] of map.entries()) fresh[key] = value instanceof Y.Map ? read(value) : value
    made.set(map, fresh)
    return fresh
  }
  const forget = (events: readonly Y.YEvent<Y.AbstractType<unknown>>[]) => {
    for (const event of events) {
      let type: Y.AbstractType<unknown> | null = event.target
      while (type !== null) {
        if (type instanceof Y.Map) made.delete(type as Y.Map<unknown>)
        type = type.parent as Y.AbstractType<unknown> | null
      }
    }
    for (const listener of listeners) listener()
  }
  root.observeDeep(forget)
  return {
    current: () => (root.size === 0 ? null : (read(root) as T)),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    destroy: () => {
      root.unobserveDeep(forget)
      listeners.clear()
    },
  }
}
