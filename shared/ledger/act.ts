// The envelope of every act: who wishes what, on which device, when, signed. One shape for all areas of the domain.
import canonicalize from 'canonicalize'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { z } from 'zod'
import { id } from '../id.ts'

/** Base64url of a raw ECDSA P-256 signature: r and s, 32 bytes each (IEEE P1363), 86 characters without padding. */
const signatureSchema = z.string().regex(/^[A-Za-z0-9_-]{86}$/)

export const actSchema = z.strictObject({
  /** Chosen by the author; an act sent twice under one id is done once. */
  id,
  type: z.string().min(3).max(64),
  version: z.literal(1),
  body: z.record(z.string().max(64), z.unknown()),
  actor: id,
  device: id,
  /** When the author wished it, UTC by the author's device; the hub's own time decides. */
  time: z.iso.datetime({ offset: false }),
  signature: signatureSchema,
})

export type Act = z.infer<typeof actSchema>
export type UnsignedAct = Omit<Act, 'signature'>

/** Canonical JSON (RFC 8785) of any plain JSON value. @throws on values JSON cannot hold */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new Error('value has no JSON form')
  return text
}

/** The bytes that a device signs: the canonical JSON of the act without its signature, UTF-8. */
export function bytesToSign(act: UnsignedAct | Act): Uint8Array {
  const { id, type, version, body, actor, device, time } = act
  return utf8ToBytes(canonicalJson({ id, type, version, body, actor, device, time }))
}
