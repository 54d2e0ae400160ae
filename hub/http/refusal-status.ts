// Which HTTP status goes with a refusal; the code in the body is what the screen reads.
import type { FastifyReply } from 'fastify'
import type { RefusalCode } from '../../shared/refusal.ts'

const STATUS: Partial<Record<RefusalCode, number>> = {
  'not-logged-in': 401,
  'session-ended': 401,
  'login-failed': 401,
  'account-ended': 401,
  'device-revoked': 401,
  'password-change-required': 403,
  forbidden: 403,
  'not-found': 404,
  'part-missing': 409,
  'too-large': 413,
  'paper-too-large': 413,
  'part-hash-mismatch': 422,
  'paper-not-pdf': 422,
  'paper-encrypted': 422,
  'paper-truncated': 422,
  'paper-too-many-pages': 422,
  'rate-limited': 429,
  'login-delayed': 429,
  'hub-unavailable': 503,
  'storage-full': 507,
}

/** Sends a refusal; never cached, since the same address may answer otherwise a minute later. */
export function sendRefusal(reply: FastifyReply, code: RefusalCode, status = STATUS[code] ?? 400): FastifyReply {
  return reply.code(status).header('cache-control', 'no-store').type('application/json').send({ ok: false, code })
}
