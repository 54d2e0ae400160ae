// Certificates and revocation lists for tests of trust decisions, with whatever extensions a test is about.
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { signatureIdentifier } from './algorithms.ts'
import { parseCertificate, type Certificate } from './certificate.ts'
import { bytesOf, type TestKey } from './cms.fixture.ts'
import { parseCertificateList, type CertificateList } from './crl.ts'
import {
  derBitString,
  derBoolean,
  derContext,
  derContextPrimitive,
  derGeneralizedTime,
  derInteger,
  derOctetString,
  derOid,
  derSequence,
  derSetOf,
  derTagged,
  derUtcTime,
} from './der.ts'
import { EXTENSION, KEY_USAGES, type KeyUsage } from './extensions.ts'
import { certIdHashes } from './ocsp-request.ts'
import { parseOcspResponse, wrapBasicResponse, type OcspResponse } from './ocsp-response.ts'
import { DIGEST } from './oids.ts'

export const NOW = Date.UTC(2026, 5, 1)
export const DAY = 86_400_000

/** `CN=Ai đó` or several attributes, each an RDN of its own: `O=Xã,CN=Ai đó`. */
export function dn(text: string): Uint8Array {
  const oids: Readonly<Record<string, string>> = {
    CN: '2.5.4.3',
    O: '2.5.4.10',
    C: '2.5.4.6',
    E: '1.2.840.113549.1.9.1',
  }
  const parts = text === '' ? [] : text.split(',')
  return derSequence(
    ...parts.map((part) => {
      const [type = '', value = ''] = part.split('=')
      return derSetOf([derSequence(derOid(oids[type] ?? '2.5.4.3'), derTagged(0x0c, utf8ToBytes(value)))])
    }),
  )
}

export function ext(oid: string, value: Uint8Array, critical = false): Uint8Array {
  return derSequence(derOid(oid), ...(critical ? [derBoolean(true)] : []), derOctetString(value))
}

export const basicExt = (ca: boolean, pathLength?: number): Uint8Array =>
  ext(
    EXTENSION.basicConstraints,
    derSequence(...(ca ? [derBoolean(true)] : []), ...(pathLength === undefined ? [] : [derInteger(pathLength)])),
    true,
  )

export function usageExt(...usages: readonly KeyUsage[]): Uint8Array {
  const bytes = new Uint8Array(2)
  for (const usage of usages) {
    const bit = KEY_USAGES.indexOf(usage)
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (0x80 >> (bit & 7))
  }
  return ext(EXTENSION.keyUsage, derTagged(0x03, Uint8Array.of(0), bytes), true)
}

export const purposeExt = (critical: boolean, ...oids: readonly string[]): Uint8Array =>
  ext(EXTENSION.extendedKeyUsage, derSequence(...oids.map(derOid)), critical)

export const policiesExt = (...oids: readonly string[]): Uint8Array =>
  ext(EXTENSION.certificatePolicies, derSequence(...oids.map((oid) => derSequence(derOid(oid)))))

export const mappingsExt = (...pairs: readonly (readonly [string, string])[]): Uint8Array =>
  ext(EXTENSION.policyMappings, derSequence(...pairs.map(([from, to]) => derSequence(derOid(from), derOid(to)))))

export const generalName = {
  email: (text: string): Uint8Array => derContextPrimitive(1, bytesOf(text)),
  dns: (text: string): Uint8Array => derContextPrimitive(2, bytesOf(text)),
  uri: (text: string): Uint8Array => derContextPrimitive(6, bytesOf(text)),
  ip: (...bytes: readonly number[]): Uint8Array => derContextPrimitive(7, Uint8Array.from(bytes)),
  directory: (text: string): Uint8Array => derContext(4, dn(text)),
  other: (): Uint8Array => derContext(0, derOid('1.2.3'), derContext(0, derInteger(1))),
}

export interface CertificatePlan {
  readonly subject: string
  readonly key: TestKey
  /** Absent: signs itself. */
  readonly issuer?: Holder
  readonly serial?: number
  readonly notBefore?: number
  readonly notAfter?: number
  readonly extensions?: readonly Uint8Array[]
}

/** A certificate together with its key. */
export interface Holder {
  readonly subject: string
  readonly certificate: Certificate
  readonly key: TestKey
}

/** DER of one certificate. */
export function certificateDer(plan: CertificatePlan): Uint8Array {
  const { subject, key, issuer, serial = 1, notBefore = NOW - 100 * DAY, notAfter = NOW + 100 * DAY } = plan
  const signer = issuer?.key ?? key
  const algorithm = signatureIdentifier(signer.algorithm)
  const tbs = derSequence(
    derContext(0, derInteger(2)),
    derInteger(serial),
    algorithm,
    dn(issuer?.subject ?? subject),
    derSequence(derUtcTime(notBefore), derUtcTime(notAfter)),
    dn(subject),
    key.spki,
    ...(plan.extensions === undefined ? [] : [derContext(3, derSequence(...plan.extensions))]),
  )
  return derSequence(tbs, algorithm, derBitString(signer.sign(tbs)))
}

export function holder(plan: CertificatePlan): Holder {
  const certificate = parseCertificate(certificateDer(plan))
  if (certificate === null) throw new Error('not a certificate')
  return { subject: plan.subject, certificate, key: plan.key }
}

export interface ListEntry {
  readonly serial: number
  readonly revokedAt?: number
  readonly extensions?: readonly Uint8Array[]
}

export interface ListPlan {
  readonly issuer: Holder
  readonly thisUpdate?: number
  readonly nextUpdate?: number | null
  readonly entries?: readonly ListEntry[]
  readonly extensions?: readonly Uint8Array[]
}

export function listDer(plan: ListPlan): Uint8Array {
  const { issuer, thisUpdate = NOW - DAY, nextUpdate = NOW + DAY, entries = [], extensions = [] } = plan
  const algorithm = signatureIdentifier(issuer.key.algorithm)
  const tbs = derSequence(
    derInteger(1),
    algorithm,
    dn(issuer.subject),
    derUtcTime(thisUpdate),
    ...(nextUpdate === null ? [] : [derUtcTime(nextUpdate)]),
    ...(entries.length === 0
      ? []
      : [
          derSequence(
            ...entries.map((entry) =>
              derSequence(
                derInteger(entry.serial),
                derUtcTime(entry.revokedAt ?? NOW - 2 * DAY),
                ...(entry.extensions === undefined ? [] : [derSequence(...entry.extensions)]),
              ),
            ),
          ),
        ]),
    ...(extensions.length === 0 ? [] : [derContext(0, derSequence(...extensions))]),
  )
  return derSequence(tbs, algorithm, derBitString(issuer.key.sign(tbs)))
}

export function list(plan: ListPlan): CertificateList {
  const parsed = parseCertificateList(listDer(plan))
  if (parsed === null) throw new Error('not a list')
  return parsed
}

export const reasonExt = (code: number): Uint8Array => ext('2.5.29.21', derTagged(0x0a, Uint8Array.of(code)))
export const invalidityExt = (ms: number): Uint8Array => ext('2.5.29.24', derGeneralizedTime(ms))

export interface AnswerPlan {
  readonly signer: Holder
  readonly issuer: Holder
  readonly target: Holder
  /** DER of CertStatus; good unless given. */
  readonly status?: Uint8Array
  readonly thisUpdate?: number
  readonly nextUpdate?: number | null
  readonly certificates?: readonly Holder[]
  readonly extensions?: readonly Uint8Array[]
  readonly singleExtensions?: readonly Uint8Array[]
}

export const REVOKED = (at: number): Uint8Array => derContext(1, derGeneralizedTime(at))
export const UNKNOWN = derContextPrimitive(2, new Uint8Array())

/** An OCSP response about one certificate. */
export function answer(plan: AnswerPlan): OcspResponse {
  const { signer, issuer, target, status = derContextPrimitive(0, new Uint8Array()) } = plan
  const { thisUpdate = NOW - DAY, nextUpdate = NOW + DAY, extensions = [], singleExtensions = [] } = plan
  const { issuerNameHash, issuerKeyHash } = certIdHashes(target.certificate, issuer.certificate, 'sha1')
  const single = derSequence(
    derSequence(
      derSequence(derOid(DIGEST.sha1)),
      derOctetString(issuerNameHash),
      derOctetString(issuerKeyHash),
      derInteger(BigInt(`0x${target.certificate.serialNumber}`)),
    ),
    status,
    derGeneralizedTime(thisUpdate),
    ...(nextUpdate === null ? [] : [derContext(0, derGeneralizedTime(nextUpdate))]),
    ...(singleExtensions.length === 0 ? [] : [derContext(1, derSequence(...singleExtensions))]),
  )
  const tbs = derSequence(
    derContext(1, dn(signer.subject)),
    derGeneralizedTime(thisUpdate),
    derSequence(single),
    ...(extensions.length === 0 ? [] : [derContext(1, derSequence(...extensions))]),
  )
  const certificates = (plan.certificates ?? []).map(({ certificate }) => certificate.raw)
  const basic = derSequence(
    tbs,
    signatureIdentifier(signer.key.algorithm),
    derBitString(signer.key.sign(tbs)),
    ...(certificates.length === 0 ? [] : [derContext(0, derSequence(...certificates))]),
  )
  const parsed = parseOcspResponse(wrapBasicResponse(basic))
  if (parsed === null) throw new Error('not a response')
  return parsed
}
