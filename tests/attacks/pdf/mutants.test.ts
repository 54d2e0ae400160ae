// Takes one guard at a time out of difference analysis: an attack has to notice each, or the guard or the list is worth nothing.
import { afterAll, describe, expect, test } from 'vitest'
import { ALL_ATTACKS } from './attack-list.ts'
import { outcomeOf, type Verifier } from './lab.ts'
import { MutantWorkshop } from './mutant-workshop.ts'
import { MUTANTS } from './mutants.ts'

const workshop = new MutantWorkshop()
afterAll(() => workshop[Symbol.dispose]())

const FILES = ALL_ATTACKS.map((attack) => {
  const made = attack.make(attack.signed())
  return { attack, file: typeof made === 'string' ? made : made.file }
})

/** Attacks that come through, or are found under another name than theirs. */
function noticedBy(verifier: Verifier): string[] {
  return FILES.filter(({ attack, file }) => {
    const { verdict, codes } = outcomeOf(file, attack.about ?? 'leader', verifier)
    return verdict === 'none' || verdict === 'permitted' || !attack.expect.every((code) => codes.includes(code))
  }).map(({ attack }) => attack.name)
}

describe('difference analysis without its', () => {
  test('nothing: the same bundle, unchanged, passes', async () => {
    expect(noticedBy(await workshop.make(null))).toEqual([])
  })

  test.each(MUTANTS)('$without is noticed', async (mutant) => {
    expect(noticedBy(await workshop.make(mutant))).not.toEqual([])
  })
})
