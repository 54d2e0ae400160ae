// The hash chain finds every change and says where: any byte of any entry, a missing, a doubled, a swapped one.
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sampleId } from '../sample/commune.ts'
import { canonicalJson } from './act.ts'
import { GENESIS, hashEntry, sealEntry, verifyChain, type LedgerContent, type LedgerRow } from './chain.ts'

const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000)
const STREAM = `meeting/${sampleId('meeting/1')}`

function content(seq: number): LedgerContent {
  const act = {
    id: sampleId(`act/${seq}`),
    type: 'meeting.checkIn',
    version: 1,
    body: { meetingId: sampleId('meeting/1'), note: `Đồng chí số ${seq}` },
    actor: sampleId(`person/${seq}`),
    device: sampleId('device/1'),
    time: '2026-11-23T02:00:00.000Z',
    signature: 'A'.repeat(86),
  } as const
  return { stream: STREAM, seq, at: `2026-11-23T02:00:0${seq % 10}.000Z`, act, events: [{ type: 'presence' }] }
}

function chain(length: number): LedgerRow[] {
  const rows: LedgerRow[] = []
  for (let seq = 1; seq <= length; seq += 1) rows.push(sealEntry(content(seq), rows.at(-1)?.hash ?? GENESIS))
  return rows
}

const ROWS = chain(9)
/** The stored rows with the one of `seq` changed, nothing else made good. */
const changed = (seq: number, values: Partial<LedgerRow>) =>
  ROWS.map((row) => (row.seq === seq ? { ...row, ...values } : row))

describe('sealing', () => {
  it('stores the canonical text, and its SHA-256 over the hash before it as another implementation computes it', () => {
    const row = ROWS[1]!
    expect(row).toMatchObject({ stream: STREAM, seq: 2, actId: sampleId('act/2'), previous: ROWS[0]!.hash })
    expect(row.text).toBe(canonicalJson(content(2)))
    expect(row.hash).toBe(createHash('sha256').update(`${ROWS[0]!.hash}\n${row.text}`).digest('hex'))
  })

  it('begins with the genesis', () => {
    expect(ROWS[0]!.previous).toBe(GENESIS)
    expect(GENESIS).toMatch(/^0{64}$/)
  })
})

describe('a whole chain', () => {
  it('is found whole, with its length and its head', () => {
    expect(verifyChain(ROWS)).toEqual({ ok: true, entries: 9, head: ROWS[8]!.hash })
    expect(verifyChain([])).toEqual({ ok: true, entries: 0, head: GENESIS })
  })

  it('is read once and in order: any iterable will do', () => {
    const read = function* () {
      yield* ROWS
    }
    expect(verifyChain(read())).toMatchObject({ ok: true, entries: 9 })
  })

  it('that was cut at its end is a shorter whole chain: its head is what tells', () => {
    const cut = verifyChain(ROWS.slice(0, 7))
    expect(cut).toEqual({ ok: true, entries: 7, head: ROWS[6]!.hash })
  })
})

describe('entries that are missing, doubled or swapped', () => {
  it('missing: the entry after the gap is named', () => {
    for (let gap = 1; gap < ROWS.length; gap += 1)
      expect(verifyChain(ROWS.filter((row) => row.seq !== gap))).toEqual({ ok: false, seq: gap + 1, fault: 'sequence' })
  })

  it('doubled: the second of the two is named', () => {
    for (const row of ROWS)
      expect(verifyChain(ROWS.flatMap((each) => (each === row ? [each, each] : [each])))).toEqual({
        ok: false,
        seq: row.seq,
        fault: 'sequence',
      })
  })

  it('swapped: the first that is out of place is named', () => {
    for (let i = 0; i + 1 < ROWS.length; i += 1) {
      const swapped = ROWS.with(i, ROWS[i + 1]!).with(i + 1, ROWS[i]!)
      expect(verifyChain(swapped)).toEqual({ ok: false, seq: i + 2, fault: 'sequence' })
    }
  })

  it('swapped with the numbers made good: the link tells', () => {
    const swapped = ROWS.with(2, { ...ROWS[3]!, seq: 3 }).with(3, { ...ROWS[2]!, seq: 4 })
    expect(verifyChain(swapped)).toEqual({ ok: false, seq: 3, fault: 'link' })
  })
})

describe('an entry that was written anew', () => {
  it('with its own hash made good breaks the link of the next', () => {
    const forged = sealEntry({ ...content(4), at: '2026-11-23T03:00:00.000Z' }, ROWS[2]!.hash)
    expect(verifyChain(changed(4, forged))).toEqual({ ok: false, seq: 5, fault: 'link' })
  })

  it('whose columns say something else than its text is named', () => {
    expect(verifyChain(changed(4, { stream: 'org' }))).toEqual({ ok: false, seq: 4, fault: 'content' })
    expect(verifyChain(changed(4, { actId: sampleId('act/5') }))).toEqual({ ok: false, seq: 4, fault: 'content' })
    const text = canonicalJson({ ...content(9), seq: 8 })
    const hash = hashEntry(ROWS[7]!.hash, text)
    expect(verifyChain(changed(9, { text, hash }))).toEqual({ ok: false, seq: 9, fault: 'content' })
  })
})

// Generous, because the machine may be busy: the limit only ends a test that hangs.
describe(`any single byte (SEED=${SEED})`, { timeout: 60_000 }, () => {
  const bytes = (text: string) => new TextEncoder().encode(text)
  const faults = { text: 'hash', hash: 'hash', previous: 'link' } as const
  const row = fc.nat(ROWS.length - 1)
  const flip = fc.integer({ min: 1, max: 255 })

  it.each(['text', 'hash', 'previous'] as const)('of %s: the entry and the fault are named', (column) => {
    fc.assert(
      fc.property(row, fc.nat(), flip, (index, at, mask) => {
        const original = ROWS[index]!
        const stored = bytes(original[column])
        const place = at % stored.length
        stored[place] = stored[place]! ^ mask
        const value = new TextDecoder('utf-8', { ignoreBOM: true }).decode(stored)
        fc.pre(value !== original[column])
        const check = verifyChain(changed(index + 1, { [column]: value }))
        expect(check).toEqual({ ok: false, seq: index + 1, fault: faults[column] })
      }),
      { seed: SEED, numRuns: 400 },
    )
  })

  it('of every place of one entry, without exception', () => {
    for (const column of ['text', 'hash', 'previous'] as const) {
      const original = ROWS[4]![column]
      for (let place = 0; place < original.length; place += 1) {
        const other = original[place] === '0' ? '1' : '0'
        const value = original.slice(0, place) + other + original.slice(place + 1)
        expect(verifyChain(changed(5, { [column]: value }))).toEqual({ ok: false, seq: 5, fault: faults[column] })
      }
    }
  })
})
