// Whatever honest steps follow a signature, in whatever order, no signature of the paper is ever called forbidden.
import { expect, test } from 'vitest'
import { readRevisions } from '../../../shared/pdf/revisions/revisions.ts'
import { readSignatures } from '../../../shared/pdf/revisions/read-signatures.ts'
import { judgeChanges } from '../../../shared/pdf/changes/judge-changes.ts'
import { numberFromEnvironment, randomFrom, seedFromEnvironment } from '../random.ts'
import { honestWalk } from './honest-walk.ts'
import { bytesOf } from './paper.ts'

const SEED = seedFromEnvironment('PDF_WALK_SEED')
const ROUNDS = numberFromEnvironment('PDF_WALK_ROUNDS', 200)

test(`random honest lives (PDF_WALK_SEED=${SEED})`, () => {
  const random = randomFrom(SEED)
  for (let round = 0; round < ROUNDS; round++) {
    const { paper, steps } = honestWalk(random)
    const pdf = readRevisions(bytesOf(paper.file))
    const signatures = readSignatures(pdf)
    expect(signatures.length, steps.join(', ')).toBeGreaterThan(0)
    for (const signature of signatures) {
      expect(signature.findings, `round ${round}: ${steps.join(', ')}`).toEqual([])
      const refused = judgeChanges(pdf, signatures, signature).changes.filter(({ permitted }) => !permitted)
      expect(refused, `round ${round}: ${steps.join(', ')}, after ${signature.fieldName}`).toEqual([])
    }
  }
})
