// Random honest lives with true signatures are never invalid: on the small papers, and through the office's own signing.
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { raiseLevel } from '../../../electron/signature/raise-level.ts'
import type { DocumentOutcome } from '../../../electron/signature/signature-fault.ts'
import { openOffice, stamp, type Office } from '../../signing/office.ts'
import { bytesOf, unsignedPaper } from '../pdf/paper.ts'
import { numberFromEnvironment, randomFrom, seedFromEnvironment } from '../random.ts'
import * as real from './real-signing.ts'
import { asker, isGreen, reasonsOf } from './verdict.ts'

vi.mock('../pdf/signing.ts', async (importOriginal) => ({
  ...(await importOriginal<object>()),
  sign: real.sign,
  certify: real.certify,
  timestamp: real.timestamp,
}))
const { honestWalk } = await import('../pdf/honest-walk.ts')

const SEED = seedFromEnvironment('SIGNED_WALK_SEED')
const ROUNDS = numberFromEnvironment('SIGNED_WALK_ROUNDS', 40)
const OFFICE_ROUNDS = numberFromEnvironment('SIGNED_OFFICE_ROUNDS', 4)
const PICTURE = stamp(20, 40, 160)

const ask = await asker(real.pki)
let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(async () => {
  await office[Symbol.asyncDispose]()
})

test(`signed, filled, proven in any order (SIGNED_WALK_SEED=${SEED})`, async () => {
  const random = randomFrom(SEED)
  for (let round = 0; round < ROUNDS; round++) {
    const { paper, steps } = honestWalk(random)
    const { trusting, trustingNobody } = await ask(bytesOf(paper.file))
    const told = `round ${round}: ${steps.join(', ')}: ${reasonsOf(trusting).join()}`
    expect(isGreen(trusting), told).toBe(true)
    expect(trustingNobody.status, told).toBe('indeterminate')
  }
})

test(`the office signs, seals, copies and archives in any order (SIGNED_WALK_SEED=${SEED})`, async () => {
  const random = randomFrom(SEED)
  for (let round = 0; round < OFFICE_ROUNDS; round++) {
    const steps: string[] = []
    let bytes = bytesOf(unsignedPaper({}, '', random.pick(['table', 'stream'] as const)).file)
    const take = (name: string, outcome: DocumentOutcome): void => {
      steps.push(name)
      if (!outcome.ok) throw new Error(`round ${round}: ${steps.join(', ')}: ${outcome.code}`)
      bytes = outcome.bytes
    }
    const place = { page: 0, rectangle: [60, 400, 200, 460] } as const
    // After the leader's lock only the fields that were prepared are open; without it anyone may add a signature.
    const isOutgoing = round % 2 === 0
    const certify = random.once(2)
    if (isOutgoing) {
      const order = { role: 'personal', place, picture: PICTURE, certify, level: 'B-T' } as const
      take(`personal ${String(certify)}`, await office.sign('Leader', bytes, order))
    }
    for (const turn of ['sign', 'archive', 'sign', 'archive'] as const) {
      if (random.once(3) && steps.length > 0) continue
      const raised = () => raiseLevel(bytes, random.pick(['B-LT', 'B-LTA']), office.surroundings)
      if (turn === 'archive') take(turn, await raised())
      else if (!isOutgoing) take('plain', await office.sign('Agency', bytes, { role: 'plain', place: null }))
      else if (!steps.includes('agency')) {
        const seal = { role: 'agency', place: null, picture: PICTURE, number: '15/QĐ', date: 'hôm nay' } as const
        take('agency', await office.sign('Agency', bytes, seal))
      }
      const { trusting } = await ask(bytes)
      expect(trusting.status, `round ${round}: ${steps.join(', ')}: ${reasonsOf(trusting).join()}`).not.toBe('invalid')
    }
  }
})
