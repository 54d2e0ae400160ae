// The NIST test suite for path validation (PKITS 1.0.1): its certificates, lists and cases, and a case as a question.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import type { HashName } from '../../shared/pki/crypto.ts'
import { parseCertificate, type Certificate } from '../../shared/pki/certificate.ts'
import { parseCertificateList } from '../../shared/pki/crl.ts'
import type { PathRequest } from '../../shared/pki/path.ts'

export const PKITS = resolve(import.meta.dirname, '../fixtures/pkits')

const caseSchema = z.strictObject({
  section: z.string(),
  cert: z.string(),
  intermediates: z.array(z.string()),
  crls: z.array(z.string()),
  valid: z.boolean(),
  params: z
    .strictObject({
      user_initial_policy_set: z.array(z.string()).optional(),
      initial_explicit_policy: z.boolean().optional(),
      initial_policy_mapping_inhibit: z.boolean().optional(),
      initial_any_policy_inhibit: z.boolean().optional(),
    })
    .optional(),
})
export type PkitsCase = z.infer<typeof caseSchema>

export const CASES: readonly PkitsCase[] = z
  .array(caseSchema)
  .parse(JSON.parse(readFileSync(`${PKITS}/cases.json`, 'utf8')))

/** Within the validity of nearly all of its certificates and lists (2010–2030). */
export const PKITS_TIME = Date.UTC(2025, 5, 1)

/** What reads the files; a test may bring another. */
export interface Parsers {
  readonly parseCertificate: typeof parseCertificate
  readonly parseCertificateList: typeof parseCertificateList
}

/** The suite is of 2011: SHA-1 and DSA are in it. */
const ALGORITHMS = {
  hashes: new Set<HashName>(['sha1', 'sha224', 'sha256', 'sha384', 'sha512']),
  minRsaBits: 1024,
  dsa: true,
}

/** @returns null where the certificate in question is none: its DER is broken on purpose */
export function requestOf(
  { cert, intermediates, crls, params = {} }: PkitsCase,
  parsers: Parsers = { parseCertificate, parseCertificateList },
): PathRequest | null {
  const certificateFile = (name: string): Certificate | null =>
    parsers.parseCertificate(readFileSync(`${PKITS}/certs/${name}`))
  const target = certificateFile(cert)
  const anchor = certificateFile('TrustAnchorRootCertificate.crt')
  if (anchor === null) throw new Error('no trust anchor')
  if (target === null) return null
  return {
    target,
    candidates: intermediates.map(certificateFile).filter((one) => one !== null),
    anchors: [{ certificate: anchor }],
    crls: [...crls, 'TrustAnchorRootCRL.crl']
      .map((name) => parsers.parseCertificateList(readFileSync(`${PKITS}/crls/${name}`)))
      .filter((one) => one !== null),
    ocsp: [],
    at: PKITS_TIME,
    revocation: 'require',
    purpose: 'any',
    policies: {
      initial: params.user_initial_policy_set ?? [],
      explicit: params.initial_explicit_policy ?? false,
      inhibitMapping: params.initial_policy_mapping_inhibit ?? false,
      inhibitAny: params.initial_any_policy_inhibit ?? false,
    },
    algorithms: ALGORITHMS,
  }
}
