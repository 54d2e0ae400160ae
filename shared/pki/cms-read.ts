// SignedData of CMS (RFC 5652 §5) as plain data: everything as it stands in the file, nothing decided.
import {
  parseCertificate,
  readAlgorithm,
  readSerialNumber,
  type AlgorithmIdentifier,
  type Certificate,
} from './certificate.ts'
import { definiteCms, type RewrittenSpan } from './cms-encoding.ts'
import type { CmsReason } from './cms-reasons.ts'
import { compareEncodings } from './der.ts'
import {
  children,
  contextConstructed,
  contextPrimitive,
  DerFault,
  FieldReader,
  orNull,
  readCount,
  readElement,
  readOid,
  TAG,
  type DerElement,
} from './der-reader.ts'
import { readName, type DistinguishedName } from './names.ts'
import { CONTENT_TYPE, OCSP } from './oids.ts'

export interface CmsFault {
  readonly fault: Extract<CmsReason, 'too-large' | 'not-cms' | 'not-signed-data' | 'no-signer' | 'several-signers'>
}

export interface Attribute {
  readonly oid: string
  /** DER of each value. */
  readonly values: readonly Uint8Array[]
}

export type SignerIdentifier =
  | { readonly kind: 'issuer-and-serial'; readonly issuer: DistinguishedName; readonly serialNumber: string }
  | { readonly kind: 'key-identifier'; readonly keyIdentifier: Uint8Array }

export interface SignerInfo {
  readonly version: number
  readonly identifier: SignerIdentifier
  readonly digestAlgorithm: AlgorithmIdentifier
  /** `signed`: the very bytes of the file with the tag of a SET OF (RFC 5652 §5.4). Null: there are none. */
  readonly signedAttributes: { readonly signed: Uint8Array; readonly attributes: readonly Attribute[] } | null
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly signature: Uint8Array
  readonly unsignedAttributes: readonly Attribute[]
}

export interface SignedDataContent {
  /** The whole message with definite lengths: as it came, unless it came in BER. */
  readonly raw: Uint8Array
  readonly version: number
  readonly digestAlgorithms: readonly AlgorithmIdentifier[]
  readonly contentType: string
  /** What stands inside; null for a detached signature. */
  readonly content: Uint8Array | null
  /** Those that can be read, in the order of the file. */
  readonly certificates: readonly Certificate[]
  /** DER of CertificateList and of OCSPResponse that stand beside the certificates (RFC 5652 §10.2.1, RFC 5940). */
  readonly crls: readonly Uint8Array[]
  readonly ocsps: readonly Uint8Array[]
  readonly signer: SignerInfo
  /** What is odd about the encoding. */
  readonly findings: readonly CmsReason[]
}

/** More than a chain; each is parsed. */
const MAX_CERTIFICATES = 256
/** Signatures have some ten attributes; with archive timestamps renewed for a century, some hundred. */
const MAX_ATTRIBUTES = 1024

/**
 * Reads the CMS of one signature: DER, or BER with indefinite lengths as other products write it.
 * The element must end where `der` ends: `cmsLength` finds that in a padded hole. Never throws.
 */
export function readSignedData(der: Uint8Array): SignedDataContent | CmsFault {
  const definite = definiteCms(der)
  if ('fault' in definite) return { fault: definite.fault === 'too-large' ? 'too-large' : 'not-cms' }
  return orNull(() => readContentInfo(definite.bytes, definite.rewritten)) ?? { fault: 'not-cms' }
}

function readContentInfo(bytes: Uint8Array, rewritten: readonly RewrittenSpan[]): SignedDataContent | CmsFault {
  const fields = new FieldReader(readElement(bytes))
  const contentType = readOid(fields.take(TAG.oid))
  if (contentType !== CONTENT_TYPE.signedData) return { fault: 'not-signed-data' }
  const body = readElement(fields.take(contextConstructed(0)).content)
  fields.end()
  return readBody(body, bytes, rewritten)
}

function readBody(
  body: DerElement,
  bytes: Uint8Array,
  rewritten: readonly RewrittenSpan[],
): SignedDataContent | CmsFault {
  const fields = new FieldReader(body)
  const version = readCount(fields.take(TAG.integer))
  const digestAlgorithms = children(fields.take(TAG.set)).map(readAlgorithm)
  const { contentType, content } = readEncapsulated(fields.take(TAG.sequence))
  const certificates = readCertificates(fields.optional(contextConstructed(0)))
  const revocation = readRevocation(fields.optional(contextConstructed(1)))
  const [signerElement, ...others] = children(fields.take(TAG.set))
  fields.end()
  if (signerElement === undefined) return { fault: 'no-signer' }
  if (others.length > 0) return { fault: 'several-signers' }

  const { signer, attributes } = readSigner(signerElement)
  const findings: CmsReason[] = []
  if (rewritten.length > 0) findings.push('encoding-ber')
  if (attributes !== null) {
    const start = attributes.raw.byteOffset - bytes.byteOffset
    const end = start + attributes.raw.length
    if (rewritten.some((span) => span.start >= start && span.start < end)) findings.push('signed-attributes-not-der')
    const members = children(attributes).map(({ raw }) => raw)
    const sorted = members.every((member, i) => compareEncodings(members[i - 1] ?? member, member) <= 0)
    if (!sorted) findings.push('signed-attributes-unsorted')
  }
  return { raw: bytes, version, digestAlgorithms, contentType, content, certificates, ...revocation, signer, findings }
}

function readEncapsulated(element: DerElement): { readonly contentType: string; readonly content: Uint8Array | null } {
  const fields = new FieldReader(element)
  const contentType = readOid(fields.take(TAG.oid))
  const wrapped = fields.optional(contextConstructed(0))
  fields.end()
  return { contentType, content: wrapped === null ? null : readElement(wrapped.content, TAG.octetString).content }
}

/** Attribute certificates and certificates that nothing can be made of are passed over: the signer's is missed where it is needed. */
function readCertificates(element: DerElement | null): Certificate[] {
  const members = element === null ? [] : children(element)
  if (members.length > MAX_CERTIFICATES) throw new DerFault('too many certificates')
  return members.map(({ raw }) => parseCertificate(raw)).filter((certificate) => certificate !== null)
}

function readRevocation(element: DerElement | null): { readonly crls: Uint8Array[]; readonly ocsps: Uint8Array[] } {
  const crls: Uint8Array[] = []
  const ocsps: Uint8Array[] = []
  for (const member of element === null ? [] : children(element)) {
    if (member.tag === TAG.sequence) crls.push(member.raw)
    if (member.tag !== contextConstructed(1)) continue
    const [format, value] = children(member)
    if (format?.tag === TAG.oid && readOid(format) === OCSP.revocationInfo && value !== undefined) ocsps.push(value.raw)
  }
  return { crls, ocsps }
}

function readSigner(element: DerElement): { readonly signer: SignerInfo; readonly attributes: DerElement | null } {
  const fields = new FieldReader(element)
  const version = readCount(fields.take(TAG.integer))
  const identifier = readIdentifier(fields.take(TAG.sequence, contextPrimitive(0)))
  const digestAlgorithm = readAlgorithm(fields.take(TAG.sequence))
  const attributes = fields.optional(contextConstructed(0))
  const signatureAlgorithm = readAlgorithm(fields.take(TAG.sequence))
  const signature = fields.take(TAG.octetString).content
  const unsigned = fields.optional(contextConstructed(1))
  fields.end()
  const signedAttributes =
    attributes === null ? null : { signed: retagged(attributes.raw), attributes: readAttributes(attributes) }
  const unsignedAttributes = unsigned === null ? [] : readAttributes(unsigned)
  const signer = {
    version,
    identifier,
    digestAlgorithm,
    signedAttributes,
    signatureAlgorithm,
    signature,
    unsignedAttributes,
  }
  return { signer, attributes }
}

function readIdentifier(element: DerElement): SignerIdentifier {
  if (element.tag !== TAG.sequence) return { kind: 'key-identifier', keyIdentifier: element.content }
  const fields = new FieldReader(element)
  const issuer = readName(fields.any())
  const serialNumber = readSerialNumber(fields.take(TAG.integer))
  fields.end()
  return { kind: 'issuer-and-serial', issuer, serialNumber }
}

/** [0] IMPLICIT becomes the SET OF that was signed; nothing else changes, the order least of all. */
function retagged(raw: Uint8Array): Uint8Array {
  // Not `slice`: that of Node's Buffer copies nothing, and the file itself would change.
  const copy = new Uint8Array(raw)
  copy[0] = TAG.set
  return copy
}

function readAttributes(set: DerElement): Attribute[] {
  const members = children(set)
  if (members.length > MAX_ATTRIBUTES) throw new DerFault('too many attributes')
  return members.map((element) => {
    const fields = new FieldReader(element)
    const oid = readOid(fields.take(TAG.oid))
    const values = children(fields.take(TAG.set)).map(({ raw }) => raw)
    fields.end()
    return { oid, values }
  })
}
