// The remembered place of a paper: kept apart by person and paper, and never a reason to fail.
import { afterEach, expect, it } from 'vitest'
import { rememberedPlace, rememberPlace } from './paper-place.ts'

afterEach(() => localStorage.clear())

it('comes back for the same person and paper only', () => {
  const memory = { page: 7, zoom: { kind: 'factor', factor: 1.25 } } as const
  rememberPlace('p1', 'abc', memory)
  expect(rememberedPlace('p1', 'abc')).toEqual(memory)
  expect(rememberedPlace('p2', 'abc')).toBeNull()
  expect(rememberedPlace('p1', 'abd')).toBeNull()
})

it.each(['', '{', '{"page":0,"zoom":{"kind":"fit-width"}}', '{"page":2}', '7'])(
  'forgets what cannot be read: %j',
  (text) => {
    localStorage.setItem('tra-my.paper-place.p1.abc', text)
    expect(rememberedPlace('p1', 'abc')).toBeNull()
  },
)
