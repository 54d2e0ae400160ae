// One byte changed anywhere in a file that we signed: it is never green, but where the report is the same word for word.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readRevisions } from '../../../shared/pdf/revisions/revisions.ts'
import { readSignatures } from '../../../shared/pdf/revisions/read-signatures.ts'
import type { FileReport } from '../../../shared/signature/report.ts'
import { openOffice, type Office } from '../../signing/office.ts'
import { bytesOf, unsignedPaper, type Paper } from '../pdf/paper.ts'
import { numberFromEnvironment, randomFrom, seedFromEnvironment, type Random } from '../random.ts'
import { asker, isGreen, reasonsOf, type Ask } from './verdict.ts'

const SEED = seedFromEnvironment('SIGNED_BYTES_SEED')
const POSITIONS = numberFromEnvironment('SIGNED_BYTES', 420)

let office: Office
let ask: Ask
beforeAll(async () => {
  office = await openOffice()
  ask = await asker(office.pki)
})
afterAll(async () => {
  await office[Symbol.asyncDispose]()
})

async function signed(kind: Paper['kind'], level: 'B-B' | 'B-LTA'): Promise<Uint8Array> {
  const outcome = await office.sign('Agency', bytesOf(unsignedPaper({}, '', kind).file), { level, place: null })
  if (!outcome.ok) throw new Error(outcome.code)
  return outcome.bytes
}

/** What the envelope around a signature may say in another way: its version, its list of hashes. Nobody signs those. */
const NOTICES = ['cms.version-unexpected', 'cms.digest-algorithm-unlisted', 'timestamp.version-unexpected']
NOTICES.push('timestamp.digest-algorithm-unlisted')

/** All that a report says, but for the file's own hash and what is only noticed. */
function substance(report: FileReport): unknown {
  const signatures = report.signatures.map(({ reasons, timestamps, ...rest }) => ({
    ...rest,
    reasons: reasons.filter((reason) => !NOTICES.includes(reason)),
    timestamps: timestamps.map((each) => ({ ...each, reasons: each.reasons.filter((one) => !NOTICES.includes(one)) })),
  }))
  return { ...report, sha256: '', verifiedAt: '', signatures }
}

interface Span {
  readonly from: number
  readonly to: number
}

/** The parts that a forger would look at, each with its share of the positions; and anywhere. */
function spansOf(bytes: Uint8Array): readonly Span[] {
  const text = Buffer.from(bytes).toString('latin1')
  const of = (pattern: RegExp): readonly Span[] =>
    [...text.matchAll(pattern)].map(({ index, 0: found }) => ({ from: index, to: index + found.length }))
  const cms = readSignatures(readRevisions(bytes)).map(({ byteRange, contents }) => ({
    from: byteRange?.[1] ?? 0,
    to: (byteRange?.[1] ?? 0) + 2 * (contents?.length ?? 0) + 1,
  }))
  const ends = of(/(?:\nxref\n|trailer|startxref\n)[^%]*%%EOF\n/g)
  return [...cms, ...of(/\/ByteRange ?\[[^\]]*\]/g), ...ends, { from: 0, to: bytes.length }]
}

function changedAt(bytes: Uint8Array, at: number, random: Random): Uint8Array {
  const changed = Uint8Array.from(bytes)
  // A single bit, the other case of a letter, or any other byte at all.
  const flip = random.pick([1, 0x20, 1 << random.int(8), 1 + random.int(255)])
  changed[at] = (changed[at] ?? 0) ^ flip
  return changed
}

describe.each([
  ['table', 'B-B', POSITIONS],
  ['stream', 'B-B', POSITIONS / 2],
  ['stream', 'B-LTA', POSITIONS / 5],
] as const)('a file with a cross-reference %s, signed at %s', (kind, level, positions) => {
  test(`${positions} bytes (SIGNED_BYTES_SEED=${SEED})`, async () => {
    const bytes = await signed(kind, level)
    const before = await ask(bytes)
    expect(before.trusting.status, reasonsOf(before.trusting).join()).toBe('valid')
    const holes = readSignatures(readRevisions(bytes)).map(({ byteRange }) => byteRange ?? [0, 0, 0, 0])
    const random = randomFrom(SEED)
    const spans = spansOf(bytes)
    let invalid = 0
    for (let round = 0; round < positions; round++) {
      const { from, to } = random.pick(spans)
      const at = from + random.int(to - from)
      const changed = changedAt(bytes, at, random)
      const { trusting, trustingNobody } = await ask(changed)
      const where = `byte ${at}, now ${changed[at]}: ${trusting.status} ${reasonsOf(trusting).join()}`
      expect(isGreen(trustingNobody), where).toBe(false)
      if (trusting.status === 'invalid') invalid++
      if (!isGreen(trusting)) continue
      // `a` for `A` in the digits, a version, the same name in other letters: the signature is the same, and so is what it proves.
      expect(
        holes.some(([, start, end]) => at > start && at < end),
        where,
      ).toBe(true)
      expect(substance(trusting), where).toEqual(substance(before.trusting))
    }
    expect(invalid, 'most changes take the proof away').toBeGreaterThan(positions / 2)
  })
})
