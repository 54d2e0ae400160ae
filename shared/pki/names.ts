// Distinguished names: read as they stand, compared as RFC 5280 §7.1 says, shown as text.
import { readText } from './asn1-strings.ts'
import { children, DerFault, orNull, readElement, readOid, TAG, type DerElement } from './der-reader.ts'

export interface NameAttribute {
  readonly oid: string
  /** The text in NFC; for a value that is no character string the hex of its DER, after `#` (RFC 4514 §2.4). */
  readonly text: string
  /** Equal keys are equal values: see `comparisonKey`. */
  readonly key: string
}

/** A set of attributes; nearly always one. */
export type RelativeName = readonly NameAttribute[]

export interface DistinguishedName {
  readonly raw: Uint8Array
  /** From the root of the name downwards, as in the certificate. */
  readonly rdns: readonly RelativeName[]
  /** Equal keys are equal names in the sense of RFC 5280 §7.1. */
  readonly key: string
}

/** Names in use have fewer than ten; comparing is linear in this. */
const MAX_ATTRIBUTES = 64

export const ATTRIBUTE = {
  commonName: '2.5.4.3',
  surname: '2.5.4.4',
  serialNumber: '2.5.4.5',
  country: '2.5.4.6',
  locality: '2.5.4.7',
  state: '2.5.4.8',
  street: '2.5.4.9',
  organization: '2.5.4.10',
  organizationalUnit: '2.5.4.11',
  title: '2.5.4.12',
  givenName: '2.5.4.42',
  organizationIdentifier: '2.5.4.97',
  /** What Vietnamese CAs put MST, CCCD and CMND into (RFC 4519 §2.39). */
  userId: '0.9.2342.19200300.100.1.1',
  domainComponent: '0.9.2342.19200300.100.1.25',
  email: '1.2.840.113549.1.9.1',
} as const

/** RFC 4514 §3 short names; others are shown by their number. */
const SHORT_NAMES: ReadonlyMap<string, string> = new Map([
  [ATTRIBUTE.commonName, 'CN'],
  [ATTRIBUTE.surname, 'SN'],
  [ATTRIBUTE.serialNumber, 'serialNumber'],
  [ATTRIBUTE.country, 'C'],
  [ATTRIBUTE.locality, 'L'],
  [ATTRIBUTE.state, 'ST'],
  [ATTRIBUTE.street, 'STREET'],
  [ATTRIBUTE.organization, 'O'],
  [ATTRIBUTE.organizationalUnit, 'OU'],
  [ATTRIBUTE.title, 'title'],
  [ATTRIBUTE.givenName, 'GN'],
  [ATTRIBUTE.organizationIdentifier, 'organizationIdentifier'],
  [ATTRIBUTE.userId, 'UID'],
  [ATTRIBUTE.domainComponent, 'DC'],
  [ATTRIBUTE.email, 'E'],
])

/** Reads a Name. @returns null for bytes that are no DER of one */
export function parseName(der: Uint8Array): DistinguishedName | null {
  return orNull(() => readName(readElement(der)))
}

/** As `parseName`, inside other parsers. @throws DerFault */
export function readName(element: DerElement): DistinguishedName {
  if (element.tag !== TAG.sequence) throw new DerFault('name')
  const rdns = children(element).map(readRelativeName)
  if (rdns.flat().length > MAX_ATTRIBUTES) throw new DerFault('long name')
  return { raw: element.raw, rdns, key: rdns.map(relativeKey).join(',') }
}

/** A SET of attributes, also under another tag (`nameRelativeToCRLIssuer` is one). */
export function readRelativeName(element: DerElement): RelativeName {
  const attributes = children(element).map(readAttribute)
  if (attributes.length === 0) throw new DerFault('empty name')
  return attributes
}

function readAttribute(element: DerElement): NameAttribute {
  const [type, value, ...rest] = children(element)
  if (element.tag !== TAG.sequence || type?.tag !== TAG.oid || value === undefined || rest.length > 0) {
    throw new DerFault('attribute')
  }
  const oid = readOid(type)
  const text = STRING_TAGS.has(value.tag) ? readText(value) : null
  if (text === null) {
    const hex = `#${Array.from(value.raw, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
    return { oid, text: hex, key: JSON.stringify([oid, 'der', hex]) }
  }
  return { oid, text, key: JSON.stringify([oid, 'text', comparisonKey(text)]) }
}

const STRING_TAGS: ReadonlySet<number> = new Set([
  TAG.utf8String,
  TAG.printableString,
  TAG.ia5String,
  TAG.teletexString,
  TAG.bmpString,
  TAG.universalString,
])

/**
 * The prepared form that values are compared in (RFC 5280 §7.1, LDAP StringPrep of RFC 4518): case folded, NFKC, what
 * prints nothing left out, white space at the ends dropped and inside folded to one space. The string type plays no part.
 */
export function comparisonKey(text: string): string {
  const mapped = text.replace(/[\u00AD\u1806\u200B-\u200F\u2060-\u2064\uFEFF\uFE00-\uFE0F]/gu, '').normalize('NFKC')
  const folded = mapped.toLowerCase().normalize('NFKC')
  return folded.replace(/[\s\p{Z}]+/gu, ' ').replace(/^ | $/g, '')
}

/** The order of attributes inside one RDN has no meaning. */
function relativeKey(rdn: RelativeName): string {
  return `[${rdn
    .map((attribute) => attribute.key)
    .sort()
    .join(',')}]`
}

/** Whether two names are the same name (RFC 5280 §7.1). */
export function sameName(one: DistinguishedName, other: DistinguishedName): boolean {
  return one.key === other.key
}

/** Whether `name` lies in the subtree of `base`: its first RDNs are those of `base` (RFC 5280 §7.1). */
export function nameWithin(name: DistinguishedName, base: DistinguishedName): boolean {
  return base.rdns.every((rdn, index) => {
    const own = name.rdns[index]
    return own !== undefined && relativeKey(own) === relativeKey(rdn)
  })
}

/** `name` with one RDN more, as `nameRelativeToCRLIssuer` means it. */
export function extendName(name: DistinguishedName, rdn: RelativeName): Pick<DistinguishedName, 'rdns' | 'key'> {
  const rdns = [...name.rdns, rdn]
  return { rdns, key: rdns.map(relativeKey).join(',') }
}

/** Whether a name has no attributes, as the subject of certificates that are named by subjectAltName only. */
export function isEmptyName(name: DistinguishedName): boolean {
  return name.rdns.length === 0
}

/** The values of an attribute, from the last RDN upwards: the most special first. */
export function attributeValues(name: DistinguishedName, oid: string): readonly string[] {
  const found = name.rdns.flat().filter((attribute) => attribute.oid === oid)
  return found.map((attribute) => attribute.text).reverse()
}

export const commonName = (name: DistinguishedName): string | null =>
  attributeValues(name, ATTRIBUTE.commonName)[0] ?? null
export const organization = (name: DistinguishedName): string | null =>
  attributeValues(name, ATTRIBUTE.organization)[0] ?? null
export const nameSerialNumber = (name: DistinguishedName): string | null =>
  attributeValues(name, ATTRIBUTE.serialNumber)[0] ?? null

/**
 * One line in the order of RFC 4514 (the most special first). Signs that could fake a further attribute are escaped, and
 * so is what could turn the writing direction or break the line.
 */
export function displayName(name: DistinguishedName): string {
  return [...name.rdns]
    .reverse()
    .map((rdn) => rdn.map((a) => `${SHORT_NAMES.get(a.oid) ?? a.oid}=${escapeValue(a.text)}`).join('+'))
    .join(', ')
}

function escapeValue(text: string): string {
  return text.replace(/[\\,+"<>;=]/g, (sign) => `\\${sign}`).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, codeUnits)
}

function codeUnits(sign: string): string {
  return Array.from({ length: sign.length }, (_, i) => `\\u${sign.charCodeAt(i).toString(16).padStart(4, '0')}`).join(
    '',
  )
}
