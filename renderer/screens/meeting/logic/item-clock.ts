// Planned and actual time of agenda items: what has been spent, what is left, and when the session should end.
import { inOrder } from '../../../../shared/meeting/agenda.ts'
import type { AgendaItem } from '../../../../shared/meeting/state.ts'

const MINUTE = 60_000

type Clocked = Pick<AgendaItem, 'minutes' | 'spentMs' | 'runningSince'>

/** Time that the item has taken until `now` (ms since the epoch), the running stretch included. */
export function spent(item: Clocked, now: number): number {
  const running = item.runningSince === null ? 0 : Math.max(0, now - Date.parse(item.runningSince))
  return item.spentMs + running
}

/** `free`: no time was planned, so nothing can be over or under. */
type TimeLeft = { readonly state: 'left' | 'over' | 'free'; readonly ms: number }

/** What is left of the planned time, or by how much it is over; for a free item the time it has taken. */
export function timeLeft(item: Clocked, now: number): TimeLeft {
  const taken = spent(item, now)
  if (item.minutes === 0) return { state: 'free', ms: taken }
  const left = item.minutes * MINUTE - taken
  return left >= 0 ? { state: 'left', ms: left } : { state: 'over', ms: -left }
}

/** Seconds over (positive) or under (negative) the plan; null when none was planned or the item was never reached. */
export function deviation(item: Clocked, now: number): number | null {
  const taken = spent(item, now)
  return item.minutes === 0 || taken === 0 ? null : (taken - item.minutes * MINUTE) / 1000
}

/** Sum of the planned minutes of all items; a main item's own minutes count beside those of its parts. */
export function plannedMinutes(items: Readonly<Record<string, Pick<AgendaItem, 'minutes'>>>): number {
  return Object.values(items).reduce((sum, item) => sum + item.minutes, 0)
}

/** The end by the agenda: start plus `minutes`, UTC ISO 8601. */
export function endOf(startsAt: string, minutes: number): string {
  return new Date(Date.parse(startsAt) + minutes * MINUTE).toISOString()
}

export type ItemStage = 'done' | 'current' | 'coming'

/** Where the session is with this item. An item that was left for another one is done, also when it was skipped over. */
export function stages(
  items: Readonly<Record<string, AgendaItem>>,
  currentId: string | null,
): ReadonlyMap<string, ItemStage> {
  return new Map(
    inOrder(items).map(({ item }) => [
      item.id,
      item.id === currentId ? 'current' : item.spentMs > 0 ? 'done' : 'coming',
    ]),
  )
}

/** The item after the current one in reading order; null at the end. */
export function itemAfter(items: Readonly<Record<string, AgendaItem>>, currentId: string | null): AgendaItem | null {
  const order = inOrder(items)
  const at = order.findIndex(({ item }) => item.id === currentId)
  return order[at + 1]?.item ?? null
}
