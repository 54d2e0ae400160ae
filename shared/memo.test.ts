// What was made of an object is remembered by identity: made once, the same afterwards, never mixed up.
import { describe, expect, it } from 'vitest'
import { once, onceEach } from './memo.ts'

describe('once', () => {
  it('makes a thing once for each object, and gives the very same thing again', () => {
    let made = 0
    const wrap = once((input: { readonly n: number }) => ({ n: input.n, made: (made += 1) }))
    const [one, equal] = [{ n: 1 }, { n: 1 }]
    expect(wrap(one)).toEqual({ n: 1, made: 1 })
    expect(wrap(one)).toBe(wrap(one))
    expect(wrap(equal)).not.toBe(wrap(one))
    expect(made).toBe(2)
  })

  it('remembers null, zero and false too', () => {
    let made = 0
    const nothing = once((_input: object) => ((made += 1), null))
    const key = {}
    expect([nothing(key), nothing(key), made]).toEqual([null, null, 1])
  })

  it('two functions share no memory', () => {
    const key = {}
    expect([once((_: object) => 'a')(key), once((_: object) => 'b')(key)]).toEqual(['a', 'b'])
  })
})

describe('onceEach', () => {
  const double = onceEach(({ n }: { readonly n: number }) => ({ n: 2 * n }))
  const rows = { a: { n: 1 }, b: { n: 2 } }

  it('makes every row, under the same ids', () => {
    expect(double(rows)).toEqual({ a: { n: 2 }, b: { n: 4 } })
    expect(double({})).toEqual({})
  })

  it('keeps the table while it is the same, and the rows that are the same', () => {
    expect(double(rows)).toBe(double(rows))
    const next = { ...rows, b: { n: 3 } }
    expect(double(next)).not.toBe(double(rows))
    expect(double(next).a).toBe(double(rows).a)
    expect(double(next).b).toEqual({ n: 6 })
  })
})
