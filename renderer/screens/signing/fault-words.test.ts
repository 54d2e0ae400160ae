// Every code that a desktop may answer has one sentence with the next step, in both languages. The compiler holds the lists of codes
// against those of the contract; electron/signing-desk/wire-codes.ts holds the contract against the desktop's own.
import { expect, it } from 'vitest'
import { BRIDGE_FAILURES } from '../../../shared/desktop/bridge.ts'
import { REVOCATION_CODES, SIGNING_CODES, TIMESTAMP_CODES } from '../../../shared/desktop/signing-codes.ts'
import { SCAN_SEVERITIES } from '../../../shared/pdf/scan/finding.ts'
import { en, vi } from '../../i18n/resources.ts'
import { CALL_WORDS, FAULT_WORDS, mayTryAgain, REVOCATION_WORDS, TIME_WORDS } from './fault-words.ts'
import { SCAN_WORDS } from './scan-words.ts'

const LISTS = [
  ['fault', SIGNING_CODES, FAULT_WORDS, 'fault'],
  ['call', BRIDGE_FAILURES, CALL_WORDS, 'call'],
  ['timestamp', TIMESTAMP_CODES, TIME_WORDS, 'missing.time'],
  ['revocation', REVOCATION_CODES, REVOCATION_WORDS, 'missing.source'],
  ['scan', Object.keys(SCAN_SEVERITIES), SCAN_WORDS, 'scan'],
] as const satisfies readonly (readonly [string, readonly string[], Readonly<Record<string, string>>, string])[]

function sentencesAt(texts: unknown, path: string): Readonly<Record<string, unknown>> {
  return path.split('.').reduce((at, key) => (at as Record<string, unknown>)[key], texts) as Record<string, unknown>
}

it.each(LISTS)('%s: each code has a sentence, and there is none without a code', (_name, codes, words, path) => {
  expect(Object.keys(words).sort()).toEqual([...codes].sort())
  const used = [...new Set(Object.values(words))].sort()
  for (const texts of [vi.signing, en.signing]) {
    const sentences = sentencesAt(texts, path)
    expect(
      Object.keys(sentences)
        .filter((key) => key !== 'pages')
        .sort(),
    ).toEqual(used)
    for (const key of used) expect(sentences[key], key).toMatch(/\.$/)
  }
})

it('after a locked PIN nobody is asked for it again', () => {
  expect(mayTryAgain('pin-wrong')).toBe(true)
  expect(mayTryAgain(null)).toBe(true)
  expect(mayTryAgain('pin-locked')).toBe(false)
  expect(mayTryAgain('certificate-expired')).toBe(false)
})
