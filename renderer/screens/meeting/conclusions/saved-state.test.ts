// The word beside the conclusions, for every stand of text, right and line.
import { expect, it } from 'vitest'
import { savedState } from './saved-state.ts'

it.each([
  [false, true, 'online', 'saved'],
  [false, true, 'offline', 'saved'],
  [true, true, 'online', 'saving'],
  [true, true, 'reconnecting', 'waiting'],
  [true, true, 'offline', 'waiting'],
  [false, false, 'online', 'reading'],
  [true, false, 'offline', 'waiting'],
] as const)('unsaved %s, may write %s, %s: %s', (unsaved, mayWrite, line, expected) => {
  expect(savedState({ unsaved }, mayWrite, line)).toBe(expected)
})
