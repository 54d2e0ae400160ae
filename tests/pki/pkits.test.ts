// All cases of the NIST test suite for path validation, each with the reason why it must be refused, and openssl's opinion beside ours.
import { describe, expect, test } from 'vitest'
import { nodePkiCrypto } from '../../electron/pki/node-crypto.ts'
import { validatePath } from '../../shared/pki/path.ts'
import { opensslAccepts } from './openssl-verify.ts'
import { CASES, requestOf, type PkitsCase } from './pkits-lab.ts'
import { expectedReason } from './pkits-reasons.ts'

const SECTIONS: Readonly<Record<string, string>> = {
  '4.1': 'Signature verification',
  '4.2': 'Validity periods',
  '4.3': 'Verifying name chaining',
  '4.4': 'Basic certificate revocation tests',
  '4.5': 'Verifying paths with self-issued certificates',
  '4.6': 'Verifying basic constraints',
  '4.7': 'Key usage',
  '4.8': 'Certificate policies',
  '4.9': 'Require explicit policy',
  '4.10': 'Policy mappings',
  '4.11': 'Inhibit policy mapping',
  '4.12': 'Inhibit any policy',
  '4.13': 'Name constraints',
  '4.14': 'Distribution points',
  '4.15': 'Delta CRLs',
  '4.16': 'Private certificate extensions',
}

/** Lists signed by someone whom only the certificate itself names, and inherited DSA parameters: openssl 3.0 has neither. */
const BEYOND_OPENSSL: ReadonlySet<string> = new Set(['4.1.5', '4.14.28', '4.14.29', '4.14.30'])

const chapterOf = ({ section }: PkitsCase): string => section.split('.').slice(0, 2).join('.')

test('the suite is whole: 246 cases in 16 sections', () => {
  expect(CASES).toHaveLength(246)
  expect([...new Set(CASES.map(chapterOf))]).toEqual(Object.keys(SECTIONS))
})

describe.each(Object.entries(SECTIONS))('PKITS %s %s', (chapter) => {
  const cases = CASES.filter((one) => chapterOf(one) === chapter)

  test.each(cases)('$section $cert $params', async (one) => {
    const request = requestOf(one)
    const result = request && (await validatePath(request, nodePkiCrypto))
    const codes = result?.reasons.map(({ code }) => code) ?? ['not-a-certificate']
    expect(result?.status === 'valid').toBe(one.valid)
    if (one.valid) expect(codes).toEqual([])
    else expect(codes).toContain(expectedReason(one.section))
  })

  test('openssl verify says the same', () => {
    const compared = cases.filter((one) => !BEYOND_OPENSSL.has(one.section))
    const different = compared.filter((one) => opensslAccepts(one) !== one.valid)
    expect(different).toEqual([])
  })
})
