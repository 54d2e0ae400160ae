// Every attack on a signed PDF is found, and named for what it is.
import { describe, expect, test } from 'vitest'
import { ALL_ATTACKS } from './attack-list.ts'
import { outcomeOf } from './lab.ts'

describe('found and named:', () => {
  test.each(ALL_ATTACKS.map((attack) => ({ ...attack, title: `${attack.class}: ${attack.name}` })))(
    '$title',
    (attack) => {
      const signed = attack.signed()
      const about = attack.about ?? 'leader'
      const before = outcomeOf(signed.file, about)
      expect(before.verdict, 'the signed paper itself is sound').toMatch(/^(none|permitted)$/)
      const made = attack.make(signed)
      const outcome = outcomeOf(typeof made === 'string' ? made : made.file, about)
      expect(outcome.verdict).not.toMatch(/^(none|permitted)$/)
      expect(outcome.codes).toEqual(expect.arrayContaining([...attack.expect]))
    },
  )

  test('no attack is the same as another', () => {
    const files = ALL_ATTACKS.map(({ signed, make }) => make(signed())).map((made) =>
      typeof made === 'string' ? made : made.file,
    )
    expect(new Set(files).size).toBe(files.length)
  })
})
