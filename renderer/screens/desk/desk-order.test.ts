// What waits for a person, and in which section a meeting stands.
import { describe, expect, it } from 'vitest'
import type { DeskEntry } from '../../../shared/meeting/view.ts'
import { deskSections, waitingIn } from './desk-order.ts'

const NOW = Date.parse('2026-11-23T01:30:00Z')

function entry(change: Partial<DeskEntry>): DeskEntry {
  return {
    id: 'a',
    bodyId: 'b',
    title: 'Phiên họp',
    kind: 'ordinary',
    startsAt: '2026-11-23T01:00:00.000Z',
    plannedMinutes: 60,
    room: 'Hội trường',
    status: 'published',
    chairId: 'c',
    capacity: 'member',
    organiser: false,
    answer: 'none',
    presence: 'none',
    itemCount: 1,
    paperCount: 1,
    papersReady: false,
    changeCount: 0,
    openMotionId: null,
    mayWriteConclusions: false,
    ballots: {},
    ...change,
  }
}

describe('what waits', () => {
  it.each([
    ['an invitation without answer', {}, 'answer'],
    ['a confirmed invitation', { answer: 'confirmed' }, null],
    ['a reported absence', { answer: 'absent' }, null],
    ['an organiser who does not take part', { capacity: null, organiser: true }, null],
    ['a draft of its organiser', { status: 'draft', organiser: true }, 'publish'],
    ['a running meeting without check-in', { status: 'open' }, 'check-in'],
    ['a running meeting with check-in', { status: 'open', presence: 'present' }, null],
    ['an open vote', { status: 'open', presence: 'present', openMotionId: 'm' }, 'vote'],
    [
      'an open vote of an invitee',
      { status: 'open', presence: 'present', openMotionId: 'm', capacity: 'invitee' },
      null,
    ],
    ['a closed meeting', { status: 'closed' }, null],
    ['a cancelled meeting', { status: 'cancelled' }, null],
  ] as const)('%s', (_what, change, expected) => {
    expect(waitingIn(entry(change))).toBe(expected)
  })

  it('an open vote that was answered waits no more', () => {
    const ballots = { m: { choice: 'for', at: '2026-11-23T01:20:00Z' } } as const
    expect(waitingIn(entry({ status: 'open', presence: 'present', openMotionId: 'm', ballots }))).toBeNull()
  })
})

describe('sections', () => {
  it('groups by the day in Vietnam, earliest first', () => {
    // 23:30 on the 23rd and 00:30 on the 24th in Vietnam are the same day in UTC.
    const late = entry({ id: 'late', startsAt: '2026-11-23T16:30:00.000Z' })
    const next = entry({ id: 'next', startsAt: '2026-11-23T17:30:00.000Z' })
    const early = entry({ id: 'early', startsAt: '2026-11-23T01:00:00.000Z' })
    const { days } = deskSections([next, late, early], NOW)
    expect(days.map(({ day, entries }) => [day, entries.map((each) => each.id)])).toEqual([
      ['2026-11-23', ['early', 'late']],
      ['2026-11-24', ['next']],
    ])
  })

  it('keeps an unopened meeting of yesterday, and forgets what finished long ago', () => {
    const missed = entry({ id: 'missed', startsAt: '2026-11-20T01:00:00.000Z' })
    const done = entry({ id: 'done', startsAt: '2026-11-20T01:00:00.000Z', status: 'closed' })
    const old = entry({ id: 'old', startsAt: '2026-10-20T01:00:00.000Z', status: 'closed' })
    const { days, past } = deskSections([missed, done, old], NOW)
    expect(days.flatMap(({ entries }) => entries.map((each) => each.id))).toEqual(['missed'])
    expect(past.map((each) => each.id)).toEqual(['done'])
  })

  it('every meeting stands in one section at most', () => {
    const statuses = ['draft', 'published', 'open', 'closed', 'cancelled'] as const
    const all = statuses.map((status, i) => entry({ id: `${i}`, status }))
    const { running, days, drafts, past } = deskSections(all, NOW)
    const ids = [...running, ...days.flatMap((day) => day.entries), ...drafts, ...past].map((each) => each.id)
    expect(ids.sort()).toEqual(['0', '1', '2', '3', '4'])
  })
})
