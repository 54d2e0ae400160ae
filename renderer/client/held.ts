// A room as a component sees it: opened at the first look, held while the component lives, and read without a gap in between.
import type { Watchable } from '../replica/value.ts'
import type { OpenRoom } from './board-room.ts'
import type { Held } from './rooms.ts'

/** @param part what of the room is looked at */
export function heldRoom<R extends OpenRoom, T>(hold: () => Held<R>, part: (room: R) => Watchable<T>): Watchable<T> {
  // The first drawing happens before any subscription: the room opens now, and lingers until the component holds it.
  const first = hold()
  first.release()
  let room = first.room
  return {
    current: () => part(room).current(),
    subscribe: (listener) => {
      const held = hold()
      room = held.room
      const stop = part(room).subscribe(listener)
      return () => {
        stop()
        held.release()
      }
    },
  }
}

/** The same for what is made at the first subscription and closed after the last. @param before what stands there until then */
export function madeWhileWatched<S extends { close(): void }, T>(
  make: () => S,
  part: (made: S) => Watchable<T>,
  before: T,
): Watchable<T> & { made(): S | null } {
  let made: S | null = null
  let watchers = 0
  return {
    made: () => made,
    current: () => (made === null ? before : part(made).current()),
    subscribe: (listener) => {
      made ??= make()
      watchers += 1
      const stop = part(made).subscribe(listener)
      return () => {
        stop()
        watchers -= 1
        if (watchers > 0) return
        made?.close()
        made = null
      }
    },
  }
}

/** A value that is computed anew every `everyMs` while somebody watches. */
export function ticking(read: () => number, everyMs: number): Watchable<number> {
  let value = read()
  return {
    current: () => value,
    subscribe: (listener) => {
      const timer = setInterval(() => {
        value = read()
        listener()
      }, everyMs)
      return () => clearInterval(timer)
    },
  }
}
