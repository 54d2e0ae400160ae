// Certificate revocation lists (RFC 5280 §5) as plain data: complete, delta and indirect ones, read strictly.
import {
  readAlgorithm,
  readExtensions,
  readSerialNumber,
  sameAlgorithm,
  type AlgorithmIdentifier,
  type Extension,
} from './certificate.ts'
import { hasUnknownCritical, readEntries, valueOf, type CrlEntry } from './crl-entries.ts'
import {
  contextConstructed,
  contextPrimitive,
  DerFault,
  FieldReader,
  orNull,
  readBitStringBytes,
  readCount,
  readElement,
  readTime,
  TAG,
  type DerElement,
} from './der-reader.ts'
import {
  readDistributionPoints,
  readIssuingDistributionPoint,
  type IssuingDistributionPoint,
} from './distribution-points.ts'
import { readName, type DistinguishedName } from './names.ts'

export interface CertificateList {
  readonly raw: Uint8Array
  readonly tbs: Uint8Array
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly signature: Uint8Array
  readonly issuer: DistinguishedName
  readonly thisUpdate: number
  readonly nextUpdate: number | null
  readonly crlNumber: bigint | null
  /** Present in a delta list: the number of the complete list it starts from. */
  readonly baseCrlNumber: bigint | null
  readonly issuingDistributionPoint: IssuingDistributionPoint | null
  /** The value of the extension as it stands, to compare scopes by. */
  readonly scope: Uint8Array | null
  readonly authorityKeyIdentifier: Uint8Array | null
  /** A critical extension of the list or of one of its entries is unknown: the list says nothing about anyone (§5.2, §5.3). */
  readonly unknownCritical: boolean
  /** By `entryKey`: who issued the certificate, and its number. */
  readonly entries: ReadonlyMap<string, CrlEntry>
}

/** The lists of national CAs have some megabytes. */
export const MAX_CRL_BYTES = 32 * 1024 * 1024

const CRL_EXTENSION = {
  crlNumber: '2.5.29.20',
  deltaCrlIndicator: '2.5.29.27',
  issuingDistributionPoint: '2.5.29.28',
  authorityKeyIdentifier: '2.5.29.35',
  freshestCrl: '2.5.29.46',
} as const

const LIST_EXTENSIONS: ReadonlySet<string> = new Set([
  CRL_EXTENSION.crlNumber,
  CRL_EXTENSION.deltaCrlIndicator,
  CRL_EXTENSION.issuingDistributionPoint,
  CRL_EXTENSION.authorityKeyIdentifier,
  CRL_EXTENSION.freshestCrl,
])

type Extensions = ReadonlyMap<string, Extension>
const NONE: Extensions = new Map()

/**
 * Reads one list (DER).
 * @returns null for what is no list or breaks DER, for extensions whose values break their syntax, and for more than 32 MB
 */
export function parseCertificateList(der: Uint8Array): CertificateList | null {
  if (der.length > MAX_CRL_BYTES) return null
  return orNull(() => readCertificateList(readElement(der)))
}

function readCertificateList(element: DerElement): CertificateList {
  const outer = new FieldReader(element)
  const tbs = outer.take(TAG.sequence)
  const signatureAlgorithm = readAlgorithm(outer.take(TAG.sequence))
  const signature = readBitStringBytes(outer.take(TAG.bitString))
  outer.end()

  const fields = new FieldReader(tbs)
  const version = fields.optional(TAG.integer)
  if (version !== null && readCount(version) !== 1) throw new DerFault('version')
  if (!sameAlgorithm(readAlgorithm(fields.take(TAG.sequence)), signatureAlgorithm)) throw new DerFault('algorithm')
  const issuer = readName(fields.any())
  const thisUpdate = readTime(fields.any())
  const next = fields.optional(TAG.utcTime, TAG.generalizedTime)
  const revoked = fields.optional(TAG.sequence)
  const wrapped = fields.optional(contextConstructed(0))
  fields.end()
  const extensions = wrapped === null ? NONE : readExtensions(readElement(wrapped.content))
  if (version === null && wrapped !== null) throw new DerFault('extensions in version 1')

  const list = readListExtensions(extensions)
  const indirect = list.issuingDistributionPoint?.indirect === true
  const { entries, unknownCritical } = readEntries(revoked, issuer, indirect)
  return {
    raw: element.raw,
    tbs: tbs.raw,
    signatureAlgorithm,
    signature,
    issuer,
    thisUpdate,
    nextUpdate: next && readTime(next),
    ...list,
    unknownCritical: unknownCritical || hasUnknownCritical(extensions, LIST_EXTENSIONS),
    entries,
  }
}

function readListExtensions(extensions: Extensions) {
  const number = valueOf(extensions, CRL_EXTENSION.crlNumber)
  const base = valueOf(extensions, CRL_EXTENSION.deltaCrlIndicator)
  const scope = valueOf(extensions, CRL_EXTENSION.issuingDistributionPoint)
  const authority = valueOf(extensions, CRL_EXTENSION.authorityKeyIdentifier)
  const freshest = valueOf(extensions, CRL_EXTENSION.freshestCrl)
  if (freshest !== null) readDistributionPoints(freshest)
  return {
    crlNumber: number && readCrlNumber(number),
    baseCrlNumber: base && readCrlNumber(base),
    issuingDistributionPoint: scope && readIssuingDistributionPoint(scope),
    scope: scope && scope.raw,
    authorityKeyIdentifier: authority && (new FieldReader(authority).optional(contextPrimitive(0))?.content ?? null),
  }
}

/** As long as a serial number at most; §5.2.3 wants 20 bytes to be enough. */
function readCrlNumber(element: DerElement): bigint {
  const hex = element.tag === TAG.integer ? readSerialNumber(element) : '-'
  if (hex.startsWith('-')) throw new DerFault('list number')
  return BigInt(`0x${hex}`)
}
