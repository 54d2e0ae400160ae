// The entries of revocation lists (RFC 5280 §5.3): who is on one, since when and why. Lists are long, so each entry costs little.
import { bytesToHex } from '@noble/hashes/utils.js'
import { readExtensions, readSerialNumber, type Extension } from './certificate.ts'
import {
  children,
  DerFault,
  FieldReader,
  readCount,
  readElement,
  readTime,
  TAG,
  type DerElement,
} from './der-reader.ts'
import { directoryNames, readGeneralNames } from './general-names.ts'
import type { DistinguishedName } from './names.ts'
import { REVOCATION_REASONS, type RevocationReason } from './path-types.ts'

export interface CrlEntry {
  readonly serialNumber: string
  readonly revokedAt: number
  readonly reason: RevocationReason | null
  /** When the key is suspected to have been lost (§5.3.2). */
  readonly invalidAt: number | null
}

export interface CrlEntries {
  /** By `entryKey`. */
  readonly entries: ReadonlyMap<string, CrlEntry>
  /** Whether any entry has a critical extension that is unknown. */
  readonly unknownCritical: boolean
}

const ENTRY_EXTENSION = {
  reasonCode: '2.5.29.21',
  invalidityDate: '2.5.29.24',
  certificateIssuer: '2.5.29.29',
} as const
const UNDERSTOOD: ReadonlySet<string> = new Set(Object.values(ENTRY_EXTENSION))

/** Where an entry is found: the serial number counts only together with the issuer. */
export function entryKey(issuer: Pick<DistinguishedName, 'key'>, serialNumber: string): string {
  return `${serialNumber} ${issuer.key}`
}

interface Details {
  readonly reason: RevocationReason | null
  readonly invalidAt: number | null
  readonly issuer: DistinguishedName | null
  readonly unknownCritical: boolean
}
const NO_DETAILS: Details = { reason: null, invalidAt: null, issuer: null, unknownCritical: false }

/** @param indirect whether entries may name issuers of their own @throws DerFault */
export function readEntries(revoked: DerElement | null, issuer: DistinguishedName, indirect: boolean): CrlEntries {
  const entries = new Map<string, CrlEntry>()
  // Nearly all entries of a list have one of a few reasons and nothing else: the same bytes are read once.
  const known = new Map<string, Details>()
  let unknownCritical = false
  // In an indirect list an entry without a name is of the issuer of the entry before (§5.3.3).
  let current = issuer
  for (const element of revoked === null ? [] : children(revoked)) {
    const fields = new FieldReader(element)
    const serialNumber = readSerialNumber(fields.take(TAG.integer))
    const revokedAt = readTime(fields.any())
    const list = fields.optional(TAG.sequence)
    fields.end()
    const details = list === null ? NO_DETAILS : detailsOf(list, known)
    if (details.issuer !== null && !indirect) throw new DerFault('certificate issuer')
    current = details.issuer ?? current
    unknownCritical ||= details.unknownCritical
    const { reason, invalidAt } = details
    entries.set(entryKey(current, serialNumber), { serialNumber, revokedAt, reason, invalidAt })
  }
  return { entries, unknownCritical }
}

function detailsOf(list: DerElement, known: Map<string, Details>): Details {
  const key = bytesToHex(list.raw)
  const found = known.get(key)
  if (found !== undefined) return found
  const details = readDetails(readExtensions(list))
  known.set(key, details)
  return details
}

function readDetails(extensions: ReadonlyMap<string, Extension>): Details {
  const named = valueOf(extensions, ENTRY_EXTENSION.certificateIssuer)
  const reason = valueOf(extensions, ENTRY_EXTENSION.reasonCode)
  const invalid = valueOf(extensions, ENTRY_EXTENSION.invalidityDate)
  return {
    reason: reason && readReason(reason),
    invalidAt: invalid && readTime(invalid),
    issuer: named && onlyIssuer(named),
    unknownCritical: hasUnknownCritical(extensions, UNDERSTOOD),
  }
}

function onlyIssuer(element: DerElement): DistinguishedName {
  const [name, ...more] = directoryNames(readGeneralNames(element))
  if (name === undefined || more.length > 0) throw new DerFault('certificate issuer')
  return name
}

function readReason(element: DerElement): RevocationReason {
  if (element.tag !== TAG.enumerated) throw new DerFault('reason')
  const reason = REVOCATION_REASONS[readCount(element)]
  if (reason === undefined || reason === null) throw new DerFault('reason')
  return reason
}

export function hasUnknownCritical(extensions: ReadonlyMap<string, Extension>, known: ReadonlySet<string>): boolean {
  return [...extensions].some(([oid, extension]) => extension.critical && !known.has(oid))
}

/** The value of an extension, if it is there. @throws DerFault when that is no DER */
export function valueOf(extensions: ReadonlyMap<string, Extension>, oid: string): DerElement | null {
  const extension = extensions.get(oid)
  return extension === undefined ? null : readElement(extension.value)
}
