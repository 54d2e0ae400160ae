// How every call is answered: `{ ok: true, value }`, or `{ ok: false, code }` with the status that belongs to the code.
import type { FastifyReply } from 'fastify'
import type { Result } from '../../shared/refusal.ts'
import { sendRefusal } from './refusal-status.ts'

export async function sendResult(reply: FastifyReply, result: Result<unknown>): Promise<FastifyReply> {
  if (!result.ok) return await sendRefusal(reply, result.code)
  return await reply.header('cache-control', 'no-store').send({ ok: true, value: result.value })
}
