// The attribute that ties a signature to one certificate: ESS signing-certificate-v2 (RFC 5035 §3) and its forerunner with SHA-1 (RFC 2634 §5.4).
import { hashIdentifier, hashNow, hashOf } from './algorithms.ts'
import { readAlgorithm, readSerialNumber, sameBytes, type Certificate } from './certificate.ts'
import type { Attribute } from './cms-read.ts'
import type { CmsReason } from './cms-reasons.ts'
import type { HashName } from './crypto.ts'
import { derContext, derOctetString, derSequence } from './der.ts'
import { contextConstructed, FieldReader, orNull, readElement, TAG, type DerElement } from './der-reader.ts'
import { readGeneralNames } from './general-names.ts'
import { sameName } from './names.ts'
import { ATTRIBUTE } from './oids.ts'

/**
 * SigningCertificateV2 for one certificate, DER. DER leaves the hash algorithm out where it is SHA-256, its default;
 * `issuerSerial` is there, though PAdES no longer asks for it, because older validators do.
 */
export function signingCertificateV2(certificate: Certificate, hash: HashName = 'sha256'): Uint8Array {
  const { issuer, serialNumber } = issuerAndSerial(certificate)
  const issuerSerial = derSequence(derSequence(derContext(4, issuer)), serialNumber)
  const digest = derOctetString(hashNow(hash, certificate.raw))
  const certId = derSequence(...(hash === 'sha256' ? [] : [hashIdentifier(hash)]), digest, issuerSerial)
  return derSequence(derSequence(certId))
}

/** Issuer and serial number as they stand in the certificate, to the byte. */
export function issuerAndSerial(certificate: Certificate): {
  readonly issuer: Uint8Array
  readonly serialNumber: Uint8Array
} {
  const fields = new FieldReader(readElement(certificate.tbs))
  fields.optional(contextConstructed(0))
  return { issuer: certificate.issuer.raw, serialNumber: fields.take(TAG.integer).raw }
}

export interface SigningCertificateClaim {
  readonly version: 1 | 2
  /** Null: one that we do not compute. */
  readonly hash: HashName | null
  readonly digest: Uint8Array
  readonly issuerSerial: DerElement | null
}

/**
 * What the attributes say about the signer's certificate: the first entry counts (RFC 5035 §3), the rest is the chain.
 * @returns 'missing' where no such attribute stands, 'malformed' where it cannot be read
 */
export function readSigningCertificate(
  attributes: readonly Attribute[],
): readonly SigningCertificateClaim[] | 'missing' | 'malformed' {
  const claims: SigningCertificateClaim[] = []
  for (const { oid, values } of attributes) {
    const version = oid === ATTRIBUTE.signingCertificateV2 ? 2 : oid === ATTRIBUTE.signingCertificate ? 1 : null
    if (version === null) continue
    const claim = orNull(() => readClaim(values[0] ?? new Uint8Array(0), version))
    if (claim === null) return 'malformed'
    claims.push(claim)
  }
  return claims.length === 0 ? 'missing' : claims
}

function readClaim(der: Uint8Array, version: 1 | 2): SigningCertificateClaim {
  const outer = new FieldReader(readElement(der))
  const list = new FieldReader(outer.take(TAG.sequence))
  // Policies may follow; they restrict what the certificate is meant for and are judged by nobody.
  outer.optional(TAG.sequence)
  outer.end()
  const certId = new FieldReader(list.take(TAG.sequence))
  const algorithm = version === 2 ? certId.optional(TAG.sequence) : null
  const digest = certId.take(TAG.octetString).content
  const issuerSerial = certId.optional(TAG.sequence)
  certId.end()
  const standard = version === 2 ? 'sha256' : 'sha1'
  return { version, hash: algorithm === null ? standard : hashOf(readAlgorithm(algorithm)), digest, issuerSerial }
}

/** Whether the claim is about this certificate, by its hash. */
export function claimMatches(claim: SigningCertificateClaim, certificate: Certificate): boolean {
  return claim.hash !== null && sameBytes(hashNow(claim.hash, certificate.raw), claim.digest)
}

/** What is wrong between what a signature claims and the certificate that it was checked with. */
export function judgeClaim(claim: SigningCertificateClaim, certificate: Certificate): readonly CmsReason[] {
  if (claim.hash === null) return ['ess-hash-unknown']
  if (!claimMatches(claim, certificate)) return ['certificate-swapped']
  const reasons: CmsReason[] = claim.hash === 'sha1' ? ['ess-hash-weak'] : []
  const { issuerSerial } = claim
  if (issuerSerial === null) return reasons
  const same = orNull(() => sameIssuerSerial(issuerSerial, certificate))
  if (same === null) reasons.push('attribute-malformed')
  if (same === false) reasons.push('ess-issuer-mismatch')
  return reasons
}

function sameIssuerSerial(element: DerElement, certificate: Certificate): boolean {
  const fields = new FieldReader(element)
  const names = readGeneralNames(fields.take(TAG.sequence))
  const serialNumber = readSerialNumber(fields.take(TAG.integer))
  fields.end()
  const issuer = names.length === 1 && names[0]?.kind === 'directory' ? names[0].name : null
  return serialNumber === certificate.serialNumber && issuer !== null && sameName(issuer, certificate.issuer)
}
