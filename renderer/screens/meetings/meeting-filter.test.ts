// Searching, filtering and sorting a thousand meetings.
import { describe, expect, it } from 'vitest'
import type { DeskEntry } from '../../../shared/meeting/view.ts'
import { filterMeetings, isFiltered } from './meeting-filter.ts'

const entry = (change: Partial<DeskEntry>) =>
  ({
    id: 'x',
    title: '',
    room: '',
    status: 'published',
    bodyId: 'b',
    startsAt: '2026-01-01T00:00:00Z',
    ...change,
  }) as DeskEntry
const words = ({ title, room }: DeskEntry) => [title, room]

const all = [
  entry({ id: '1', title: 'Họp về đường Đồng Trường', startsAt: '2026-03-01T00:00:00Z', status: 'closed' }),
  entry({ id: '2', title: 'Ăn Tết', room: 'Hội trường', startsAt: '2026-02-01T00:00:00Z', bodyId: 'c' }),
  entry({ id: '3', title: 'Áp dụng nghị quyết', startsAt: '2026-04-01T00:00:00Z' }),
]
const ids = (found: readonly DeskEntry[]) => found.map((each) => each.id)

describe('filterMeetings', () => {
  it('finds with and without diacritics, in any order of words', () => {
    expect(ids(filterMeetings(all, { q: 'truong dong' }, words))).toEqual(['1'])
    expect(ids(filterMeetings(all, { q: 'Đồng' }, words))).toEqual(['1'])
    expect(ids(filterMeetings(all, { q: 'hoi TRUONG' }, words))).toEqual(['2'])
    expect(filterMeetings(all, { q: 'không có' }, words)).toEqual([])
  })

  it('filters by state and by body', () => {
    expect(ids(filterMeetings(all, { state: 'closed' }, words))).toEqual(['1'])
    expect(ids(filterMeetings(all, { body: 'c' }, words))).toEqual(['2'])
  })

  it('sorts by time and by the Vietnamese alphabet', () => {
    expect(ids(filterMeetings(all, {}, words))).toEqual(['3', '1', '2'])
    expect(ids(filterMeetings(all, { sort: 'oldest' }, words))).toEqual(['2', '1', '3'])
    // A before Ă before H: code points would put "Á" and "Ă" behind "H".
    expect(ids(filterMeetings(all, { sort: 'title' }, words))).toEqual(['3', '2', '1'])
  })

  it('leaves its input alone', () => {
    const before = ids(all)
    filterMeetings(all, { sort: 'title' }, words)
    expect(ids(all)).toEqual(before)
  })
})

it('knows whether anything is filtered', () => {
  expect(isFiltered({ sort: 'title' })).toBe(false)
  expect(isFiltered({ q: '' })).toBe(false)
  expect(isFiltered({ q: 'a' })).toBe(true)
  expect(isFiltered({ state: 'open' })).toBe(true)
})
