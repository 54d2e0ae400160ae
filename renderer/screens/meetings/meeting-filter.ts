// Which meetings the list shows, in which order: pure, so that a thousand of them are tested without a screen.
import type { DeskEntry } from '../../../shared/meeting/view.ts'
import { matches } from '../../components/matches.ts'

export const MEETING_STATES = ['draft', 'published', 'open', 'closed', 'cancelled'] as const
export const SORTS = ['newest', 'oldest', 'title'] as const
export type Sort = (typeof SORTS)[number]

export interface MeetingFilter {
  readonly q?: string | undefined
  readonly state?: (typeof MEETING_STATES)[number] | undefined
  /** Unit id of the body. */
  readonly body?: string | undefined
  readonly sort?: Sort | undefined
}

export function isFiltered(filter: MeetingFilter): boolean {
  return (filter.q ?? '') !== '' || filter.state !== undefined || filter.body !== undefined
}

const collator = new Intl.Collator('vi')

const ORDERS: Readonly<Record<Sort, (a: DeskEntry, b: DeskEntry) => number>> = {
  newest: (a, b) => b.startsAt.localeCompare(a.startsAt) || a.id.localeCompare(b.id),
  oldest: (a, b) => a.startsAt.localeCompare(b.startsAt) || a.id.localeCompare(b.id),
  title: (a, b) => collator.compare(a.title, b.title) || b.startsAt.localeCompare(a.startsAt),
}

/** @param wordsOf what a search looks through: title, room, names */
export function filterMeetings(
  entries: readonly DeskEntry[],
  filter: MeetingFilter,
  wordsOf: (entry: DeskEntry) => readonly string[],
): readonly DeskEntry[] {
  return entries
    .filter((entry) => filter.state === undefined || entry.status === filter.state)
    .filter((entry) => filter.body === undefined || entry.bodyId === filter.body)
    .filter((entry) => matches(filter.q ?? '', ...wordsOf(entry)))
    .sort(ORDERS[filter.sort ?? 'newest'])
}
