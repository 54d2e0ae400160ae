// Levels are a ladder: none is reached without those below it, and each says what the next one wants.
import { expect, it } from 'vitest'
import { levelOf, type LevelFacts } from './level.ts'

const ALL: LevelFacts = { baseline: true, timestamped: true, selfContained: true, archived: true }

it.each([
  [{ ...ALL }, 'B-LTA', []],
  [{ ...ALL, archived: false }, 'B-LT', ['archive-timestamp']],
  [{ ...ALL, selfContained: false }, 'B-T', ['revocation-data']],
  [{ ...ALL, timestamped: false }, 'B-B', ['timestamp']],
  [{ ...ALL, baseline: false }, 'none', ['baseline-attributes']],
] as const)('%j is %s', (facts, level, missing) => {
  expect(levelOf(facts)).toEqual({ level, missing })
})
