// Honest lives of signed papers are never called forbidden: what the product and other products write after a signature.
import { describe, expect, test } from 'vitest'
import { HONEST } from './honest.ts'
import { outcomeOf } from './lab.ts'

const FIELDS = ['leader', 'seal', 'archive', 'timestamp', 'timestamp2', 'late']

describe('never forbidden:', () => {
  test.each(HONEST)('$name', ({ paper, shows }) => {
    for (const field of FIELDS.filter((name) => paper.file.includes(`/T(${name})`))) {
      const outcome = outcomeOf(paper.file, field)
      if (outcome.codes.includes('signature-missing')) continue
      expect(outcome, `after ${field}`).toMatchObject({ codes: [] })
      expect(outcome.verdict, `after ${field}`).toMatch(/^(none|permitted)$/)
    }
    const seen = outcomeOf(paper.file, 'leader').report?.changes.map(({ code }) => code) ?? []
    expect(seen).toEqual(expect.arrayContaining([...shows]))
  })
})
