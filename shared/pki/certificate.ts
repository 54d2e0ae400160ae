// X.509 certificates (RFC 5280 §4.1) as plain data: read strictly, without any decision about trust.
import {
  children,
  contextConstructed,
  contextPrimitive,
  DerFault,
  FieldReader,
  orNull,
  readBitStringBytes,
  readBoolean,
  readCount,
  readElement,
  readIntegerHex,
  readOid,
  readTime,
  TAG,
  type DerElement,
} from './der-reader.ts'
import { isEmptyName, readName, type DistinguishedName } from './names.ts'

export interface AlgorithmIdentifier {
  readonly oid: string
  /** DER of the field, null when absent. */
  readonly parameters: Uint8Array | null
}

export interface Extension {
  readonly critical: boolean
  /** What the OCTET STRING holds. */
  readonly value: Uint8Array
}

export interface Certificate {
  /** Whole DER. */
  readonly raw: Uint8Array
  /** The exact bytes that are signed. */
  readonly tbs: Uint8Array
  readonly version: 1 | 2 | 3
  /** Lower-case hex without leading zeros, `-` before a negative one. */
  readonly serialNumber: string
  readonly signatureAlgorithm: AlgorithmIdentifier
  /** RFC 5280 §4.1.1.2 wants it equal to `signatureAlgorithm`; `parseCertificate` refuses what is not. */
  readonly tbsSignatureAlgorithm: AlgorithmIdentifier
  readonly signature: Uint8Array
  readonly issuer: DistinguishedName
  readonly subject: DistinguishedName
  /** ms since 1970; both ends belong to the span. */
  readonly notBefore: number
  readonly notAfter: number
  /** DER of SubjectPublicKeyInfo. */
  readonly spki: Uint8Array
  readonly publicKeyAlgorithm: AlgorithmIdentifier
  /** What the BIT STRING of the key holds: key identifiers and OCSP hash this. */
  readonly publicKey: Uint8Array
  readonly extensions: ReadonlyMap<string, Extension>
}

/** A certificate has 1–3 kB; with pictures in it (RFC 3709) some tens. */
export const MAX_CERTIFICATE_BYTES = 65_536
/** RFC 5280 allows 20 bytes for the serial number; CAs have been seen with more. */
const MAX_SERIAL_BYTES = 64
const MAX_EXTENSIONS = 64

/**
 * Reads one certificate (DER).
 * @returns null for what is no certificate or breaks DER: trailing bytes, doubled extensions, fields that the version does
 * not have, and a signature algorithm that is not the one inside (RFC 5280 §4.1.1.2), and for more than 64 kB
 */
export function parseCertificate(der: Uint8Array): Certificate | null {
  if (der.length > MAX_CERTIFICATE_BYTES) return null
  return orNull(() => readCertificate(readElement(der)))
}

function readCertificate(element: DerElement): Certificate {
  const outer = new FieldReader(element)
  const tbs = outer.take(TAG.sequence)
  const signatureAlgorithm = readAlgorithm(outer.take(TAG.sequence))
  const signature = readBitStringBytes(outer.take(TAG.bitString))
  outer.end()
  const body = readBody(tbs)
  if (!sameAlgorithm(body.tbsSignatureAlgorithm, signatureAlgorithm)) throw new DerFault('signature algorithm')
  return { raw: element.raw, tbs: tbs.raw, signatureAlgorithm, signature, ...body }
}

type Body = Omit<Certificate, 'raw' | 'tbs' | 'signatureAlgorithm' | 'signature'>

function readBody(tbs: DerElement): Body {
  const fields = new FieldReader(tbs)
  const version = readVersion(fields.optional(contextConstructed(0)))
  const serialNumber = readSerialNumber(fields.take(TAG.integer))
  const tbsSignatureAlgorithm = readAlgorithm(fields.take(TAG.sequence))
  const issuer = readName(fields.any())
  const validity = new FieldReader(fields.any())
  const notBefore = readTime(validity.any())
  const notAfter = readTime(validity.any())
  validity.end()
  const subject = readName(fields.any())
  const key = readPublicKey(fields.any())
  const uniqueIds = [fields.optional(contextPrimitive(1)), fields.optional(contextPrimitive(2))]
  if (version === 1 && uniqueIds.some((id) => id !== null)) throw new DerFault('unique id in version 1')
  const extensions = readOptionalExtensions(fields.optional(contextConstructed(3)))
  fields.end()
  if (version !== 3 && extensions.size > 0) throw new DerFault('extensions before version 3')
  if (isEmptyName(issuer)) throw new DerFault('issuer')
  return { version, serialNumber, tbsSignatureAlgorithm, issuer, subject, notBefore, notAfter, ...key, extensions }
}

function readVersion(element: DerElement | null): 1 | 2 | 3 {
  if (element === null) return 1
  const version = readCount(readElement(element.content, TAG.integer)) + 1
  if (version !== 1 && version !== 2 && version !== 3) throw new DerFault('version')
  return version
}

/** @throws DerFault for a number of more than 64 bytes */
export function readSerialNumber(element: DerElement): string {
  if (element.content.length > MAX_SERIAL_BYTES) throw new DerFault('long serial number')
  return readIntegerHex(element)
}

function readPublicKey(element: DerElement): Pick<Body, 'spki' | 'publicKeyAlgorithm' | 'publicKey'> {
  const fields = new FieldReader(element)
  const publicKeyAlgorithm = readAlgorithm(fields.take(TAG.sequence))
  const publicKey = readBitStringBytes(fields.take(TAG.bitString))
  fields.end()
  return { spki: element.raw, publicKeyAlgorithm, publicKey }
}

/** @throws DerFault */
export function readAlgorithm(element: DerElement): AlgorithmIdentifier {
  const fields = new FieldReader(element)
  const oid = readOid(fields.take(TAG.oid))
  const [, parameters] = children(element)
  if (parameters !== undefined) fields.any()
  fields.end()
  return { oid, parameters: parameters?.raw ?? null }
}

/** Equal to the byte, but for NULL standing where nothing stands, which CAs mix up without any meaning (RFC 4055 §2.1). */
export function sameAlgorithm(one: AlgorithmIdentifier, other: AlgorithmIdentifier): boolean {
  const [a, b] = [one, other].map(({ parameters }) => (parameters?.[0] === TAG.null ? null : parameters))
  return one.oid === other.oid && sameBytes(a ?? EMPTY, b ?? EMPTY)
}

const EMPTY = new Uint8Array()

export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index])
}

function readOptionalExtensions(element: DerElement | null): ReadonlyMap<string, Extension> {
  return element === null ? new Map() : readExtensions(readElement(element.content))
}

/** Extensions of certificates, revocation lists and their entries. @throws DerFault also for one that stands twice (§4.2) and an empty list */
export function readExtensions(element: DerElement): ReadonlyMap<string, Extension> {
  if (element.tag !== TAG.sequence) throw new DerFault('extensions')
  const list = children(element)
  if (list.length === 0 || list.length > MAX_EXTENSIONS) throw new DerFault('extensions')
  const extensions = new Map<string, Extension>()
  for (const item of list) {
    const fields = new FieldReader(item)
    const oid = readOid(fields.take(TAG.oid))
    const flag = fields.optional(TAG.boolean)
    // DEFAULT FALSE must not be written out in DER, but CAs do, and it changes nothing.
    const critical = flag !== null && readBoolean(flag)
    const value = fields.take(TAG.octetString).content
    fields.end()
    if (extensions.has(oid)) throw new DerFault('doubled extension')
    extensions.set(oid, { critical, value })
  }
  return extensions
}

/** The same certificate, to the byte. */
export function sameCertificate(one: Certificate, other: Certificate): boolean {
  return sameBytes(one.raw, other.raw)
}

/** Subject and issuer are one name (RFC 5280 §6.1): such a certificate in a path counts for no path length. */
export function isSelfIssued(certificate: Certificate): boolean {
  return certificate.subject.key === certificate.issuer.key
}
