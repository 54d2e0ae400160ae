// The messages between the application and a signing process: requests, answers, and their shapes, checked on both ends.
import { z } from 'zod'
import { HASH_NAMES } from '../../shared/pki/crypto.ts'
import { SIGNING_FAULTS } from './signing-fault.ts'

export const PROTOCOL_LIMITS = {
  /** CK_TOKEN_INFO lets a token set its own; no token takes more than this. */
  pinBytes: 255,
  /** What is signed is the DER of signed attributes: some hundred bytes. */
  dataBytes: 64 * 1024,
  certificateBytes: 64 * 1024,
  /** A certificate with its key in a file: some kilobytes. */
  softFileBytes: 1024 * 1024,
  passwordBytes: 1024,
  pathLength: 4096,
  /** Objects of one class on one token. */
  objects: 256,
  slots: 64,
} as const

const bytes = (limit: number) =>
  z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.byteLength > 0 && value.byteLength <= limit)

const text = z.string().max(1024)

/** Never a slot number: a slot keeps its number while the tokens in it change. `serial` may be empty: the label alone then names the token. */
export const tokenNameSchema = z.strictObject({ serial: text, label: text })

/** Bits of CK_TOKEN_INFO.flags in words (PKCS#11 3.0 §3.2); read without spending a try. */
export const pinStateSchema = z.enum(['ready', 'few-left', 'last-try', 'locked', 'must-change', 'not-set'])
export type PinState = z.infer<typeof pinStateSchema>

export const tokenReportSchema = z.strictObject({
  name: tokenNameSchema,
  manufacturer: text,
  model: text,
  pin: pinStateSchema,
  /** The PIN is entered on the device or in the driver's own window: CKF_PROTECTED_AUTHENTICATION_PATH. */
  pinPad: z.boolean(),
  /** In bytes; null when the token gives no believable limits. */
  pinLength: z.strictObject({ min: z.number().int(), max: z.number().int() }).nullable(),
})
export type TokenReport = z.infer<typeof tokenReportSchema>

/** `unsettled`: the driver threw, as drivers do while a card is being powered; say nothing about it yet. */
export const slotReportSchema = z.discriminatedUnion('state', [
  z.strictObject({ slot: text, description: text, state: z.enum(['empty', 'unsettled']) }),
  z.strictObject({ slot: text, description: text, state: z.literal('token'), token: tokenReportSchema }),
])
export type SlotReport = z.infer<typeof slotReportSchema>

export const rawCertificateSchema = z.strictObject({
  der: bytes(PROTOCOL_LIMITS.certificateBytes),
  label: text,
  /** Private keys usually show only after login: until then nothing can be said. */
  key: z.enum(['present', 'missing', 'mismatch', 'unknown']),
})
export type RawCertificate = z.infer<typeof rawCertificateSchema>

const id = z.number().int().nonnegative()
const session = z.string().max(64)

export const signingRequestSchema = z.discriminatedUnion('type', [
  z.strictObject({ id, type: z.literal('load'), module: z.string().min(1).max(PROTOCOL_LIMITS.pathLength) }),
  z.strictObject({ id, type: z.literal('tokens') }),
  z.strictObject({ id, type: z.literal('certificates'), token: tokenNameSchema }),
  z.strictObject({
    id,
    type: z.literal('open'),
    token: tokenNameSchema,
    /** null: NULL_PTR to C_Login, for tokens with a protected authentication path. */
    pin: bytes(PROTOCOL_LIMITS.pinBytes).nullable(),
    acceptLastTry: z.boolean(),
  }),
  z.strictObject({
    id,
    type: z.literal('sign'),
    session,
    certificate: bytes(PROTOCOL_LIMITS.certificateBytes),
    data: bytes(PROTOCOL_LIMITS.dataBytes),
    /** Nothing is signed over SHA-1 or SHA-224 any more. */
    hash: z.enum(HASH_NAMES).extract(['sha256', 'sha384', 'sha512']),
    prefer: z.enum(['pkcs1', 'pss']),
  }),
  z.strictObject({ id, type: z.literal('end'), session }),
  /** A certificate in a file (PKCS#12), in a process without a module; its session is used as a token's. */
  z.strictObject({
    id,
    type: z.literal('open-file'),
    file: bytes(PROTOCOL_LIMITS.softFileBytes),
    password: z.custom<Uint8Array>(
      (value) => value instanceof Uint8Array && value.byteLength <= PROTOCOL_LIMITS.passwordBytes,
    ),
  }),
  /** Logs out everywhere; the process is ended afterwards by its parent. */
  z.strictObject({ id, type: z.literal('close') }),
])
export type SigningRequest = z.infer<typeof signingRequestSchema>

const signatureAlgorithmSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('rsa-pkcs1'), hash: z.enum(HASH_NAMES) }),
  z.strictObject({ kind: z.literal('rsa-pss'), hash: z.enum(HASH_NAMES), saltLength: z.number().int() }),
  z.strictObject({ kind: z.literal('ecdsa'), hash: z.enum(HASH_NAMES) }),
  z.strictObject({ kind: z.literal('ed25519') }),
])

/** The value of a good answer, by the type of its request. */
export const answerValueSchemas = {
  load: z.strictObject({ description: text, manufacturer: text }),
  tokens: z.array(slotReportSchema).max(PROTOCOL_LIMITS.slots),
  certificates: z.array(rawCertificateSchema).max(PROTOCOL_LIMITS.objects),
  open: z.strictObject({ session, name: tokenNameSchema }),
  sign: z.strictObject({ algorithm: signatureAlgorithmSchema, signature: bytes(4096) }),
  end: z.null(),
  'open-file': z.strictObject({ session, certificates: z.array(rawCertificateSchema).max(PROTOCOL_LIMITS.objects) }),
  close: z.null(),
} as const

export type RequestType = SigningRequest['type']
export type AnswerValue<T extends RequestType> = z.infer<(typeof answerValueSchemas)[T]>

export const signingAnswerSchema = z.discriminatedUnion('ok', [
  z.strictObject({ id, ok: z.literal(true), value: z.unknown() }),
  z.strictObject({
    id,
    ok: z.literal(false),
    fault: z.strictObject({ code: z.enum(SIGNING_FAULTS), tried: z.boolean() }),
  }),
])
export type SigningAnswer = z.infer<typeof signingAnswerSchema>
