// The envelope of an act and its canonical bytes: RFC 8785 to the letter, so that every device signs the same bytes for the same act.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sampleId } from '../sample/commune.ts'
import { actSchema, bytesToSign, canonicalJson, type Act } from './act.ts'

const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000)

const ACT: Act = {
  id: sampleId('act/1'),
  type: 'meeting.castBallot',
  version: 1,
  body: { motionId: sampleId('motion/1'), choice: 'for', meetingId: sampleId('meeting/1') },
  actor: sampleId('person/chutich'),
  device: sampleId('device/1'),
  time: '2026-11-23T02:00:00.000Z',
  signature: 'A'.repeat(86),
}

describe('canonical JSON (RFC 8785)', () => {
  it('gives the example of section 3.2.2 as section 3.2.3 has it', () => {
    const input = {
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    }
    expect(canonicalJson(input)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    )
  })

  it('sorts names by UTF-16 code units as the example of section 3.2.3 does', () => {
    const input = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    }
    expect([...canonicalJson(input).matchAll(/:"([^"]+)"/g)].map((match) => match[1])).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ])
  })

  // Appendix B: the IEEE 754 bits and the text that they must become.
  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('writes the number %s as %s', (bits, text) => {
    const view = new DataView(new ArrayBuffer(8))
    view.setBigUint64(0, BigInt(`0x${bits}`))
    expect(canonicalJson(view.getFloat64(0))).toBe(text)
  })

  it('throws on what JSON cannot hold', () => {
    for (const value of [undefined, () => 1, NaN, Infinity, -Infinity, { a: [NaN] }, '\ud800', { '\udead': 1 }])
      expect(() => canonicalJson(value)).toThrow()
  })

  it(
    `reads back as the same value, and says the same whatever the order of the names (SEED=${SEED})`,
    { timeout: 60_000 },
    () => {
      fc.assert(
        fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
          const text = canonicalJson(value)
          expect(canonicalJson(JSON.parse(text))).toBe(text)
          expect(canonicalJson(reversed(value))).toBe(text)
          expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
        }),
        { seed: SEED, numRuns: 500 },
      )
    },
  )
})

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([name, inner]) => [name, reversed(inner)] as const)
  return Object.fromEntries(entries.reverse())
}

describe('the bytes that a device signs', () => {
  it('are the canonical act without its signature, in UTF-8', () => {
    const { signature: _signature, ...unsigned } = ACT
    const bytes = bytesToSign({ ...ACT, body: { ...ACT.body, choice: 'tán thành' } })
    expect(JSON.parse(new TextDecoder().decode(bytes))).toEqual({
      ...unsigned,
      body: { ...ACT.body, choice: 'tán thành' },
    })
    expect(bytesToSign(unsigned)).toEqual(bytesToSign(ACT))
    expect(bytesToSign({ ...ACT, signature: 'B'.repeat(86) })).toEqual(bytesToSign(ACT))
  })

  it('take no field that the envelope does not have', () => {
    expect(bytesToSign({ ...ACT, smuggled: 1 } as Act)).toEqual(bytesToSign(ACT))
  })

  it.each([
    { id: sampleId('act/2') },
    { type: 'meeting.closeVote' },
    { body: { ...ACT.body, choice: 'against' } },
    { actor: sampleId('person/congan') },
    { device: sampleId('device/2') },
    { time: '2026-11-23T02:00:00.001Z' },
  ])('differ as soon as the author, the device, the time or the wish differs: %o', (change) => {
    expect(bytesToSign({ ...ACT, ...change })).not.toEqual(bytesToSign(ACT))
  })
})

describe('the envelope', () => {
  it('is taken as it is described', () => {
    expect(actSchema.parse(ACT)).toEqual(ACT)
  })

  it.each([
    { id: '1' },
    { type: 'x' },
    { type: 'x'.repeat(65) },
    { version: 2 },
    { body: [] },
    { body: { ['x'.repeat(65)]: 1 } },
    { actor: '' },
    { device: null },
    { time: '2026-11-23' },
    { time: '2026-11-23T09:00:00+07:00' },
    { signature: 'A'.repeat(85) },
    { signature: `${'A'.repeat(85)}=` },
    { extra: 1 },
  ])('and in no other shape: %o', (change) => {
    expect(actSchema.safeParse({ ...ACT, ...change }).success).toBe(false)
  })
})
