// Typed readers of the certificate extensions that trust decisions look at (RFC 5280 §4.2, RFC 6960 §4.2.2.2, RFC 3739).
import { readSerialNumber, type Certificate } from './certificate.ts'
import {
  children,
  contextConstructed,
  contextPrimitive,
  DerFault,
  FieldReader,
  orNull,
  readBoolean,
  readCount,
  readElement,
  readNamedBits,
  readOid,
  TAG,
  type DerElement,
} from './der-reader.ts'
import { readDistributionPoints, type DistributionPoint } from './distribution-points.ts'
import { directoryNames, readGeneralName, readGeneralNames, webAddresses, type GeneralName } from './general-names.ts'

export const EXTENSION = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  issuerAltName: '2.5.29.18',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  crlDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  policyMappings: '2.5.29.33',
  authorityKeyIdentifier: '2.5.29.35',
  policyConstraints: '2.5.29.36',
  extendedKeyUsage: '2.5.29.37',
  freshestCrl: '2.5.29.46',
  inhibitAnyPolicy: '2.5.29.54',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
  qcStatements: '1.3.6.1.5.5.7.1.3',
  ocspNoCheck: '1.3.6.1.5.5.7.48.1.5',
} as const

/** What a reader answers for an extension that is there and cannot be read: never the same as one that is absent. */
export type Unreadable = 'unreadable'
export type Read<T> = T | null | Unreadable

/** A reader of one extension: null when it is absent, `unreadable` when its value breaks its syntax. */
function reader<T>(oid: string, read: (element: DerElement) => T): (certificate: Certificate) => Read<T> {
  return (certificate) => {
    const extension = certificate.extensions.get(oid)
    if (extension === undefined) return null
    const found = orNull(() => ({ value: read(readElement(extension.value)) }))
    return found === null ? 'unreadable' : found.value
  }
}

export const KEY_USAGES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const
export type KeyUsage = (typeof KEY_USAGES)[number]

export const basicConstraints = reader(EXTENSION.basicConstraints, (element) => {
  const fields = new FieldReader(element)
  const flag = fields.optional(TAG.boolean)
  const pathLength = fields.optional(TAG.integer)
  fields.end()
  const ca = flag !== null && readBoolean(flag)
  return { ca, pathLength: pathLength && readCount(pathLength) }
})

export const keyUsage = reader(EXTENSION.keyUsage, (element): ReadonlySet<KeyUsage> => {
  if (element.tag !== TAG.bitString) throw new DerFault('key usage')
  const bits = readNamedBits(element)
  return new Set(KEY_USAGES.filter((_, index) => bits.has(index)))
})

export const KEY_PURPOSE = {
  any: '2.5.29.37.0',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  emailProtection: '1.3.6.1.5.5.7.3.4',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  ocspSigning: '1.3.6.1.5.5.7.3.9',
  /** RFC 9336. */
  documentSigning: '1.3.6.1.5.5.7.3.36',
  microsoftDocumentSigning: '1.3.6.1.4.1.311.10.3.12',
  adobeDocumentSigning: '1.2.840.113583.1.1.5',
} as const

export const extendedKeyUsage = reader(EXTENSION.extendedKeyUsage, (element): ReadonlySet<string> => {
  const purposes = listOf(element).map((purpose) => readOid(tagged(purpose, TAG.oid)))
  return new Set(purposes)
})

export const subjectKeyIdentifier = reader(
  EXTENSION.subjectKeyIdentifier,
  (element) => tagged(element, TAG.octetString).content,
)

export const authorityKeyIdentifier = reader(EXTENSION.authorityKeyIdentifier, (element) => {
  const fields = new FieldReader(element)
  const keyIdentifier = fields.optional(contextPrimitive(0))
  const issuer = fields.optional(contextConstructed(1))
  const serial = fields.optional(contextPrimitive(2))
  fields.end()
  return {
    keyIdentifier: keyIdentifier && keyIdentifier.content,
    issuer: issuer && directoryNames(readGeneralNames(issuer)),
    serialNumber: serial && readSerialNumber(serial),
  }
})

/** Policies without their qualifiers; one that stands twice is refused (§4.2.1.4). */
export const certificatePolicies = reader(EXTENSION.certificatePolicies, (element): readonly string[] => {
  const policies = listOf(element).map((policy) => {
    const fields = new FieldReader(policy)
    const oid = readOid(fields.take(TAG.oid))
    fields.optional(TAG.sequence)
    fields.end()
    return oid
  })
  if (new Set(policies).size !== policies.length) throw new DerFault('doubled policy')
  return policies
})

export interface PolicyMapping {
  readonly issuerPolicy: string
  readonly subjectPolicy: string
}

export const policyMappings = reader(EXTENSION.policyMappings, (element): readonly PolicyMapping[] =>
  listOf(element).map((mapping) => {
    const fields = new FieldReader(mapping)
    const [issuerPolicy, subjectPolicy] = [readOid(fields.take(TAG.oid)), readOid(fields.take(TAG.oid))]
    fields.end()
    return { issuerPolicy, subjectPolicy }
  }),
)

export const policyConstraints = reader(EXTENSION.policyConstraints, (element) => {
  const fields = new FieldReader(element)
  const explicit = fields.optional(contextPrimitive(0))
  const mapping = fields.optional(contextPrimitive(1))
  fields.end()
  if (explicit === null && mapping === null) throw new DerFault('empty policy constraints')
  return { requireExplicitPolicy: explicit && readCount(explicit), inhibitPolicyMapping: mapping && readCount(mapping) }
})

export const inhibitAnyPolicy = reader(EXTENSION.inhibitAnyPolicy, (element) => readCount(tagged(element, TAG.integer)))

export interface NameConstraints {
  readonly permitted: readonly GeneralName[]
  readonly excluded: readonly GeneralName[]
}

export const nameConstraints = reader(EXTENSION.nameConstraints, (element): NameConstraints => {
  const fields = new FieldReader(element)
  const [permitted, excluded] = [fields.optional(contextConstructed(0)), fields.optional(contextConstructed(1))]
  fields.end()
  if (permitted === null && excluded === null) throw new DerFault('empty name constraints')
  return { permitted: readSubtrees(permitted), excluded: readSubtrees(excluded) }
})

/** §4.2.1.10: minimum is 0 and maximum absent, in DER neither is written. */
function readSubtrees(element: DerElement | null): readonly GeneralName[] {
  if (element === null) return []
  return listOf(element).map((subtree) => {
    const fields = new FieldReader(subtree)
    const base = readGeneralName(fields.any())
    fields.end()
    return base
  })
}

export const subjectAltName = reader(EXTENSION.subjectAltName, readSequenceOfNames)
export const issuerAltName = reader(EXTENSION.issuerAltName, readSequenceOfNames)

function readSequenceOfNames(element: DerElement): readonly GeneralName[] {
  return readGeneralNames(tagged(element, TAG.sequence))
}

export const crlDistributionPoints = reader(EXTENSION.crlDistributionPoints, (element): readonly DistributionPoint[] =>
  readDistributionPoints(tagged(element, TAG.sequence)),
)
export const freshestCrl = reader(EXTENSION.freshestCrl, (element): readonly DistributionPoint[] =>
  readDistributionPoints(tagged(element, TAG.sequence)),
)

const ACCESS_METHOD = { ocsp: '1.3.6.1.5.5.7.48.1', caIssuers: '1.3.6.1.5.5.7.48.2' } as const

/** Web addresses of OCSP responders and of issuers' certificates. */
export const authorityInfoAccess = reader(EXTENSION.authorityInfoAccess, (element) => {
  const descriptions = listOf(element).map((description) => {
    const fields = new FieldReader(description)
    const [method, location] = [readOid(fields.take(TAG.oid)), readGeneralName(fields.any())]
    fields.end()
    return { method, location }
  })
  const of = (method: string): readonly string[] =>
    webAddresses(descriptions.flatMap((one) => (one.method === method ? [one.location] : [])))
  return { ocsp: of(ACCESS_METHOD.ocsp), caIssuers: of(ACCESS_METHOD.caIssuers) }
})

/** The statements' identifiers; esi4-qcs-QcCompliance and -QcSSCD (ETSI EN 319 412-5) are among the known ones. */
export const qcStatements = reader(EXTENSION.qcStatements, (element): ReadonlySet<string> => {
  const statements = listOf(element).map((statement) => readOid(new FieldReader(statement).take(TAG.oid)))
  return new Set(statements)
})

/** id-pkix-ocsp-nocheck (RFC 6960 §4.2.2.2.1): a responder's certificate that is not to be asked about. */
export const ocspNoCheck = reader(EXTENSION.ocspNoCheck, (element): true => {
  tagged(element, TAG.null)
  return true
})

/** A SEQUENCE OF with at least one member. */
function listOf(element: DerElement): readonly DerElement[] {
  const list = children(element)
  if (list.length === 0 || list.length > MAX_LIST) throw new DerFault('list')
  return list
}

/** Longest list in one extension: the widest known certificates name some hundred policies and constraints. */
const MAX_LIST = 1024

function tagged(element: DerElement, tag: number): DerElement {
  if (element.tag !== tag) throw new DerFault('unexpected tag')
  return element
}

const READERS = new Map<string, (certificate: Certificate) => unknown>([
  [EXTENSION.subjectKeyIdentifier, subjectKeyIdentifier],
  [EXTENSION.keyUsage, keyUsage],
  [EXTENSION.subjectAltName, subjectAltName],
  [EXTENSION.issuerAltName, issuerAltName],
  [EXTENSION.basicConstraints, basicConstraints],
  [EXTENSION.nameConstraints, nameConstraints],
  [EXTENSION.crlDistributionPoints, crlDistributionPoints],
  [EXTENSION.certificatePolicies, certificatePolicies],
  [EXTENSION.policyMappings, policyMappings],
  [EXTENSION.authorityKeyIdentifier, authorityKeyIdentifier],
  [EXTENSION.policyConstraints, policyConstraints],
  [EXTENSION.extendedKeyUsage, extendedKeyUsage],
  [EXTENSION.freshestCrl, freshestCrl],
  [EXTENSION.inhibitAnyPolicy, inhibitAnyPolicy],
  [EXTENSION.authorityInfoAccess, authorityInfoAccess],
  [EXTENSION.qcStatements, qcStatements],
  [EXTENSION.ocspNoCheck, ocspNoCheck],
])

/** Extensions that path validation understands: a critical one outside these makes a certificate unusable (RFC 5280 §4.2). */
export const UNDERSTOOD: ReadonlySet<string> = new Set(READERS.keys())

/** The known extensions of a certificate that cannot be read. */
export function unreadableExtensions(certificate: Certificate): readonly string[] {
  return [...READERS].flatMap(([oid, read]) => (read(certificate) === 'unreadable' ? [oid] : []))
}
