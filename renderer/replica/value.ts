// A value that screens can watch: read it, set it, be told when it changed. The smallest thing useSyncExternalStore needs.

export interface Watchable<T> {
  /** The same object until something changed. */
  readonly current: () => T
  /** @returns the function that ends the subscription */
  readonly subscribe: (listener: () => void) => () => void
}

export interface Value<T> extends Watchable<T> {
  /** Tells the listeners only when the value is another one (`Object.is`). */
  readonly set: (next: T) => void
}

export function createValue<T>(initial: T): Value<T> {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    current: () => value,
    set: (next) => {
      if (Object.is(value, next)) return
      value = next
      for (const listener of [...listeners]) listener()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
