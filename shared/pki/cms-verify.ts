// Whether a CMS signature proves what it claims: attributes, certificate and mathematics (RFC 5652 §5.4–5.6, EN 319 102-1 §5.2). Trust is judged elsewhere.
import { hashOf, keyFits, publicKeyKind, signatureAlgorithmOf, type PublicKeyKind } from './algorithms.ts'
import { sameBytes, type Certificate } from './certificate.ts'
import { judgeAttributes } from './cms-attributes.ts'
import type { SignedDataContent, SignerIdentifier } from './cms-read.ts'
import type { CmsReason } from './cms-reasons.ts'
import { claimMatches, judgeClaim, readSigningCertificate } from './cms-signing-certificate.ts'
import type { HashName, PkiCrypto, SignatureAlgorithm } from './crypto.ts'
import { EXTENSION } from './extensions.ts'
import { orNull, readElement, TAG } from './der-reader.ts'
import { sameName } from './names.ts'
import { CONTENT_TYPE } from './oids.ts'

export interface CmsVerification {
  /** Everything that is wrong, each once; `CMS_REASONS` says what it weighs. */
  readonly reasons: readonly CmsReason[]
  /** The certificate that the signature was checked with. */
  readonly signer: Certificate | null
  readonly hash: HashName | null
  readonly algorithm: SignatureAlgorithm | null
  readonly key: PublicKeyKind | null
  /** The claimed signing-time attribute, ms since 1970. PAdES signatures have none. */
  readonly signingTime: number | null
}

export interface Expectation {
  /** The OID that the encapsulated content must have. */
  readonly contentType: string
  /** Whether the content stands inside. */
  readonly attached: boolean
  /** Hash of the content, wherever it stands. */
  readonly digest: (hash: HashName) => Promise<Uint8Array>
}

/**
 * Checks a detached signature over a document, as `adbe.pkcs7.detached` and `ETSI.CAdES.detached` are.
 * @param signedBytesDigest hash of the bytes that the ByteRange covers
 * Never rejects, unless `signedBytesDigest` or `crypto.digest` does.
 */
export function verifySignedData(
  content: SignedDataContent,
  signedBytesDigest: (hash: HashName) => Promise<Uint8Array>,
  crypto: PkiCrypto,
): Promise<CmsVerification> {
  return verifySigner(content, { contentType: CONTENT_TYPE.data, attached: false, digest: signedBytesDigest }, crypto)
}

/** Checks the one signer of any SignedData against what its use demands; timestamp tokens come this way too. */
export async function verifySigner(
  content: SignedDataContent,
  expected: Expectation,
  crypto: PkiCrypto,
): Promise<CmsVerification> {
  const { signer: info } = content
  const reasons = new Set<CmsReason>(content.findings)
  const add = (...more: readonly CmsReason[]): void => more.forEach((reason) => reasons.add(reason))

  if (content.contentType !== expected.contentType) add('content-type-unexpected')
  if (!expected.attached && content.content !== null) add('content-attached')
  if (expected.attached && content.content === null) add('content-missing')
  add(...judgeVersion(content))

  const { hash, algorithm, reasons: algorithmReasons } = judgeAlgorithms(content)
  add(...algorithmReasons)

  if (info.signedAttributes === null) add('signed-attributes-missing')
  const digest = hash === null ? null : await expected.digest(hash)
  const judged = judgeAttributes(info, content.contentType, digest)
  add(...judged.reasons)

  const { signer, reasons: signerReasons } = judgeSigner(content)
  add(...signerReasons)
  const key = signer === null ? null : publicKeyKind(signer.spki)
  const result = { signer, hash, algorithm, key, signingTime: judged.signingTime }
  if (signer !== null) add(...judgeKey(key, algorithm))

  const signed = info.signedAttributes?.signed
  if (signer !== null && algorithm !== null && signed !== undefined) {
    const valid = await crypto.verify({ algorithm, spki: signer.spki, signature: info.signature, data: signed })
    if (!valid) add('signature-invalid')
  }
  return { reasons: [...reasons], ...result }
}

/** RFC 5652 §5.1 and §5.3; products differ, so a wrong number is noted and no more. */
function judgeVersion({ version, signer }: SignedDataContent): readonly CmsReason[] {
  const fitting = signer.identifier.kind === 'issuer-and-serial' ? 1 : 3
  return signer.version !== fitting || version < 1 || version > 5 ? ['version-unexpected'] : []
}

/** MD5 and what is older: known by number only to be called weak. */
function judgeAlgorithms(content: SignedDataContent): {
  readonly hash: HashName | null
  readonly algorithm: SignatureAlgorithm | null
  readonly reasons: readonly CmsReason[]
} {
  const { signer } = content
  const reasons: CmsReason[] = []
  const hash = hashOf(signer.digestAlgorithm)
  if (hash === null) reasons.push('digest-algorithm-unknown')
  if (hash === null ? BROKEN_HASHES.has(signer.digestAlgorithm.oid) : hash === 'sha1') reasons.push('hash-weak')
  if (!content.digestAlgorithms.some(({ oid }) => oid === signer.digestAlgorithm.oid)) {
    reasons.push('digest-algorithm-unlisted')
  }
  const algorithm = signatureAlgorithmOf(signer.signatureAlgorithm, hash)
  if (algorithm === null) return { hash, algorithm, reasons: [...reasons, 'signature-algorithm-unknown'] }
  const signatureHash = algorithm.kind === 'ed25519' ? 'sha512' : algorithm.hash
  if (hash !== null && hash !== signatureHash) reasons.push('digest-algorithm-mismatch')
  if (signatureHash === 'sha1') reasons.push('hash-weak')
  return { hash, algorithm, reasons }
}

const BROKEN_HASHES: ReadonlySet<string> = new Set(['1.2.840.113549.2.2', '1.2.840.113549.2.4', '1.2.840.113549.2.5'])

/** The signer's certificate by name and number or key identifier, and what the signing-certificate attribute says to it. */
function judgeSigner(content: SignedDataContent): {
  readonly signer: Certificate | null
  readonly reasons: readonly CmsReason[]
} {
  const { identifier, signedAttributes } = content.signer
  const named = content.certificates.filter((certificate) => isNamed(identifier, certificate))
  const claims = readSigningCertificate(signedAttributes?.attributes ?? [])
  const reasons: CmsReason[] = []
  if (claims === 'missing' && signedAttributes !== null) reasons.push('ess-missing')
  if (claims === 'malformed') reasons.push('attribute-malformed')
  const list = typeof claims === 'string' ? [] : claims
  const [first] = named
  if (first === undefined) return { signer: null, reasons: [...reasons, 'signer-certificate-missing'] }
  const claimed = list.length === 0 ? undefined : named.find((one) => list.every((claim) => claimMatches(claim, one)))
  const different = named.some((one) => !sameBytes(one.raw, first.raw))
  if (different && claimed === undefined) reasons.push('signer-certificate-ambiguous')
  const signer = claimed ?? first
  for (const claim of list) reasons.push(...judgeClaim(claim, signer))
  return { signer, reasons }
}

function isNamed(identifier: SignerIdentifier, certificate: Certificate): boolean {
  if (identifier.kind === 'issuer-and-serial') {
    return identifier.serialNumber === certificate.serialNumber && sameName(identifier.issuer, certificate.issuer)
  }
  const extension = certificate.extensions.get(EXTENSION.subjectKeyIdentifier)
  const own = extension === undefined ? null : orNull(() => readElement(extension.value, TAG.octetString).content)
  return own !== null && sameBytes(own, identifier.keyIdentifier)
}

/** Below this an RSA key can no longer be called safe (NIST SP 800-131A, and the Vietnamese standards for CAs). */
const MIN_RSA_BITS = 2048
/** Small exponents forgive broken padding checks; FIPS 186-5 §A.1.1 wants more than 2¹⁶. */
const MIN_RSA_EXPONENT = 0x1_0001n

function judgeKey(key: PublicKeyKind | null, algorithm: SignatureAlgorithm | null): readonly CmsReason[] {
  // Curves that are unknown or written out (CVE-2020-0601) are keys of nobody's making.
  if (key === null || (key.kind === 'ec' && key.curve === null)) return ['key-unknown']
  const reasons: CmsReason[] = []
  if (algorithm !== null && !keyFits(key, algorithm)) reasons.push('key-mismatch')
  if (key.kind === 'rsa' && (key.bits < MIN_RSA_BITS || BigInt(`0x${key.exponent}`) < MIN_RSA_EXPONENT)) {
    reasons.push('key-weak')
  }
  // FIPS 186-5 allows DSA no longer.
  if (key.kind === 'dsa') reasons.push('key-weak')
  return reasons
}
