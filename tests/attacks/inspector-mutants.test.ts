// Takes one guard at a time out of the inspector: the attack list has to notice each, or the guard or the list is worth nothing.

import { afterAll, describe, expect, test } from 'vitest'
import { outcomeOf } from './attack.ts'
import { ATTACKS } from './inspector-attack-list.ts'
import type { InspectorClass } from './inspector-lab.ts'
import { MUTANTS, MutantWorkshop } from './inspector-mutants.ts'

const workshop = new MutantWorkshop()
afterAll(() => workshop[Symbol.dispose]())

/** What comes out differently than it must. */
function noticedBy(inspectorClass: InspectorClass): string[] {
  return ATTACKS.flatMap((attack) => {
    const outcome = outcomeOf(attack, inspectorClass)
    return outcome === attack.expect ? [] : [`${attack.wants} → ${outcome}`]
  })
}

describe('the inspector without its', () => {
  test('nothing: the same bundle, unchanged, passes', async () => {
    expect(noticedBy(await workshop.make(null))).toEqual([])
  })

  test.each(MUTANTS)('$without is noticed', async (mutant) => {
    const noticed = noticedBy(await workshop.make(mutant))
    expect(noticed).not.toEqual([])
  })
})
