// Gets a timestamp (RFC 3161) from the first service of a list that gives a right one, and says of each other what was wrong.
import { randomBytes } from 'node:crypto'
import type { Certificate } from '../../shared/pki/certificate.ts'
import type { HashName, PkiCrypto } from '../../shared/pki/crypto.ts'
import {
  provesTime,
  readTimestampResponse,
  timestampRequest,
  verifyTimestampToken,
  type TimestampFault,
  type TimestampQuestion,
} from '../../shared/pki/timestamp.ts'
import { httpPost } from './http-exchange.ts'
import { shownAddress, type Credentials, type HttpFault, type HttpLimits, type HttpLine } from './http-types.ts'

export interface TimestampService {
  readonly url: string
  /** Policy that the token must be issued under; absent: the service's own. */
  readonly policy?: string
  readonly credentials?: Credentials
}

export const TSA_CODES = [
  'tsa-unreachable',
  /** Connected, and no whole answer within the time. */
  'tsa-slow',
  /** The service says no: by its answer, or by asking who is calling. */
  'tsa-refused',
  'tsa-wrong-nonce',
  'tsa-wrong-imprint',
  /** Further from this machine's clock than the tolerance: one of the two is wrong. */
  'tsa-wrong-time',
  'tsa-wrong-policy',
  'tsa-malformed',
  /** The signature is wrong, or its certificate does not lead to an anchor, or is expired or for another purpose. */
  'tsa-untrusted',
  'tsa-aborted',
] as const
export type TsaCode = (typeof TSA_CODES)[number]

export interface TsaFailure {
  /** To be shown: `shownAddress` of the service. */
  readonly url: string
  readonly code: TsaCode
}

export type TimestampOutcome =
  | {
      readonly ok: true
      /** DER of the token, as it goes into a signature. */
      readonly token: Uint8Array
      /** ms since 1970 */
      readonly time: number
      /** `shownAddress` of the service that gave it. */
      readonly url: string
      /** The services before it in the list. */
      readonly failures: readonly TsaFailure[]
    }
  | { readonly ok: false; readonly failures: readonly TsaFailure[] }

export interface TimestampOrder {
  /** Hash of what is stamped. */
  readonly imprint: Uint8Array
  readonly hash: HashName
  /** In the order in which they are asked. */
  readonly services: readonly TimestampService[]
}

/** Whether the authority's certificate leads to an anchor, for timestamping, at that time; `path.ts` decides. */
export type AuthorityTrust = (authority: Certificate, others: readonly Certificate[], at: number) => Promise<boolean>

export interface TsaSurroundings {
  readonly line: HttpLine
  readonly crypto: PkiCrypto
  readonly trusts: AuthorityTrust
  /** ms since 1970 */
  readonly now: () => number
  readonly limits?: HttpLimits
  readonly toleranceMs?: number
}

/** A token with its chain has 2–8 kB, RSA-4096 and long chains below 20. */
export const TSA_LIMITS: HttpLimits = { connectMs: 5_000, totalMs: 15_000, maxBytes: 64 * 1024 }
/** Office clocks drift by minutes; a timestamp that is an hour off is somebody else's or the clock is set wrong. */
export const TSA_TOLERANCE_MS = 10 * 60_000
/** 64 bits: more than enough against a prepared answer, and no TSA is known to refuse it. */
const NONCE_BYTES = 8
const TYPES = { sent: 'application/timestamp-query', accepted: 'application/timestamp-reply' } as const

/** Asks one service after the other. Never rejects. An abort ends the whole list. */
export async function obtainTimestamp(order: TimestampOrder, surroundings: TsaSurroundings): Promise<TimestampOutcome> {
  const failures: TsaFailure[] = []
  for (const service of order.services) {
    const answer = await ask(service, order, surroundings)
    const url = shownAddress(service.url)
    if (answer.ok) return { ...answer, url, failures }
    failures.push({ url, code: answer.code })
    if (answer.code === 'tsa-aborted') break
  }
  return { ok: false, failures }
}

type Answer =
  | { readonly ok: true; readonly token: Uint8Array; readonly time: number }
  | { readonly ok: false; readonly code: TsaCode }

function no(code: TsaCode): Answer {
  return { ok: false, code }
}

async function ask(
  { url, policy, credentials }: TimestampService,
  { imprint, hash }: TimestampOrder,
  { line, crypto, trusts, now, limits = TSA_LIMITS, toleranceMs = TSA_TOLERANCE_MS }: TsaSurroundings,
): Promise<Answer> {
  const nonce = new Uint8Array(randomBytes(NONCE_BYTES))
  const question: TimestampQuestion = { imprint, hash, nonce, ...(policy === undefined ? {} : { policy }) }
  const result = await httpPost(url, timestampRequest(question), TYPES, limits, line, credentials ?? null)
  if (!result.ok) return no(codeOfHttp(result.fault, result.status))
  // RFC 3161 §3.4 demands the type; what comes under another is a log-in page, not a timestamp.
  if (result.contentType !== TYPES.accepted) return no('tsa-malformed')
  const answer = readTimestampResponse(result.body, question)
  if ('fault' in answer) return no(CODE_OF_FAULT[answer.fault])
  const { token, time } = answer
  if (Math.abs(time - now()) > toleranceMs) return no('tsa-wrong-time')
  const { reasons, signer } = await verifyTimestampToken(token, () => Promise.resolve(imprint), crypto)
  if (!provesTime(reasons) || signer === null) return no('tsa-untrusted')
  if (!(await trusts(signer, answer.info.cms.certificates, time))) return no('tsa-untrusted')
  return { ok: true, token, time }
}

const CODE_OF_FAULT: Readonly<Record<TimestampFault, TsaCode>> = {
  'not-a-response': 'tsa-malformed',
  refused: 'tsa-refused',
  'not-a-token': 'tsa-malformed',
  'imprint-hash-mismatch': 'tsa-wrong-imprint',
  'imprint-mismatch': 'tsa-wrong-imprint',
  'nonce-missing': 'tsa-wrong-nonce',
  'nonce-mismatch': 'tsa-wrong-nonce',
  'policy-mismatch': 'tsa-wrong-policy',
}

function codeOfHttp(fault: HttpFault, status: number): TsaCode {
  switch (fault) {
    case 'http-status':
      return status === 401 || status === 403 ? 'tsa-refused' : 'tsa-unreachable'
    case 'slow':
      return 'tsa-slow'
    case 'too-big':
      return 'tsa-malformed'
    case 'aborted':
      return 'tsa-aborted'
    case 'bad-address':
    case 'unreachable':
    case 'proxy-refused':
    case 'bad-redirect':
    case 'broken-answer':
      return 'tsa-unreachable'
  }
}
