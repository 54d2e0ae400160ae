// Findings become few sentences with their pages.
import { expect, it } from 'vitest'
import { finding } from '../../../shared/pdf/scan/finding.ts'
import { canBeCleaned, groupFindings, isRefused } from './scan-words.ts'

it('says each thing once, refusals first, with the pages from 1', () => {
  const found = [
    finding('optional-content'),
    finding('javascript', { page: 4 }),
    finding('launch-action', { page: 1 }),
    finding('open-action'),
  ]
  expect(groupFindings(found)).toEqual([
    { words: 'acts', severity: 'refuse', pages: [2, 5] },
    { words: 'layers', severity: 'warn', pages: [] },
  ])
  expect(isRefused(found)).toBe(true)
  expect(canBeCleaned(found)).toBe(true)
})

it('a file that cannot be read cannot be cleaned, and one without findings need not be', () => {
  expect(canBeCleaned([finding('unreadable')])).toBe(false)
  expect(canBeCleaned([])).toBe(false)
  expect(isRefused([finding('optional-content')])).toBe(false)
})
