// The HTTP contract of the hub: one entry a call, strict shapes in and out. Failures are `{ ok: false, code }` with a code of shared/refusal.ts.
import { z } from 'zod'
import { actSchema } from '../ledger/act.ts'

const password = z.string().min(1).max(200)
const username = z.string().trim().toLowerCase().min(1).max(40)

const device = z.strictObject({ id: z.uuid(), name: z.string().trim().min(1).max(120) })
const hash = z.enum(['sha256', 'sha384', 'sha512'])
const signatureAlgorithm = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('rsa-pkcs1'), hash }),
  z.strictObject({ kind: z.literal('rsa-pss'), hash, saltLength: z.number().int().min(32).max(64) }),
  z.strictObject({ kind: z.literal('ecdsa'), hash }),
  z.strictObject({ kind: z.literal('ed25519') }),
])
const loginAnswer = z.object({
  session: z.string(),
  personId: z.uuid(),
  deviceKnown: z.boolean(),
  passwordChangeRequired: z.boolean(),
  expiresAt: z.string(),
})

export const api = {
  hello: {
    method: 'GET',
    path: '/api/hello',
    response: z.object({ name: z.string(), version: z.string(), now: z.string() }),
  },
  login: {
    method: 'POST',
    path: '/api/login',
    request: z.strictObject({
      username,
      password,
      /** `org.enrolDevice`, signed by the device's own key; left out when the hub knows the device. The actor is filled by the first answer. */
      device,
    }),
    response: loginAnswer,
  },
  loginChallenge: {
    method: 'POST',
    path: '/api/login/challenge',
    request: z.strictObject({}),
    response: z.object({ challenge: z.string(), expiresAt: z.string() }),
  },
  /** The second way in: the signing device of a person whom the administrator bound to its certificate signs `loginStatement`. */
  loginWithCertificate: {
    method: 'POST',
    path: '/api/login/certificate',
    request: z.strictObject({
      challenge: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
      certificate: z.base64().max(11_000),
      algorithm: signatureAlgorithm,
      signature: z.base64().max(3000),
      device,
    }),
    response: loginAnswer.extend({ username: z.string() }),
  },
  logout: { method: 'POST', path: '/api/logout', request: z.strictObject({}), response: z.object({}) },
  changePassword: {
    method: 'POST',
    path: '/api/password',
    request: z.strictObject({ current: password, next: password }),
    response: z.object({}),
  },
  /** For administrators: a temporary password, shown once; the person must replace it at the next login. */
  resetPassword: {
    method: 'POST',
    path: '/api/password/reset',
    request: z.strictObject({ personId: z.uuid() }),
    response: z.object({ temporaryPassword: z.string() }),
  },
  sessions: {
    method: 'GET',
    path: '/api/sessions',
    response: z.object({
      sessions: z.array(
        z.object({
          id: z.string(),
          deviceId: z.uuid(),
          deviceName: z.string().nullable(),
          createdAt: z.string(),
          seenAt: z.string(),
          current: z.boolean(),
        }),
      ),
    }),
  },
  endSession: {
    method: 'POST',
    path: '/api/sessions/end',
    request: z.strictObject({ id: z.string().max(64) }),
    response: z.object({}),
  },
  acts: {
    method: 'POST',
    path: '/api/acts',
    request: z.strictObject({ act: actSchema }),
    response: z.object({ stream: z.string(), seq: z.number(), at: z.string() }),
  },
  ticket: {
    method: 'POST',
    path: '/api/tickets',
    request: z.strictObject({ room: z.string().min(1).max(120) }),
    response: z.object({ ticket: z.string(), expiresAt: z.string() }),
  },
  /** For administrators. Bodies of acts are shown for the organisation only: what a meeting said stays in the meeting. */
  ledger: {
    method: 'POST',
    path: '/api/ledger',
    request: z.strictObject({
      stream: z.string().max(80).nullable(),
      before: z.number().int().nullable(),
      limit: z.number().int().min(1).max(200),
    }),
    response: z.object({
      streams: z.array(z.object({ stream: z.string(), entries: z.number() })),
      entries: z.array(
        z.object({
          stream: z.string(),
          seq: z.number(),
          at: z.string(),
          type: z.string(),
          actor: z.string(),
          device: z.string(),
          hash: z.string(),
          body: z.record(z.string(), z.unknown()).nullable(),
        }),
      ),
      intact: z.boolean(),
      /** The first place where a chain does not hold; null while all do. */
      brokenAt: z.object({ stream: z.string(), seq: z.number() }).nullable(),
    }),
  },
} as const

export type ApiCall = keyof typeof api
export type ApiRequest<C extends ApiCall> = (typeof api)[C] extends { request: infer S extends z.ZodType }
  ? z.infer<S>
  : null
export type ApiResponse<C extends ApiCall> = z.infer<(typeof api)[C]['response']>
