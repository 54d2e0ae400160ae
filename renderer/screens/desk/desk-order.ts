// What of a person's meetings stands on the desk, in which order, and what waits for this person: pure, so that it is tested without a screen.
import type { DeskEntry } from '../../../shared/meeting/view.ts'
import { localDay } from '../../../shared/text/dates.ts'

/** The one thing that waits for this person in a meeting, most urgent first. */
export type Waiting =
  /** A vote is open and this person, who has one, has not answered. */
  | 'vote'
  /** The meeting runs and this person is not in the roll call. */
  | 'check-in'
  /** The invitation is not answered. */
  | 'answer'
  /** The draft is not sent. */
  | 'publish'

export function waitingIn(entry: DeskEntry): Waiting | null {
  const takesPart = entry.capacity !== null
  if (entry.status === 'open') {
    const { openMotionId, capacity, ballots, presence } = entry
    if (openMotionId !== null && capacity === 'member' && ballots[openMotionId] === undefined) return 'vote'
    return takesPart && presence === 'none' ? 'check-in' : null
  }
  if (entry.status === 'published') return takesPart && entry.answer === 'none' ? 'answer' : null
  return entry.status === 'draft' && entry.organiser ? 'publish' : null
}

export interface DaySection {
  /** Day in Vietnam, `2026-11-22`. */
  readonly day: string
  readonly entries: readonly DeskEntry[]
}

export interface DeskSections {
  /** In session, whatever their day. */
  readonly running: readonly DeskEntry[]
  /** Invited and not yet opened, by day; a day that has passed is still shown until the meeting is opened or cancelled. */
  readonly days: readonly DaySection[]
  /** Drafts of an organiser. */
  readonly drafts: readonly DeskEntry[]
  /** Closed or cancelled a short while ago, newest first. */
  readonly past: readonly DeskEntry[]
}

/** How long a finished meeting stays on the desk; afterwards it is found in the list. */
const PAST_MS = 7 * 86_400_000

const byStart = (a: DeskEntry, b: DeskEntry) => a.startsAt.localeCompare(b.startsAt) || a.id.localeCompare(b.id)

/** @param now ms */
export function deskSections(entries: readonly DeskEntry[], now: number): DeskSections {
  const sorted = [...entries].sort(byStart)
  const days = new Map<string, DeskEntry[]>()
  for (const entry of sorted.filter((each) => each.status === 'published')) {
    const day = localDay(entry.startsAt)
    days.set(day, [...(days.get(day) ?? []), entry])
  }
  return {
    running: sorted.filter((entry) => entry.status === 'open'),
    days: [...days].map(([day, of]) => ({ day, entries: of })),
    drafts: sorted.filter((entry) => entry.status === 'draft'),
    past: sorted
      .filter(
        ({ status, startsAt }) =>
          (status === 'closed' || status === 'cancelled') && Date.parse(startsAt) > now - PAST_MS,
      )
      .reverse(),
  }
}
