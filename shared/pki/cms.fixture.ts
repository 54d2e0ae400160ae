// Certificates, signatures, timestamp tokens and OCSP answers for tests, each with the one thing wrong that a test is about.
import { hashIdentifier, hashNow, signatureIdentifier } from './algorithms.ts'
import { parseCertificate } from './certificate.ts'
import { signingCertificateV2 } from './cms-signing-certificate.ts'
import type { HashName, SignatureAlgorithm } from './crypto.ts'
import {
  derBitString,
  derBoolean,
  derContext,
  derContextPrimitive,
  derGeneralizedTime,
  derInteger,
  derNull,
  derOctetString,
  derOid,
  derSequence,
  derSetOf,
  derTagged,
  derUnsigned,
  derUtcTime,
  sortSetOf,
} from './der.ts'
import { ATTRIBUTE, CONTENT_TYPE, DIGEST, OCSP } from './oids.ts'

/** Keys come from the test: this side has no chance and no mathematics. */
export interface TestKey {
  readonly spki: Uint8Array
  readonly algorithm: SignatureAlgorithm
  readonly sign: (data: Uint8Array) => Uint8Array
}

/** Node's key pairs and its `sign`, as much of them as is needed. */
interface KeyPair<Key> {
  readonly publicKey: { export(options: { format: 'der'; type: 'spki' }): Uint8Array }
  readonly privateKey: Key
}
type Sign<Key> = (
  hash: string | null,
  data: Uint8Array,
  key: { key: Key; dsaEncoding: 'der'; padding?: number; saltLength?: number },
) => Uint8Array

const RSA_PKCS1_PSS_PADDING = 6

export function testKey<Key>(sign: Sign<Key>, pair: KeyPair<Key>, algorithm: SignatureAlgorithm): TestKey {
  const hash = algorithm.kind === 'ed25519' ? null : algorithm.hash
  const pss = algorithm.kind === 'rsa-pss' ? { padding: RSA_PKCS1_PSS_PADDING, saltLength: algorithm.saltLength } : {}
  return {
    spki: new Uint8Array(pair.publicKey.export({ format: 'der', type: 'spki' })),
    algorithm,
    sign: (data) => new Uint8Array(sign(hash, data, { key: pair.privateKey, dsaEncoding: 'der', ...pss })),
  }
}

export const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (sign) => sign.charCodeAt(0))

export function nameOf(commonName: string): Uint8Array {
  return derSequence(derSetOf([derSequence(derOid('2.5.4.3'), derTagged(0x0c, bytesOf(commonName)))]))
}

export interface CertificateParts {
  readonly subject: string
  readonly issuer?: string
  readonly serial?: number
  readonly key: TestKey
  readonly issuerKey?: TestKey
  /** Adds a subjectKeyIdentifier. */
  readonly keyIdentifier?: Uint8Array
}

export function makeCertificate(parts: CertificateParts): Uint8Array {
  const { subject, key, issuer = 'Test CA', serial = 7, issuerKey = key, keyIdentifier } = parts
  const algorithm = signatureIdentifier(issuerKey.algorithm)
  const extension =
    keyIdentifier === undefined ? [] : [derSequence(derOid('2.5.29.14'), derOctetString(derOctetString(keyIdentifier)))]
  const tbs = derSequence(
    derContext(0, derInteger(2)),
    derInteger(serial),
    algorithm,
    nameOf(issuer),
    derSequence(derUtcTime(Date.UTC(2026, 0, 1)), derUtcTime(Date.UTC(2036, 0, 1))),
    nameOf(subject),
    key.spki,
    ...extension.map((one) => derContext(3, derSequence(one))),
  )
  return derSequence(tbs, algorithm, derBitString(issuerKey.sign(tbs)))
}

export const attribute = (oid: string, ...values: readonly Uint8Array[]): Uint8Array =>
  derSequence(derOid(oid), derTagged(0x31, ...values))

export interface CmsParts {
  readonly certificate: Uint8Array
  readonly key: TestKey
  readonly hash?: HashName
  /** What is signed about. */
  readonly document?: Uint8Array
  readonly contentType?: string
  /** Stands inside. */
  readonly content?: Uint8Array | null
  /** In place of the three that belong there; null: none at all. */
  readonly attributes?: readonly Uint8Array[] | null
  readonly moreAttributes?: readonly Uint8Array[]
  readonly unsorted?: boolean
  /** Null: the field is missing. */
  readonly certificates?: readonly Uint8Array[] | null
  readonly revocation?: readonly Uint8Array[]
  readonly identifier?: Uint8Array
  readonly digestIdentifier?: Uint8Array
  readonly listedDigests?: readonly Uint8Array[]
  readonly signatureAlgorithm?: Uint8Array
  readonly signature?: Uint8Array
  readonly unsigned?: readonly Uint8Array[]
  readonly signerVersion?: number
  readonly signers?: number
}

export function standardAttributes(parts: CmsParts): Uint8Array[] {
  const { hash = 'sha256', document = bytesOf('document'), contentType = CONTENT_TYPE.data, content } = parts
  const certificate = parseCertificate(parts.certificate)
  if (certificate === null) throw new Error('not a certificate')
  return [
    attribute(ATTRIBUTE.contentType, derOid(contentType)),
    attribute(ATTRIBUTE.messageDigest, derOctetString(hashNow(hash, content ?? document))),
    attribute(ATTRIBUTE.signingCertificateV2, signingCertificateV2(certificate)),
  ]
}

export function makeCms(parts: CmsParts): Uint8Array {
  const { key, hash = 'sha256', contentType = CONTENT_TYPE.data, content = null, signers = 1 } = parts
  const certificate = parseCertificate(parts.certificate)
  if (certificate === null) throw new Error('not a certificate')
  const given = parts.attributes === undefined ? standardAttributes(parts) : parts.attributes
  const listed = given === null ? null : [...given, ...(parts.moreAttributes ?? [])]
  const attributes = listed === null ? null : parts.unsorted === true ? sortSetOf(listed).reverse() : sortSetOf(listed)
  const signedBytes =
    attributes === null ? (content ?? parts.document ?? bytesOf('document')) : derTagged(0x31, ...attributes)
  const digestIdentifier = parts.digestIdentifier ?? hashIdentifier(hash)
  const signer = derSequence(
    derInteger(parts.signerVersion ?? 1),
    parts.identifier ?? derSequence(certificate.issuer.raw, derUnsigned(hexBytes(certificate.serialNumber))),
    digestIdentifier,
    ...(attributes === null ? [] : [derContext(0, ...attributes)]),
    parts.signatureAlgorithm ?? signatureIdentifier(key.algorithm),
    derOctetString(parts.signature ?? key.sign(signedBytes)),
    ...(parts.unsigned === undefined ? [] : [derContext(1, ...parts.unsigned)]),
  )
  const signedData = derSequence(
    derInteger(contentType === CONTENT_TYPE.data ? 1 : 3),
    derSetOf(parts.listedDigests ?? [digestIdentifier]),
    derSequence(derOid(contentType), ...(content === null ? [] : [derContext(0, derOctetString(content))])),
    ...(parts.certificates === null ? [] : [derContext(0, ...(parts.certificates ?? [parts.certificate]))]),
    ...(parts.revocation === undefined ? [] : [derContext(1, ...parts.revocation)]),
    derTagged(0x31, ...Array.from({ length: signers }, () => signer)),
  )
  return derSequence(derOid(CONTENT_TYPE.signedData), derContext(0, signedData))
}

function hexBytes(hex: string): Uint8Array {
  const even = hex.length % 2 === 0 ? hex : `0${hex}`
  return Uint8Array.from(even.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

export interface InfoParts {
  readonly stamped: Uint8Array
  readonly hash?: HashName
  readonly hashIdentifier?: Uint8Array
  readonly version?: number
  readonly policy?: string
  /** As GeneralizedTime has it. */
  readonly time?: string
  readonly nonce?: Uint8Array | null
  readonly accuracy?: Uint8Array
  readonly authority?: Uint8Array
  readonly criticalExtension?: boolean
}

/** TSTInfo. */
export function makeInfo(parts: InfoParts): Uint8Array {
  const { stamped, hash = 'sha256', nonce = Uint8Array.of(1, 2), time = '20261122122310Z' } = parts
  return derSequence(
    derInteger(parts.version ?? 1),
    derOid(parts.policy ?? '1.2.3.4'),
    derSequence(parts.hashIdentifier ?? hashIdentifier(hash), derOctetString(hashNow(hash, stamped))),
    derInteger(99),
    derTagged(0x18, bytesOf(time)),
    ...(parts.accuracy === undefined ? [] : [parts.accuracy]),
    ...(nonce === null ? [] : [derUnsigned(nonce)]),
    ...(parts.authority === undefined ? [] : [derContext(0, parts.authority)]),
    ...(parts.criticalExtension === undefined
      ? []
      : [derContext(1, derSequence(derOid('1.2.3'), ...critical(parts.criticalExtension), derOctetString(derNull())))]),
  )
}

const critical = (value: boolean): Uint8Array[] => (value ? [derBoolean(true)] : [])

export function makeToken(parts: CmsParts, info: InfoParts | Uint8Array): Uint8Array {
  const content = info instanceof Uint8Array ? info : makeInfo(info)
  return makeCms({ contentType: CONTENT_TYPE.tstInfo, content, signerVersion: 1, ...parts })
}

export interface OcspParts {
  readonly key: TestKey
  readonly certId: Uint8Array
  /** DER of CertStatus; good unless given. */
  readonly status?: Uint8Array
  readonly responder: Uint8Array
  readonly nonce?: Uint8Array
  readonly nextUpdate?: number
  readonly certificates?: readonly Uint8Array[]
  readonly version?: number
  readonly more?: readonly Uint8Array[]
}

export const THIS_UPDATE = Date.UTC(2026, 10, 20)

export function makeSingleResponse(
  certId: Uint8Array,
  status = derContextPrimitive(0, new Uint8Array(0)),
  next?: number,
) {
  return derSequence(
    certId,
    status,
    derGeneralizedTime(THIS_UPDATE),
    ...(next === undefined ? [] : [derContext(0, derGeneralizedTime(next))]),
  )
}

/** BasicOCSPResponse. */
export function makeBasicResponse(parts: OcspParts): Uint8Array {
  const tbs = derSequence(
    ...(parts.version === undefined ? [] : [derContext(0, derInteger(parts.version))]),
    parts.responder,
    derGeneralizedTime(THIS_UPDATE + 1000),
    derSequence(makeSingleResponse(parts.certId, parts.status, parts.nextUpdate), ...(parts.more ?? [])),
    ...(parts.nonce === undefined
      ? []
      : [derContext(1, derSequence(derSequence(derOid(OCSP.nonce), derOctetString(parts.nonce))))]),
  )
  return derSequence(
    tbs,
    signatureIdentifier(parts.key.algorithm),
    derBitString(parts.key.sign(tbs)),
    ...(parts.certificates === undefined ? [] : [derContext(0, derSequence(...parts.certificates))]),
  )
}

/** CertID from its parts, for answers about something else. */
export function makeCertId(hash: HashName, nameHash: Uint8Array, keyHash: Uint8Array, serial: number): Uint8Array {
  return derSequence(
    derSequence(derOid(DIGEST[hash]), derNull()),
    derOctetString(nameHash),
    derOctetString(keyHash),
    derInteger(serial),
  )
}
