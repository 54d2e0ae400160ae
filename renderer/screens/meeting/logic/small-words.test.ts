// Days, names of papers, sizes, search and warnings: the small things that people read.
import { describe, expect, it } from 'vitest'
import { byGivenName, answers, liveQuorum, rollOrder } from './attendance.ts'
import { matches } from './find-people.ts'
import { formatBytes, paperName } from './paper-name.ts'
import { warnings } from './review.ts'
import { board, item, member } from './sample-board.ts'
import { fromPicker, parseDay, suggestedStart, toPicker } from './when.ts'

describe('when', () => {
  it('carries Vietnamese time both ways', () => {
    const late = '2020-03-04T18:41:07.000Z'
    expect(toPicker(late)).toEqual({ day: '2020-03-05', time: '01:41' })
    expect(fromPicker(...(Object.values(toPicker(late)) as [string, string]))).toBe('2020-03-04T18:41:00.000Z')
  })
  it.each([
    ['5/3/2026', '2026-03-05'],
    ['05-03-26', '2026-03-05'],
    ['31.12.2026', '2026-12-31'],
    ['29/2/2026', null],
    ['32/1/2026', null],
    ['mai', null],
  ])('reads the day %s', (text, day) => {
    expect(parseDay(text)).toBe(day)
  })
  it('refuses half a time', () => {
    expect(fromPicker('2026-03-05', '')).toBeNull()
    expect(fromPicker(null, '08:30')).toBeNull()
  })
  it('suggests Monday on a Friday evening', () => {
    expect(suggestedStart(Date.parse('2026-11-20T12:00:00Z'))).toBe('2026-11-23T01:30:00.000Z')
  })
})

describe('names', () => {
  it('makes the name of a paper from the name of a file', () => {
    expect(paperName('To_trinh__so 12.PDF')).toBe('To trinh so 12')
    expect(paperName('Tờ trình.pdf'.normalize('NFD'))).toBe('Tờ trình')
    expect(paperName('.pdf')).toBe('.pdf')
  })
  it('writes sizes', () => {
    expect([formatBytes(12), formatBytes(340_400), formatBytes(1_240_000)]).toEqual(['1 kB', '340 kB', '1,2 MB'])
  })
  it('finds names without diacritics, in any order of the words', () => {
    expect(matches('Nguyễn Hồng Vương', 'vuong ng')).toBe(true)
    expect(matches('Hồ Văn Đức', 'DUC')).toBe(true)
    expect(matches('Hồ Văn Đức', 'dung')).toBe(false)
  })
  it('sorts by given name', () => {
    expect(['Võ Minh Trí', 'Đinh Quốc Bảo', 'Phạm Thị Ngọc Ánh'].sort(byGivenName)).toEqual([
      'Phạm Thị Ngọc Ánh',
      'Đinh Quốc Bảo',
      'Võ Minh Trí',
    ])
  })
})

describe('people', () => {
  const people = {
    g: member('g', { capacity: 'invitee', presence: 'present', answer: 'confirmed' }),
    a: member('a', { presence: 'present' }),
    b: member('b', { answer: 'absent' }),
    c: member('c', { capacity: 'stand-in', presence: 'present' }),
  }
  it('counts only members into the quorum', () => {
    expect(liveQuorum({ participants: people, ruleSetId: 'committee-session' })).toEqual({
      present: 1,
      members: 2,
      needed: 2,
      met: false,
    })
    expect(liveQuorum({ participants: people, ruleSetId: 'unknown' })).toBeNull()
  })
  it('calls members, stand-ins and invitees in this order', () => {
    expect(rollOrder(people, (id) => id).map((person) => person.personId)).toEqual(['a', 'b', 'c', 'g'])
    expect(answers(people)).toEqual({ confirmed: 1, absent: 1, none: 2 })
  })
})

describe('warnings', () => {
  const NOW = Date.parse('2026-11-20T00:00:00Z')
  const kinds = (given: ReturnType<typeof board>, now = NOW) => warnings(given, now).map((warning) => warning.kind)
  it('an empty agenda is the one thing that counts', () => {
    expect(kinds(board({ status: 'draft', items: {} }))).toEqual(['agenda-empty'])
  })
  it('names what is missing, and asks a main item with parts for neither presenter nor time', () => {
    const main = { ...item('a', null, 0), minutes: 0 }
    const part = { ...item('a1', 'a', 0), minutes: 90, presenterId: 'p1' }
    expect(kinds(board({ status: 'draft', items: { a: main, a1: part } }))).toEqual([
      'no-papers',
      'longer-than-planned',
    ])
    expect(kinds(board({ status: 'draft', items: { a: main } }))).toEqual([
      'no-papers',
      'item-without-presenter',
      'item-without-time',
    ])
  })
  it('a start in the past is asked about while it is a draft', () => {
    const later = Date.parse('2026-12-01T00:00:00Z')
    expect(kinds(board({ status: 'draft' }), later)).toContain('starts-in-past')
    expect(kinds(board({ status: 'published' }), later)).not.toContain('starts-in-past')
  })
})
