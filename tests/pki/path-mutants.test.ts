// Takes one check at a time out of path validation: PKITS has to notice each, or the check or the suite is worth nothing.
import { afterAll, describe, expect, test } from 'vitest'
import { nodePkiCrypto } from '../../electron/pki/node-crypto.ts'
import { MUTANTS, PathWorkshop, type Validator } from './path-mutants.ts'
import { CASES, requestOf } from './pkits-lab.ts'
import { expectedReason } from './pkits-reasons.ts'

const workshop = new PathWorkshop()
afterAll(() => workshop[Symbol.dispose]())

/** The first case that comes out differently than it must, or for another reason. */
async function noticedBy(validator: Validator): Promise<string | null> {
  for (const one of CASES) {
    const request = requestOf(one, validator)
    const result = request && (await validator.validatePath(request, nodePkiCrypto))
    const codes = result?.reasons.map(({ code }) => code) ?? ['not-a-certificate']
    const right = one.valid ? result?.status === 'valid' : codes.some((code) => code === expectedReason(one.section))
    if (!right) return one.section
  }
  return null
}

describe('path validation without', () => {
  test('nothing: the same bundle, unchanged, passes', async () => {
    expect(await noticedBy(await workshop.make(null))).toBeNull()
  })

  test.each(MUTANTS)('$without is noticed', async (mutant) => {
    expect(await noticedBy(await workshop.make(mutant))).not.toBeNull()
  })
})
