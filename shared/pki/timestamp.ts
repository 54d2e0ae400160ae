// RFC 3161 timestamps: the question, the answer, and whether a token proves its time for something.
import { bytesToHex } from '@noble/hashes/utils.js'
import { sameBytes, type Certificate } from './certificate.ts'
import { definiteCms } from './cms-encoding.ts'
import { readSignedData, type SignedDataContent } from './cms-read.ts'
import { CMS_REASONS, type CmsReason, type CmsWeight } from './cms-reasons.ts'
import { verifySigner } from './cms-verify.ts'
import type { HashName, PkiCrypto } from './crypto.ts'
import { derBoolean, derInteger, derNull, derOctetString, derOid, derSequence, derUnsigned } from './der.ts'
import { FieldReader, orNull, readCount, readElement, readNamedBits, TAG } from './der-reader.ts'
import { sameName } from './names.ts'
import { ATTRIBUTE, CONTENT_TYPE, DIGEST } from './oids.ts'
import { readTimestampInfo, type TimestampInfo } from './timestamp-info.ts'

export interface TimestampQuestion {
  /** Hash of what the timestamp is for: a signature value, or the bytes of a ByteRange. */
  readonly imprint: Uint8Array
  readonly hash: HashName
  /** Random bytes, read as one number. */
  readonly nonce: Uint8Array
  readonly policy?: string
}

/** TimeStampReq, DER, which asks for the authority's certificate in the answer (RFC 3161 §2.4.1). */
export function timestampRequest({ imprint, hash, nonce, policy }: TimestampQuestion): Uint8Array {
  return derSequence(
    derInteger(1),
    derSequence(derSequence(derOid(DIGEST[hash]), derNull()), derOctetString(imprint)),
    ...(policy === undefined ? [] : [derOid(policy)]),
    derUnsigned(nonce),
    derBoolean(true),
  )
}

export type TimestampFault =
  | 'not-a-response'
  /** The authority says no; `failure` may say why. */
  | 'refused'
  | 'not-a-token'
  | 'imprint-hash-mismatch'
  | 'imprint-mismatch'
  | 'nonce-missing'
  | 'nonce-mismatch'
  | 'policy-mismatch'

/** PKIFailureInfo (RFC 3161 §2.4.2) by its bits. */
const FAILURES = new Map([
  [0, 'badAlg'],
  [2, 'badRequest'],
  [5, 'badDataFormat'],
  [14, 'timeNotAvailable'],
  [15, 'unacceptedPolicy'],
  [16, 'unacceptedExtension'],
  [17, 'addInfoNotAvailable'],
  [25, 'systemFailure'],
] as const)
export type TimestampFailure = NonNullable<ReturnType<(typeof FAILURES)['get']>>

export interface TimestampToken extends TimestampInfo {
  /** The token as it came. */
  readonly raw: Uint8Array
  readonly cms: SignedDataContent
  /** DER of TSTInfo: what is signed. */
  readonly content: Uint8Array
}

export type TimestampAnswer =
  | { readonly token: Uint8Array; readonly time: number; readonly info: TimestampToken }
  | { readonly fault: TimestampFault; readonly failure: TimestampFailure | null }

/**
 * Reads a TimeStampResp and compares it with the question. The signature is not checked here: `verifyTimestampToken`.
 * Never throws.
 */
export function readTimestampResponse(der: Uint8Array, expected: TimestampQuestion): TimestampAnswer {
  const fault = (code: TimestampFault, failure: TimestampFailure | null = null) => ({ fault: code, failure })
  const definite = definiteCms(der)
  const parts = 'fault' in definite ? null : orNull(() => readResponse(definite.bytes))
  if (parts === null) return fault('not-a-response')
  // 0 granted, 1 granted with modifications: the comparison below says whether they matter.
  if (parts.status > 1) return fault('refused', parts.failure)
  if (parts.token === null) return fault('not-a-response')
  const info = readTimestampToken(parts.token)
  if ('fault' in info) return fault(info.fault)
  if (info.hash !== expected.hash) return fault('imprint-hash-mismatch')
  if (!sameBytes(info.imprint, expected.imprint)) return fault('imprint-mismatch')
  if (info.nonce === null) return fault('nonce-missing')
  if (info.nonce !== nonceText(expected.nonce)) return fault('nonce-mismatch')
  if (expected.policy !== undefined && info.policy !== expected.policy) return fault('policy-mismatch')
  return { token: info.raw, time: info.time, info }
}

function nonceText(nonce: Uint8Array): string {
  return bytesToHex(nonce).replace(/^0+(?=.)/, '') || '0'
}

function readResponse(der: Uint8Array) {
  const fields = new FieldReader(readElement(der))
  const info = new FieldReader(fields.take(TAG.sequence))
  const status = readCount(info.take(TAG.integer))
  info.optional(TAG.sequence)
  const bits = info.optional(TAG.bitString)
  info.end()
  const token = fields.optional(TAG.sequence)?.raw ?? null
  fields.end()
  const named = bits === null ? [] : [...readNamedBits(bits)]
  const known = [...FAILURES].find(([bit]) => named.includes(bit))
  return { status, token, failure: known?.[1] ?? null }
}

/** Reads a token, the ContentInfo by itself. Nothing is checked. Never throws. */
export function readTimestampToken(der: Uint8Array): TimestampToken | { readonly fault: 'not-a-token' } {
  const cms = readSignedData(der)
  if ('fault' in cms || cms.content === null || cms.contentType !== CONTENT_TYPE.tstInfo)
    return { fault: 'not-a-token' }
  const { content } = cms
  const info = readTimestampInfo(content)
  return info === null ? { fault: 'not-a-token' } : { ...info, raw: der, cms, content }
}

export const TIMESTAMP_REASONS = {
  ...CMS_REASONS,
  /** RFC 3161 §2.4.2 demands the attribute in tokens. */
  'ess-missing': 'invalid',
  'not-a-token': 'invalid',
  'imprint-hash-unknown': 'invalid',
  'imprint-hash-weak': 'weak',
  /** The token is about something else. */
  'imprint-mismatch': 'invalid',
  'critical-extension': 'invalid',
  /** The authority's name in the token is not that of its certificate. */
  'authority-name-mismatch': 'notice',
} as const satisfies Record<string, CmsWeight>

export type TimestampReason = keyof typeof TIMESTAMP_REASONS

export interface TimestampVerification {
  readonly reasons: readonly TimestampReason[]
  /** Null: unreadable. */
  readonly token: TimestampToken | null
  /** The authority's certificate; its purpose (RFC 3161 §2.3) and its path are judged with `validatePath`. */
  readonly signer: Certificate | null
}

/** Whether none of the reasons takes the token's proof away. */
export function provesTime(reasons: readonly TimestampReason[]): boolean {
  return reasons.every((reason) => TIMESTAMP_REASONS[reason] !== 'invalid')
}

/**
 * Checks a token's signature, and that it is about `stamped`.
 * @param stamped hash of what must have been stamped: for a signature its value, for a document timestamp its ByteRange
 * Never rejects, unless `stamped` or `crypto.digest` does.
 */
export async function verifyTimestampToken(
  der: Uint8Array,
  stamped: (hash: HashName) => Promise<Uint8Array>,
  crypto: PkiCrypto,
): Promise<TimestampVerification> {
  const token = readTimestampToken(der)
  if ('fault' in token) return { reasons: [tokenFault(der)], token: null, signer: null }
  const { cms, hash, content } = token
  const expected = {
    contentType: CONTENT_TYPE.tstInfo,
    attached: true,
    digest: (name: HashName) => crypto.digest(name, [content]),
  }
  const { reasons: found, signer } = await verifySigner(cms, expected, crypto)
  const reasons: TimestampReason[] = [...found]
  if (hash === null) reasons.push('imprint-hash-unknown')
  else if (!sameBytes(token.imprint, await stamped(hash))) reasons.push('imprint-mismatch')
  if (hash === 'sha1') reasons.push('imprint-hash-weak')
  if (token.criticalExtension) reasons.push('critical-extension')
  if (signer !== null && token.authority?.kind === 'directory' && !sameName(token.authority.name, signer.subject)) {
    reasons.push('authority-name-mismatch')
  }
  return { reasons, token, signer }
}

/** Several signers have a code of their own; whatever else cannot be read is no token. */
function tokenFault(der: Uint8Array): CmsReason | 'not-a-token' {
  const cms = readSignedData(der)
  return 'fault' in cms && cms.fault !== 'not-cms' && cms.fault !== 'not-signed-data' ? cms.fault : 'not-a-token'
}

/** The timestamp tokens in the unsigned attributes of a signature, DER, in the order of the file. */
export function timestampsOf(cms: SignedDataContent): readonly Uint8Array[] {
  return cms.signer.unsignedAttributes
    .filter(({ oid }) => oid === ATTRIBUTE.timeStampToken)
    .flatMap((one) => one.values)
}

/** Checks every timestamp of a signature: each must be over the signature value (RFC 3161, appendix A). */
export function verifySignatureTimestamps(
  cms: SignedDataContent,
  crypto: PkiCrypto,
): Promise<readonly TimestampVerification[]> {
  const stamped = (hash: HashName): Promise<Uint8Array> => crypto.digest(hash, [cms.signer.signature])
  return Promise.all(timestampsOf(cms).map((token) => verifyTimestampToken(token, stamped, crypto)))
}
