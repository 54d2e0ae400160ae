// Reasons in sentences: every code of the verifier has one, what is open is silent beside what is wrong, and notes stay with programs.
import { describe, expect, it } from 'vitest'
import { en, vi } from '../../i18n/resources.ts'
import { STRUCTURE_CODES } from '../../../shared/pdf/revisions/finding.ts'
import { SIGNATURE_FINDINGS } from '../../../shared/pdf/revisions/signature.ts'
import { CMS_REASONS } from '../../../shared/pki/cms-reasons.ts'
import { TIMESTAMP_REASONS } from '../../../shared/pki/timestamp.ts'
import { sentenceOf, spokenReasons } from './reason-sentence.ts'

const CODES = [
  ...STRUCTURE_CODES.map((code) => `structure.${code}`),
  ...SIGNATURE_FINDINGS.map((code) => `field.${code}`),
  ...Object.keys(CMS_REASONS).map((code) => `cms.${code}`),
  ...Object.keys(TIMESTAMP_REASONS).map((code) => `timestamp.${code}`),
  'timestamp.expired',
  'timestamp.no-chain',
  'path.revoked',
  'file.paper-not-pdf',
  'file.paper-encrypted',
  'change.field-locked',
  'change.what-a-newer-program-wrote',
  'path.what-a-newer-program-wrote',
]

describe.each([
  ['vi', vi],
  ['en', en],
] as const)('in %s', (_language, texts) => {
  it.each(CODES)('%s has a sentence', (code) => {
    expect(texts.verify.reason[sentenceOf(code)]).toMatch(/\.$/)
  })
})

it.each([
  ['cms.message-digest-mismatch', 'altered'],
  ['cms.hash-weak', 'weak'],
  ['cms.several-signers', 'broken'],
  ['field.signature-removed', 'removed'],
  ['field.byte-range-negative', 'coverage'],
  ['field.contents-zero', 'dictionary'],
  ['structure.unexplained-bytes', 'structure'],
  ['path.revoked', 'revoked'],
  ['timestamp.imprint-mismatch', 'timestampWrong'],
  ['timestamp.expired', 'timestampExpired'],
  ['timestamp.no-chain', 'timestampUnknown'],
  ['change.page-changed', 'changedContent'],
  ['change.unexplained-change', 'changedHidden'],
])('%s is explained as %s', (code, sentence) => {
  expect(sentenceOf(code)).toBe(sentence)
})

it('says of a forged file only what is wrong with it, not what is missing as well', () => {
  expect(spokenReasons(['cms.message-digest-mismatch', 'path.revocation-unknown', 'timestamp.no-chain'])).toEqual([
    'altered',
  ])
})

it('says what is missing where nothing is wrong, each once', () => {
  expect(spokenReasons(['path.revocation-unknown', 'path.no-chain', 'path.no-chain'])).toEqual([
    'revocationUnknown',
    'noChain',
  ])
})

it('passes over notes that lower nothing, but for a signature of the older form', () => {
  expect(spokenReasons(['cms.encoding-ber', 'timestamp.authority-name-mismatch', 'cms.version-unexpected'])).toEqual([])
  expect(spokenReasons(['cms.ess-missing'])).toEqual(['oldForm'])
})
