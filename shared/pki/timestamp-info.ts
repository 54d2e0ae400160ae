// TSTInfo (RFC 3161 §2.4.2): what a time-stamping authority says, as plain data.
import { hashOf } from './algorithms.ts'
import { readAlgorithm, readExtensions, readSerialNumber } from './certificate.ts'
import type { HashName } from './crypto.ts'
import { checkDer, DER_LIMITS } from './der.ts'
import {
  contextConstructed,
  contextPrimitive,
  DerFault,
  FieldReader,
  orNull,
  readBoolean,
  readCount,
  readElement,
  readIntegerHex,
  readOid,
  readTime,
  TAG,
  type DerElement,
} from './der-reader.ts'
import { readGeneralName, type GeneralName } from './general-names.ts'

export interface TimestampInfo {
  readonly policy: string
  /** Null: one that we do not compute. */
  readonly hash: HashName | null
  readonly imprint: Uint8Array
  readonly serialNumber: string
  /** genTime, ms since 1970; what is finer is cut off. */
  readonly time: number
  /** The true time lies within this many ms of `time`; null: nothing said. */
  readonly accuracy: number | null
  readonly ordering: boolean
  /** Hex as of a number, without leading zeros. */
  readonly nonce: string | null
  readonly authority: GeneralName | null
  /** Whether an extension that nobody here knows insists on being known; RFC 3161 defines none. */
  readonly criticalExtension: boolean
}

/** TSTInfo has a few hundred bytes. */
const MAX_INFO_BYTES = 65_536

/** Reads the content of a timestamp token; null for what is none. */
export function readTimestampInfo(der: Uint8Array): TimestampInfo | null {
  if (der.length > MAX_INFO_BYTES || checkDer(der, { ...DER_LIMITS, elements: 4096 }).fault !== null) return null
  return orNull(() => readInfo(new FieldReader(readElement(der))))
}

function readInfo(fields: FieldReader): TimestampInfo {
  if (readCount(fields.take(TAG.integer)) !== 1) throw new DerFault('version')
  const policy = readOid(fields.take(TAG.oid))
  const { hash, imprint } = readImprint(fields.take(TAG.sequence))
  const serialNumber = readSerialNumber(fields.take(TAG.integer))
  const time = readPreciseTime(fields.take(TAG.generalizedTime))
  const accuracy = fields.optional(TAG.sequence)
  const ordering = fields.optional(TAG.boolean)
  const nonce = fields.optional(TAG.integer)
  const authority = fields.optional(contextConstructed(0))
  const extensions = fields.optional(contextConstructed(1))
  fields.end()
  return {
    policy,
    hash,
    imprint,
    serialNumber,
    time,
    accuracy: accuracy === null ? null : readAccuracy(new FieldReader(accuracy)),
    ordering: ordering !== null && readBoolean(ordering),
    nonce: nonce === null ? null : readIntegerHex(nonce),
    authority: authority === null ? null : readGeneralName(readElement(authority.content)),
    criticalExtension:
      extensions !== null && [...readExtensions({ ...extensions, tag: TAG.sequence }).values()].some((e) => e.critical),
  }
}

function readImprint(element: DerElement): Pick<TimestampInfo, 'hash' | 'imprint'> {
  const fields = new FieldReader(element)
  const hash = hashOf(readAlgorithm(fields.take(TAG.sequence)))
  const imprint = fields.take(TAG.octetString).content
  fields.end()
  return { hash, imprint }
}

const PRECISE_TIME = /^(\d{14})(?:\.(\d{1,9}))?Z$/

/** GeneralizedTime with a fraction of seconds, which certificates do not know but timestamps do. */
function readPreciseTime(element: DerElement): number {
  const [, digits, fraction = '0'] = PRECISE_TIME.exec(String.fromCharCode(...element.content.subarray(0, 32))) ?? []
  if (digits === undefined) throw new DerFault('time')
  const content = Uint8Array.from(`${digits}Z`, (sign) => sign.charCodeAt(0))
  return readTime({ ...element, content }) + Math.floor(Number(`0.${fraction}`) * 1000)
}

/** In ms, rounded up: it is how wrong the time may be. */
function readAccuracy(fields: FieldReader): number {
  const seconds = fields.optional(TAG.integer)
  const [millis, micros] = [fields.optional(contextPrimitive(0)), fields.optional(contextPrimitive(1))]
  fields.end()
  const count = (element: DerElement | null): number =>
    element === null ? 0 : readCount({ ...element, tag: TAG.integer })
  return count(seconds) * 1000 + count(millis) + Math.ceil(count(micros) / 1000)
}
