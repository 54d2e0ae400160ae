// What the watcher believes, look by look.
import { describe, expect, test } from 'vitest'
import type { SlotReport, TokenReport } from './protocol.ts'
import { NOTHING_WATCHED, settleSlots, watchedTokens } from './token-watch.ts'

function token(serial: string, pin: TokenReport['pin'] = 'ready'): TokenReport {
  return { name: { serial, label: 'UBND' }, manufacturer: '', model: '', pin, pinPad: false, pinLength: null }
}
const shown = (slot: string, report: TokenReport): SlotReport => ({
  slot,
  description: slot,
  state: 'token',
  token: report,
})
const bare = (slot: string, state: 'empty' | 'unsettled'): SlotReport => ({ slot, description: slot, state })

/** Serial numbers after each look. */
function looks(...reports: readonly (readonly SlotReport[] | null)[]): readonly (readonly string[])[] {
  let slots = NOTHING_WATCHED
  return reports.map((report) => {
    slots = settleSlots(slots, report)
    return watchedTokens(slots).map((each) => each.token.name.serial)
  })
}

describe('a token', () => {
  test('is believed at the first look that shows it', () => {
    expect(looks([bare('a', 'empty')], [shown('a', token('1'))])).toEqual([[], ['1']])
  })

  test.each([
    ['empty', [bare('a', 'empty')]],
    ['throwing', [bare('a', 'unsettled')]],
    ['gone with its reader', []],
    ['unasked, since the driver does not answer', null],
  ])('is gone at the second look at which its slot is %s', (_, report) => {
    expect(looks([shown('a', token('1'))], report, report)).toEqual([['1'], ['1'], []])
  })

  test('that flickers never goes', () => {
    const [there, not] = [[shown('a', token('1'))], [bare('a', 'unsettled')]]
    expect(looks(there, not, there, not, there)).toEqual([['1'], ['1'], ['1'], ['1'], ['1']])
  })

  test('takes the place of another in the same slot at once', () => {
    expect(looks([shown('a', token('1'))], [shown('a', token('2'))])).toEqual([['1'], ['2']])
  })

  test('that moves to another slot is never there twice', () => {
    expect(looks([shown('a', token('1'))], [bare('a', 'empty'), shown('b', token('1'))])).toEqual([['1'], ['1']])
  })
})
