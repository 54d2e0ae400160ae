// The tree of units, and a username to begin with.
import { describe, expect, it } from 'vitest'
import { orgActs } from '../../../shared/org/acts.ts'
import type { Unit } from '../../../shared/org/state.ts'
import { SAMPLE_ACCOUNTS } from '../../../shared/sample/accounts.ts'
import { suggestUsername } from './suggest-username.ts'
import { holders, unitTree } from './unit-tree.ts'

const unit = (id: string, name: string, parentId: string | null, until: string | null = null): Unit => ({
  id,
  name,
  code: id.toUpperCase(),
  kind: 'division',
  parentId,
  from: '2025-07-01',
  until,
  successorId: null,
})
const units = Object.fromEntries(
  [
    unit('xa', 'Xã Trà My', null),
    unit('ub', 'Ủy ban nhân dân', 'xa'),
    unit('dd', 'Phòng Địa chính', 'ub', '2026-01-01'),
    unit('kt', 'Phòng Kinh tế', 'ub'),
    unit('lost', 'Đội thuế', 'gone'),
  ].map((each) => [each.id, each]),
)
const lines = (showEnded: boolean, query = '') =>
  unitTree(units, '2026-06-01', showEnded, query).map(
    ({ unit: { id }, level, ended }) => `${level}${id}${ended ? '!' : ''}`,
  )

describe('unitTree', () => {
  it('puts parents before children, and a unit without its parent at the top', () => {
    expect(lines(false)).toEqual(['1lost', '1xa', '2ub', '3kt'])
  })
  it('shows ended units when asked', () => {
    expect(lines(true)).toEqual(['1lost', '1xa', '2ub', '3dd!', '3kt'])
  })
  it('keeps what is above a unit that was found', () => {
    expect(lines(true, 'kinh te')).toEqual(['1xa', '2ub', '3kt'])
    expect(lines(true, 'khong co')).toEqual([])
  })
})

it('holders of a unit are those of the day', () => {
  const position = (id: string, from: string, until: string | null) => ({
    id,
    personId: id,
    unitId: 'kt',
    title: id,
    role: 'member' as const,
    from,
    until,
  })
  const positions = {
    before: position('before', '2025-01-01', '2026-06-01'),
    now: position('now', '2025-01-01', null),
    later: position('later', '2026-07-01', null),
  }
  expect(holders(positions, 'kt', '2026-06-01').map(({ id }) => id)).toEqual(['now'])
})

describe('suggestUsername', () => {
  it('is the given name and the initials before it', () => {
    expect(suggestUsername('Trần Thị Thu Hà')).toBe('hattt')
    expect(suggestUsername('Đặng Công Lý')).toBe('lydc')
    expect(suggestUsername('')).toBe('')
  })
  it('is taken by the act for every name of the sample', () => {
    const username = orgActs['org.openAccount'].shape.username
    for (const { name } of SAMPLE_ACCOUNTS) expect(username.safeParse(suggestUsername(name)).success, name).toBe(true)
  })
})
