// OCSP responses (RFC 6960 §4.2) as plain data: read strictly, nothing decided.
import { hashOf } from './algorithms.ts'
import {
  parseCertificate,
  readAlgorithm,
  readExtensions,
  readSerialNumber,
  type AlgorithmIdentifier,
  type Certificate,
  type Extension,
} from './certificate.ts'
import type { HashName } from './crypto.ts'
import { checkDer, DER_LIMITS, derContext, derOctetString, derOid, derSequence, derTagged } from './der.ts'
import {
  children,
  contextConstructed,
  contextPrimitive,
  DerFault,
  FieldReader,
  orNull,
  readBitStringBytes,
  readCount,
  readElement,
  readOid,
  readTime,
  TAG,
  type DerElement,
} from './der-reader.ts'
import { readName, type DistinguishedName } from './names.ts'
import { OCSP } from './oids.ts'
import { REVOCATION_REASONS, type RevocationReason } from './path-types.ts'

/** By their numbers; 4 was never given (RFC 6960 §4.2.1). */
export const OCSP_STATUSES = [
  'successful',
  'malformedRequest',
  'internalError',
  'tryLater',
  null,
  'sigRequired',
  'unauthorized',
] as const
export type OcspStatus = NonNullable<(typeof OCSP_STATUSES)[number]>

export type ResponderId =
  | { readonly kind: 'name'; readonly name: DistinguishedName }
  /** SHA-1 of the responder's public key. */
  | { readonly kind: 'key-hash'; readonly hash: Uint8Array }

export type CertificateStatus =
  | { readonly kind: 'good' }
  /** `time` in ms since 1970. */
  | { readonly kind: 'revoked'; readonly time: number; readonly reason: RevocationReason | null }
  | { readonly kind: 'unknown' }

export interface SingleResponse {
  /** Null: one that we do not compute; such an answer matches nothing. */
  readonly hash: HashName | null
  readonly issuerNameHash: Uint8Array
  readonly issuerKeyHash: Uint8Array
  readonly serialNumber: string
  readonly status: CertificateStatus
  /** ms since 1970. */
  readonly thisUpdate: number
  readonly nextUpdate: number | null
  readonly extensions: ReadonlyMap<string, Extension>
}

export interface BasicOcspResponse {
  /** The exact bytes that are signed. */
  readonly tbs: Uint8Array
  readonly responder: ResponderId
  readonly producedAt: number
  readonly responses: readonly SingleResponse[]
  readonly nonce: Uint8Array | null
  readonly extensions: ReadonlyMap<string, Extension>
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly signature: Uint8Array
  readonly certificates: readonly Certificate[]
}

export interface OcspResponse {
  readonly raw: Uint8Array
  readonly status: OcspStatus
  /** Null exactly when the status is not `successful`. */
  readonly basic: BasicOcspResponse | null
}

/** An answer has some 2 kB, with a chain in it 6. */
export const MAX_OCSP_BYTES = 262_144
const MAX_SINGLE_RESPONSES = 1024
const MAX_CERTIFICATES = 32
/** RFC 8954 ends at 32 bytes; before it nothing was said. */
const MAX_NONCE_BYTES = 128

/** Reads one OCSPResponse (DER). Null for what is none: an unknown kind of body, bytes after it, broken DER. */
export function parseOcspResponse(der: Uint8Array): OcspResponse | null {
  if (der.length > MAX_OCSP_BYTES || checkDer(der, { ...DER_LIMITS, elements: 65_536 }).fault !== null) return null
  return orNull(() => readResponse(readElement(der)))
}

/** BasicOCSPResponse as CAdES attributes carry it, with the envelope that everything else expects (RFC 6960 §4.2.1). */
export function wrapBasicResponse(basic: Uint8Array): Uint8Array {
  const body = derSequence(derOid(OCSP.basicResponse), derOctetString(basic))
  return derSequence(derTagged(TAG.enumerated, Uint8Array.of(0)), derContext(0, body))
}

function readResponse(element: DerElement): OcspResponse {
  const fields = new FieldReader(element)
  const status = OCSP_STATUSES[readEnumerated(fields.take(TAG.enumerated))]
  if (status === null || status === undefined) throw new DerFault('status')
  const body = fields.optional(contextConstructed(0))
  fields.end()
  if (status !== 'successful') return { raw: element.raw, status, basic: null }
  if (body === null) throw new DerFault('no answer')
  const inner = new FieldReader(readElement(body.content))
  if (readOid(inner.take(TAG.oid)) !== OCSP.basicResponse) throw new DerFault('kind of answer')
  const basic = inner.take(TAG.octetString).content
  inner.end()
  // What an OCTET STRING holds was no part of the first walk.
  if (checkDer(basic, { ...DER_LIMITS, elements: 65_536 }).fault !== null) throw new DerFault('answer')
  return { raw: element.raw, status, basic: readBasic(readElement(basic)) }
}

function readBasic(element: DerElement): BasicOcspResponse {
  const outer = new FieldReader(element)
  const tbs = outer.take(TAG.sequence)
  const signatureAlgorithm = readAlgorithm(outer.take(TAG.sequence))
  const signature = readBitStringBytes(outer.take(TAG.bitString))
  const chain = outer.optional(contextConstructed(0))
  outer.end()

  const fields = new FieldReader(tbs)
  const version = fields.optional(contextConstructed(0))
  if (version !== null && readCount(readElement(version.content, TAG.integer)) !== 0) throw new DerFault('version')
  const responder = readResponder(fields.take(contextConstructed(1), contextConstructed(2)))
  const producedAt = readTime(fields.take(TAG.generalizedTime))
  const list = children(fields.take(TAG.sequence))
  const extensions = readOptionalExtensions(fields.optional(contextConstructed(1)))
  fields.end()
  if (list.length > MAX_SINGLE_RESPONSES) throw new DerFault('too many answers')
  return {
    tbs: tbs.raw,
    responder,
    producedAt,
    responses: list.map(readSingle),
    nonce: readNonce(extensions.get(OCSP.nonce)),
    extensions,
    signatureAlgorithm,
    signature,
    certificates: readCertificates(chain),
  }
}

function readResponder(element: DerElement): ResponderId {
  const inner = readElement(element.content)
  if (element.tag === contextConstructed(1)) return { kind: 'name', name: readName(inner) }
  return { kind: 'key-hash', hash: readElement(inner.raw, TAG.octetString).content }
}

function readSingle(element: DerElement): SingleResponse {
  const fields = new FieldReader(element)
  const id = new FieldReader(fields.take(TAG.sequence))
  const hash = hashOf(readAlgorithm(id.take(TAG.sequence)))
  const issuerNameHash = id.take(TAG.octetString).content
  const issuerKeyHash = id.take(TAG.octetString).content
  const serialNumber = readSerialNumber(id.take(TAG.integer))
  id.end()
  const status = readStatus(fields.take(contextPrimitive(0), contextConstructed(1), contextPrimitive(2)))
  const thisUpdate = readTime(fields.take(TAG.generalizedTime))
  const next = fields.optional(contextConstructed(0))
  const extensions = readOptionalExtensions(fields.optional(contextConstructed(1)))
  fields.end()
  const nextUpdate = next === null ? null : readTime(readElement(next.content, TAG.generalizedTime))
  return { hash, issuerNameHash, issuerKeyHash, serialNumber, status, thisUpdate, nextUpdate, extensions }
}

function readStatus(element: DerElement): CertificateStatus {
  if (element.tag !== contextConstructed(1)) {
    if (element.content.length > 0) throw new DerFault('status')
    return { kind: element.tag === contextPrimitive(0) ? 'good' : 'unknown' }
  }
  const fields = new FieldReader({ ...element, tag: TAG.sequence })
  const time = readTime(fields.take(TAG.generalizedTime))
  const reason = fields.optional(contextConstructed(0))
  fields.end()
  if (reason === null) return { kind: 'revoked', time, reason: null }
  const code = REVOCATION_REASONS[readEnumerated(readElement(reason.content, TAG.enumerated))]
  if (code === null || code === undefined) throw new DerFault('reason')
  return { kind: 'revoked', time, reason: code }
}

function readEnumerated(element: DerElement): number {
  return readCount({ ...element, tag: TAG.integer })
}

function readOptionalExtensions(element: DerElement | null): ReadonlyMap<string, Extension> {
  return element === null ? new Map() : readExtensions(readElement(element.content))
}

/** OCTET STRING in the extension's own; some responders leave the inner one out. */
function readNonce(extension: Extension | undefined): Uint8Array | null {
  if (extension === undefined) return null
  if (extension.value.length > MAX_NONCE_BYTES) throw new DerFault('long nonce')
  return orNull(() => readElement(extension.value, TAG.octetString).content) ?? extension.value
}

function readCertificates(element: DerElement | null): Certificate[] {
  const members = element === null ? [] : children(readElement(element.content, TAG.sequence))
  if (members.length > MAX_CERTIFICATES) throw new DerFault('too many certificates')
  return members.map(({ raw }) => parseCertificate(raw)).filter((certificate) => certificate !== null)
}
