// Small rules of the shell: the clock's notice, initials, preferences, counters of changes seen, the password's rule, keys in a list.
import { beforeEach, describe, expect, it } from 'vitest'
import { nextRow } from '../components/use-row-keys.ts'
import { passwordFault } from '../screens/login/password-rule.ts'
import { markChangesSeen, readSeen } from '../screens/desk/seen-changes.ts'
import { minutesOff } from './clock.ts'
import { initialsOf } from './initials.ts'
import { readPreferences } from './preferences.ts'

it('a clock is off from five minutes on, either way', () => {
  expect(minutesOff(null)).toBe(0)
  expect(minutesOff(5 * 60_000)).toBe(0)
  expect(minutesOff(-5 * 60_000)).toBe(0)
  expect(minutesOff(3_600_000)).toBe(60)
  expect(minutesOff(-6 * 60_000)).toBe(-6)
})

it('initials end with the given name', () => {
  expect(initialsOf('Nguyễn Hồng Vương')).toBe('HV')
  expect(initialsOf('  A Lăng   Nhơn ')).toBe('LN')
  expect(initialsOf('Oanh')).toBe('O')
  expect(initialsOf('đinh ánh'.normalize('NFD'))).toBe('ĐÁ')
  expect(initialsOf('')).toBe('')
})

it.each([null, '', '{', '[]', '"x"', '{"language":"fr","largeType":"yes"}'])(
  'preferences from %j are the first choice',
  (text) => {
    expect(readPreferences(text)).toEqual({ language: 'vi', largeType: false })
  },
)

it('preferences are read back', () => {
  expect(readPreferences('{"language":"en","largeType":true}')).toEqual({ language: 'en', largeType: true })
})

describe('changes seen', () => {
  beforeEach(() => localStorage.clear())

  it('never counts back, and keeps people apart', () => {
    markChangesSeen('p', 'm', 3)
    markChangesSeen('p', 'm', 2)
    markChangesSeen('p', 'n', 1)
    expect(readSeen(localStorage.getItem('tra-my.seen-changes.p'))).toEqual({ m: 3, n: 1 })
    expect(localStorage.getItem('tra-my.seen-changes.q')).toBeNull()
  })

  it.each([null, '{', '7', '{"m":"many"}'])('from %j nothing was seen', (text) => {
    expect(readSeen(text)).toEqual({})
  })
})

describe('new password', () => {
  it.each([
    ['ngắn', { kind: 'tooShort', missing: 6 }],
    ['aaaaaaaaaabb', { kind: 'monotone' }],
    ['xin chao THUKY nhe', { kind: 'hasUsername' }],
    ['mat khau cu 2026', { kind: 'same' }],
    ['rừng quế xanh mướt', null],
  ] as const)('%j', (next, fault) => {
    expect(passwordFault(next, 'mat khau cu 2026', 'thuky')).toEqual(fault)
  })

  it('counts letters as people do, not code points', () => {
    expect(passwordFault('ếếếếế'.normalize('NFD'), '', '')).toEqual({ kind: 'tooShort', missing: 5 })
  })
})

it('arrow keys stay within the list', () => {
  expect(nextRow('ArrowDown', -1, 3)).toBe(0)
  expect(nextRow('ArrowDown', 2, 3)).toBe(2)
  expect(nextRow('ArrowUp', 0, 3)).toBe(0)
  expect(nextRow('PageDown', 1, 50)).toBe(11)
  expect(nextRow('PageUp', 4, 50)).toBe(0)
  expect(nextRow('End', 0, 50)).toBe(49)
  expect(nextRow('Home', 40, 50)).toBe(0)
  expect(nextRow('a', 4, 50)).toBeNull()
})
