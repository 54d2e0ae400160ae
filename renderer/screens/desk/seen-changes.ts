// How many changes of a meeting a person has seen on this device: counters only, nothing of what the changes say.
import { useSyncExternalStore } from 'react'

const keyOf = (personId: string) => `tra-my.seen-changes.${personId}`
const listeners = new Set<() => void>()

/** Meeting id → number of changes seen; what cannot be read counts as nothing seen. */
export function readSeen(text: string | null): Readonly<Record<string, number>> {
  try {
    const value: unknown = JSON.parse(text ?? 'null')
    if (typeof value !== 'object' || value === null) return {}
    return Object.fromEntries(
      Object.entries(value).filter((pair): pair is [string, number] => Number.isInteger(pair[1])),
    )
  } catch {
    return {}
  }
}

/** Never counts back: two windows may tell in any order. */
export function markChangesSeen(personId: string, meetingId: string, count: number): void {
  const seen = readSeen(localStorage.getItem(keyOf(personId)))
  if ((seen[meetingId] ?? 0) >= count) return
  try {
    localStorage.setItem(keyOf(personId), JSON.stringify({ ...seen, [meetingId]: count }))
  } catch {
    // Full storage: the changes stay marked as new, which is harmless.
  }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}

/** How many of `changeCount` changes are new to this person here. */
export function useUnseenChanges(personId: string, meetingId: string, changeCount: number): number {
  const text = useSyncExternalStore(subscribe, () => localStorage.getItem(keyOf(personId)))
  return Math.max(0, changeCount - (readSeen(text)[meetingId] ?? 0))
}
