// Who is in a meeting's room now, and where the presenter is: read from awareness, where the hub has stamped each person.
import type { Awareness } from 'y-protocols/awareness'
import { z } from 'zod'
import { createValue, type Watchable } from '../replica/value.ts'
import type { PresentedPlace } from './contract.ts'
import type { RoomSocket } from './room-socket.ts'

export interface PresenceView {
  /** Person ids, sorted, each once however many windows. */
  readonly people: readonly string[]
  readonly presented: PresentedPlace | null
}

export interface Presence {
  readonly view: Watchable<PresenceView>
  /** Null: this person presents nothing any more. */
  present(place: { readonly paperId: string; readonly page: number } | null): void
  close(): void
}

/** The hub takes five states a second; turning pages faster than this shows the last one. */
const SEND_EVERY_MS = 250

const stateSchema = z.object({
  person: z.string(),
  place: z.object({ paperId: z.string(), page: z.number().int().min(1) }).nullish(),
  /** Of two who present, the later one is followed. */
  since: z.number().nullish(),
})

/**
 * Several components may watch one room; they share the one state of its connection.
 * @param personId the hub stamps it too; ours makes this person seen at home, where no stamp comes back
 * @param now the hub's time, ms
 */
export function watchPresence(socket: Watchable<RoomSocket | null>, personId: string, now: () => number): Presence {
  const view = createValue<PresenceView>({ people: [], presented: null })
  let awareness: Awareness | null = null
  /** What this watcher presents; null while it has never presented anything. */
  let own: Readonly<Record<string, unknown>> | null = null
  let timer: ReturnType<typeof setTimeout> | null = null

  const read = () => {
    const next = viewOf(awareness)
    if (JSON.stringify(next) !== JSON.stringify(view.current())) view.set(next)
  }
  const send = () => {
    timer = null
    awareness?.setLocalState({ person: personId, ...own })
  }
  const attach = () => {
    awareness?.off('change', read)
    awareness = socket.current()?.awareness ?? null
    awareness?.on('change', read)
    if (own !== null || awareness?.getLocalState()?.['person'] !== personId) send()
    read()
  }
  const detach = socket.subscribe(attach)
  attach()
  return {
    view,
    present: (place) => {
      own = place === null ? {} : { place, since: now() }
      timer ??= setTimeout(send, SEND_EVERY_MS)
    },
    close: () => {
      detach()
      awareness?.off('change', read)
      if (timer !== null) clearTimeout(timer)
      if (own !== null) awareness?.setLocalState({ person: personId })
    },
  }
}

function viewOf(awareness: Awareness | null): PresenceView {
  const states = [...(awareness?.getStates().values() ?? [])].flatMap((raw) => {
    const parsed = stateSchema.safeParse(raw)
    return parsed.success ? [parsed.data] : []
  })
  const presenting = states
    .filter(({ place }) => place !== null && place !== undefined)
    .sort((a, b) => (b.since ?? 0) - (a.since ?? 0))[0]
  const place = presenting?.place ?? null
  return {
    people: [...new Set(states.map((state) => state.person))].sort(),
    presented:
      presenting === undefined || place === null
        ? null
        : { personId: presenting.person, paperId: place.paperId, page: place.page },
  }
}
