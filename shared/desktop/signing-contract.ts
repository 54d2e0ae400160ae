// The bridge's calls about tokens and signing. A page chooses and hears; the PIN never crosses this contract, in either direction.
import { z } from 'zod'
import { SIGNING_ROLES } from '../pdf/sign/roles.ts'
import { LEVELS } from '../signature/report.ts'
import {
  BATCH_PHASES,
  CERTIFICATE_OBSTACLES,
  DOCUMENT_STATES,
  PIN_STATES,
  REVOCATION_CODES,
  SIGNING_CODES,
  TIMESTAMP_CODES,
  TOKEN_CODES,
} from './signing-codes.ts'

/** Upper bounds, each with its reason. */
export const SIGNING_LIMITS = {
  /** A person reads the list in the PIN window before signing it. */
  documents: 50,
  /** All documents of a batch together; they and what is signed from them lie in the memory of an office PC. */
  batchBytes: 256 * 1024 * 1024,
  nameChars: 200,
  /** A scanned signature or seal. */
  pictureBytes: 2 * 1024 * 1024,
  textChars: 500,
  /** A national list has some hundred anchors of 2 kB, see shared/pki/trust-bundle.ts. */
  anchors: 1000,
  anchorChars: 100_000,
  services: 16,
  urlChars: 2000,
  /** As the protocol of the signing process has them. */
  tokens: 64,
  modules: 256,
  certificates: 256,
  moduleChars: 4096,
} as const

const nothing = z.strictObject({})
const text = z.string().max(1024)
const time = z.iso.datetime()
const fingerprint = z.string().regex(/^[0-9a-f]{64}$/)
const pdf = z.instanceof(Uint8Array).refine(({ byteLength }) => byteLength <= SIGNING_LIMITS.batchBytes)
const batch = z.uuid()

/** As `TokenId` of electron/signing/client.ts; `module` is the path of the driver. */
export const tokenIdSchema = z.strictObject({
  module: z.string().min(1).max(SIGNING_LIMITS.moduleChars),
  serial: text,
  label: text,
})

const certificateSchema = z.strictObject({
  /** SHA-256 of the DER, lower-case hex: what `signing.start` names it by. */
  fingerprint,
  subject: z.string().max(4096),
  commonName: text.nullable(),
  organization: text.nullable(),
  issuer: z.string().max(4096),
  serialNumber: text,
  notBefore: time.nullable(),
  notAfter: time.nullable(),
  /** Empty: it can sign. */
  obstacles: z.array(z.enum(CERTIFICATE_OBSTACLES)),
  expiresSoon: z.boolean(),
  hasKey: z.enum(['yes', 'no', 'unknown']),
})

const tokenSchema = z.strictObject({
  id: tokenIdSchema,
  /** Who made the driver, as our table of drivers calls it. */
  issuer: text,
  manufacturer: text,
  model: text,
  pin: z.enum(PIN_STATES),
  pinPad: z.boolean(),
  /** The same device, seen by a driver further up in the list: offer that one. */
  duplicate: z.boolean(),
  certificates: z.array(certificateSchema).max(SIGNING_LIMITS.certificates),
  /** Why its certificates cannot be read. */
  fault: z.enum(TOKEN_CODES).nullable(),
})

const orderSchema = z.strictObject({
  role: z.enum(SIGNING_ROLES),
  certify: z.boolean(),
  /** `page` from 0; the rectangle in points of the page from its lower left corner: x1, y1, x2, y2. */
  place: z
    .strictObject({
      page: z.int().min(0).max(1_000_000),
      rectangle: z.tuple([z.number(), z.number(), z.number(), z.number()]),
    })
    .nullable(),
  /** PNG. */
  picture: z
    .instanceof(Uint8Array)
    .refine(({ byteLength }) => byteLength <= SIGNING_LIMITS.pictureBytes)
    .nullable(),
  number: z.string().max(SIGNING_LIMITS.textChars).nullable(),
  date: z.string().max(SIGNING_LIMITS.textChars).nullable(),
  copyForm: z.string().max(SIGNING_LIMITS.textChars),
  reason: z.string().max(SIGNING_LIMITS.textChars).nullable(),
  level: z.enum(LEVELS).exclude(['none']),
})

/** Whom to believe and whom to ask, as the page has it from the commune's verified settings. */
export const signingTrustSchema = z.strictObject({
  anchors: z
    .array(
      z.strictObject({
        /** DER. */
        certificate: z.base64().min(1).max(SIGNING_LIMITS.anchorChars),
        uses: z.array(z.enum(['signing', 'timestamping'])).max(2),
      }),
    )
    .max(SIGNING_LIMITS.anchors),
  /** Asked in this order. */
  timestampServices: z
    .array(
      z
        .url({ protocol: /^https?$/ })
        .max(SIGNING_LIMITS.urlChars)
        .refine((url) => !url.includes('@')),
    )
    .max(SIGNING_LIMITS.services),
})

const missingSchema = z.strictObject({
  timestamp: z.array(z.enum(TIMESTAMP_CODES)),
  revocation: z.array(z.enum(REVOCATION_CODES)),
  evidenceMissing: z.boolean(),
})

/** null: the shell shows the PIN window itself. Otherwise the page opens this address in a popup; it works once, for five minutes. */
const confirmation = z.strictObject({ confirmUrl: z.url().max(SIGNING_LIMITS.urlChars).nullable() })

export const signingContract = {
  'signing.devices': {
    request: nothing,
    response: z.strictObject({
      modules: z
        .array(z.strictObject({ name: text, status: z.enum(['ready', ...TOKEN_CODES]), description: text }))
        .max(SIGNING_LIMITS.modules),
      tokens: z.array(tokenSchema).max(SIGNING_LIMITS.tokens),
    }),
  },
  'signing.start': {
    request: z.strictObject({
      documents: z
        .array(z.strictObject({ id: z.uuid(), name: z.string().min(1).max(SIGNING_LIMITS.nameChars), bytes: pdf }))
        .min(1)
        .max(SIGNING_LIMITS.documents)
        .refine((all) => new Set(all.map(({ id }) => id)).size === all.length)
        .refine((all) => all.reduce((sum, { bytes }) => sum + bytes.byteLength, 0) <= SIGNING_LIMITS.batchBytes),
      token: tokenIdSchema,
      certificate: fingerprint,
      order: orderSchema,
      trust: signingTrustSchema,
    }),
    response: confirmation.extend({ batch }),
  },
  'signing.state': {
    request: z.strictObject({ batch }),
    response: z.strictObject({
      phase: z.enum(BATCH_PHASES),
      /** With `stopped` and `waiting-for-token`: why. */
      code: z.enum(SIGNING_CODES).nullable(),
      documents: z.array(
        z.strictObject({
          id: z.uuid(),
          state: z.enum(DOCUMENT_STATES),
          /** What was reached; below what was wanted, `missing` says why. */
          level: z.enum(LEVELS).nullable(),
          code: z.enum(SIGNING_CODES).nullable(),
          missing: missingSchema.nullable(),
        }),
      ),
    }),
  },
  'signing.result': {
    request: z.strictObject({ batch, document: z.uuid() }),
    response: z.strictObject({ bytes: z.instanceof(Uint8Array) }),
  },
  'signing.resume': { request: z.strictObject({ batch }), response: confirmation },
  'signing.cancel': { request: z.strictObject({ batch }), response: nothing },
  'signing.raise': {
    request: z.strictObject({ bytes: pdf, level: z.enum(LEVELS).exclude(['none']), trust: signingTrustSchema }),
    response: z.discriminatedUnion('raised', [
      z.strictObject({
        raised: z.literal(true),
        bytes: z.instanceof(Uint8Array),
        level: z.enum(LEVELS),
        missing: missingSchema,
      }),
      z.strictObject({ raised: z.literal(false), code: z.enum(SIGNING_CODES) }),
    ]),
  },
} as const
