// Certificate revocation lists (RFC 5280 §5) as plain data: complete, delta and indirect ones, read strictly.
import {
  readAlgorithm,
  readExtensions,
  readSerialNumber,
  sameAlgorithm,
  type AlgorithmIdentifier,
  type Extension,
} from './certificate.ts'
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
  readTime,
  TAG,
  type DerElement,
} from './der-reader.ts'
import {
  readDistributionPoints,
  readIssuingDistributionPoint,
  type IssuingDistributionPoint,
} from './distribution-points.ts'
import { directoryNames, readGeneralNames } from './general-names.ts'
import { readName, type DistinguishedName } from './names.ts'
import { REVOCATION_REASONS, type RevocationReason } from './path-types.ts'

export interface CrlEntry {
  readonly serialNumber: string
  readonly revokedAt: number
  readonly reason: RevocationReason | null
  /** When the key is suspected to have been lost (§5.3.2). */
  readonly invalidAt: number | null
}

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
  reasonCode: '2.5.29.21',
  invalidityDate: '2.5.29.24',
  deltaCrlIndicator: '2.5.29.27',
  issuingDistributionPoint: '2.5.29.28',
  certificateIssuer: '2.5.29.29',
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
const ENTRY_EXTENSIONS: ReadonlySet<string> = new Set([
  CRL_EXTENSION.reasonCode,
  CRL_EXTENSION.invalidityDate,
  CRL_EXTENSION.certificateIssuer,
])

type Extensions = ReadonlyMap<string, Extension>
const NONE: Extensions = new Map()

/** Where an entry is found: the serial number counts only together with the issuer. */
export function entryKey(issuer: DistinguishedName, serialNumber: string): string {
  return `${serialNumber} ${issuer.key}`
}

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
  const { entries, unknownCritical } = readEntries(revoked, issuer, list.issuingDistributionPoint?.indirect === true)
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

function readEntries(revoked: DerElement | null, issuer: DistinguishedName, indirect: boolean) {
  const entries = new Map<string, CrlEntry>()
  let unknownCritical = false
  // In an indirect list an entry without a name is of the issuer of the entry before (§5.3.3).
  let current = issuer
  for (const element of revoked === null ? [] : children(revoked)) {
    const fields = new FieldReader(element)
    const serialNumber = readSerialNumber(fields.take(TAG.integer))
    const revokedAt = readTime(fields.any())
    const list = fields.optional(TAG.sequence)
    fields.end()
    const extensions = list === null ? NONE : readExtensions(list)
    unknownCritical ||= hasUnknownCritical(extensions, ENTRY_EXTENSIONS)
    const named = valueOf(extensions, CRL_EXTENSION.certificateIssuer)
    if (named !== null) current = onlyIssuer(named, indirect)
    const reason = valueOf(extensions, CRL_EXTENSION.reasonCode)
    const invalid = valueOf(extensions, CRL_EXTENSION.invalidityDate)
    const entry = {
      serialNumber,
      revokedAt,
      reason: reason && readReason(reason),
      invalidAt: invalid && readTime(invalid),
    }
    entries.set(entryKey(current, serialNumber), entry)
  }
  return { entries, unknownCritical }
}

function onlyIssuer(element: DerElement, indirect: boolean): DistinguishedName {
  const [name, ...more] = directoryNames(readGeneralNames(element))
  if (!indirect || name === undefined || more.length > 0) throw new DerFault('certificate issuer')
  return name
}

function readReason(element: DerElement): RevocationReason {
  if (element.tag !== TAG.enumerated) throw new DerFault('reason')
  const reason = REVOCATION_REASONS[readCount(element)]
  if (reason === undefined || reason === null) throw new DerFault('reason')
  return reason
}

function hasUnknownCritical(extensions: Extensions, known: ReadonlySet<string>): boolean {
  return [...extensions].some(([oid, extension]) => extension.critical && !known.has(oid))
}

function valueOf(extensions: Extensions, oid: string): DerElement | null {
  const extension = extensions.get(oid)
  return extension === undefined ? null : readElement(extension.value)
}
