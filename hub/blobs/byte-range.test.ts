// Ranges as RFC 9110 has them, against a slow and obvious reading of the same rule.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byteRange } from './byte-range.ts'

const ETAG = '"abc"'
const range = (header: string | undefined, size = 100, ifRange?: string) => byteRange(header, ifRange, ETAG, size)

describe('byteRange', () => {
  it.each([
    ['bytes=0-9', { kind: 'part', start: 0, end: 10 }],
    ['bytes=90-', { kind: 'part', start: 90, end: 100 }],
    ['bytes=90-1000', { kind: 'part', start: 90, end: 100 }],
    ['bytes=-10', { kind: 'part', start: 90, end: 100 }],
    ['bytes=-1000', { kind: 'part', start: 0, end: 100 }],
    ['bytes=99-99', { kind: 'part', start: 99, end: 100 }],
    ['bytes=100-', { kind: 'unsatisfiable' }],
    ['bytes=-0', { kind: 'unsatisfiable' }],
    ['bytes=9-3', { kind: 'whole' }],
    ['bytes=-', { kind: 'whole' }],
    ['bytes=0-1,5-6', { kind: 'whole' }],
    ['bytes=0x1-2', { kind: 'whole' }],
    ['bytes=99999999999999999999-', { kind: 'whole' }],
    ['pages=1-2', { kind: 'whole' }],
    [undefined, { kind: 'whole' }],
  ])('reads %s', (header, expected) => {
    expect(range(header)).toEqual(expected)
  })

  it('honours a range only for the version the viewer has', () => {
    expect(range('bytes=0-9', 100, ETAG).kind).toBe('part')
    expect(range('bytes=0-9', 100, '"other"').kind).toBe('whole')
    expect(range('bytes=0-9', 100, `W/${ETAG}`).kind).toBe('whole')
    expect(range('bytes=0-9', 100, 'Sun, 22 Nov 2026 08:00:00 GMT').kind).toBe('whole')
  })

  it('never leaves the paper', () => {
    const bound = fc.option(fc.nat(300), { nil: undefined })
    fc.assert(
      fc.property(bound, bound, fc.integer({ min: 1, max: 200 }), (first, last, size) => {
        const found = range(`bytes=${first ?? ''}-${last ?? ''}`, size)
        return found.kind !== 'part' || (found.start >= 0 && found.start < found.end && found.end <= size)
      }),
      { seed: 30_2020 },
    )
  })
})
