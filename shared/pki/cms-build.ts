// CMS SignedData as PAdES wants it (ETSI EN 319 142-1 §4, RFC 5652): what is signed, the whole, and a timestamp put in later.
import { hashIdentifier, signatureIdentifier } from './algorithms.ts'
import { parseCertificate, type Certificate } from './certificate.ts'
import { readSignedData } from './cms-read.ts'
import { issuerAndSerial, signingCertificateV2 } from './cms-signing-certificate.ts'
import type { HashName, SignatureAlgorithm } from './crypto.ts'
import {
  derContext,
  derInteger,
  derNull,
  derOctetString,
  derOid,
  derSequence,
  derSetOf,
  derTagged,
  sortSetOf,
} from './der.ts'
import { children, contextConstructed, readElement, TAG, type DerElement } from './der-reader.ts'
import { ATTRIBUTE, CONTENT_TYPE, SIGNATURE } from './oids.ts'

export interface SignedAttributesInput {
  /** Over the bytes that the ByteRange covers. */
  readonly digest: Uint8Array
  readonly digestAlgorithm: HashName
  /** The signer's, DER. */
  readonly certificate: Uint8Array
}

/**
 * The signed attributes as they are signed: DER of SET OF, tag 0x31. They are content-type, message-digest and
 * signing-certificate-v2; PAdES forbids signing-time, the claimed time stands in `/M` (EN 319 142-1 §5.3).
 * @throws RangeError for what is no certificate, a mistake of the caller
 */
export function signedAttributes(input: SignedAttributesInput): Uint8Array {
  const certificate = required(input.certificate)
  return derSetOf([
    attribute(ATTRIBUTE.contentType, derOid(CONTENT_TYPE.data)),
    attribute(ATTRIBUTE.messageDigest, derOctetString(input.digest)),
    attribute(ATTRIBUTE.signingCertificateV2, signingCertificateV2(certificate)),
  ])
}

export interface SignedDataInput {
  readonly certificate: Uint8Array
  /** Certificates above it, DER; the order is DER's in the end. */
  readonly chain: readonly Uint8Array[]
  readonly digestAlgorithm: HashName
  /** From `signedAttributes`. */
  readonly signedAttributes: Uint8Array
  readonly signatureAlgorithm: SignatureAlgorithm
  readonly signature: Uint8Array
  /** RFC 3161 token over `signature`. */
  readonly timestampToken: Uint8Array | null
}

/**
 * ContentInfo with a detached SignedData, version 1, one SignerInfo.
 * @throws RangeError for what is no certificate, and for a signature algorithm with another hash than `digestAlgorithm`
 */
export function buildSignedData(input: SignedDataInput): Uint8Array {
  const certificate = required(input.certificate)
  const { signatureAlgorithm, digestAlgorithm } = input
  // RFC 8419 §3.1: with signed attributes Ed25519 goes with SHA-512; everything else names its hash itself.
  const hash = signatureAlgorithm.kind === 'ed25519' ? 'sha512' : signatureAlgorithm.hash
  if (hash !== digestAlgorithm) throw new RangeError('one hash for attributes and signature')
  const { issuer, serialNumber } = issuerAndSerial(certificate)
  const signerInfo = derSequence(
    derInteger(1),
    derSequence(issuer, serialNumber),
    hashIdentifier(digestAlgorithm),
    derContext(0, readElement(input.signedAttributes, TAG.set).content),
    signerSignatureIdentifier(signatureAlgorithm),
    derOctetString(input.signature),
    ...(input.timestampToken === null ? [] : [derContext(1, timestampAttribute(input.timestampToken))]),
  )
  const signedData = derSequence(
    derInteger(1),
    derSetOf([hashIdentifier(digestAlgorithm)]),
    derSequence(derOid(CONTENT_TYPE.data)),
    derContext(0, ...sortSetOf(withoutDoubles([input.certificate, ...input.chain]))),
    derSetOf([signerInfo]),
  )
  return derSequence(derOid(CONTENT_TYPE.signedData), derContext(0, signedData))
}

/** RFC 5754 §3.2: verifiers must know rsaEncryption for PKCS #1 v1.5, the longer names are a choice. */
function signerSignatureIdentifier(algorithm: SignatureAlgorithm): Uint8Array {
  if (algorithm.kind === 'rsa-pkcs1') return derSequence(derOid(SIGNATURE.rsaEncryption), derNull())
  return signatureIdentifier(algorithm)
}

/**
 * The same CMS with a timestamp token among the unsigned attributes of its SignerInfo. Also for
 * CMS of other products: what is signed stays the same bytes, indefinite lengths around it become definite.
 * @returns null where `cms` is no CMS with one signer, where its signed attributes are not in DER (they could not be kept), or
 *   where `token` is no CMS
 */
export function addTimestamp(cms: Uint8Array, token: Uint8Array): Uint8Array | null {
  const content = readSignedData(cms)
  if ('fault' in content || content.findings.includes('signed-attributes-not-der')) return null
  const tokenContent = readSignedData(token)
  if ('fault' in tokenContent) return null
  const addition = timestampAttribute(tokenContent.raw)
  const contentInfo = children(readElement(content.raw))
  return derSequence(
    ...contentInfo.map((field) => (field.tag === TAG.oid ? field.raw : withTimestamp(field, addition))),
  )
}

/** [0] EXPLICIT SignedData with `addition` in its SignerInfo; that is the only member of the last field. */
function withTimestamp(wrapped: DerElement, addition: Uint8Array): Uint8Array {
  const fields = children(readElement(wrapped.content))
  const rebuilt = fields.map((field, index) => {
    if (index < fields.length - 1) return field.raw
    return derTagged(TAG.set, ...children(field).map((signerInfo) => withAttribute(signerInfo, addition)))
  })
  return derContext(0, derSequence(...rebuilt))
}

function withAttribute(signerInfo: DerElement, addition: Uint8Array): Uint8Array {
  const fields = children(signerInfo)
  const isUnsigned = ({ tag }: DerElement): boolean => tag === contextConstructed(1)
  const kept = fields.filter((field) => !isUnsigned(field)).map(({ raw }) => raw)
  const members = fields.filter(isUnsigned).flatMap((field) => children(field).map(({ raw }) => raw))
  return derSequence(...kept, derContext(1, ...sortSetOf([...members, addition])))
}

function attribute(oid: string, value: Uint8Array): Uint8Array {
  return derSequence(derOid(oid), derSetOf([value]))
}

function timestampAttribute(token: Uint8Array): Uint8Array {
  return attribute(ATTRIBUTE.timeStampToken, token)
}

function required(der: Uint8Array): Certificate {
  const certificate = parseCertificate(der)
  if (certificate === null) throw new RangeError('not a certificate')
  return certificate
}

/** A chain often begins with the signer's own certificate. */
function withoutDoubles(ders: readonly Uint8Array[]): Uint8Array[] {
  const key = (der: Uint8Array): string => der.join()
  return [...new Map(ders.map((der) => [key(der), der])).values()]
}
