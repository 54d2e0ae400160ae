// How a browser page speaks to the loopback agent: addresses, limits, and the pairing code in the fragment of the first page.
import { z } from 'zod'
import { BRIDGE_CHANNELS, BRIDGE_FAILURES } from './bridge.ts'

export const AGENT_PATHS = { pair: '/v1/pair', call: '/v1/call' } as const

export const AGENT_LIMITS = {
  /** Codes and secrets are 32 random bytes in base64url, 43 characters. */
  secretChars: 64,
  pairBodyBytes: 1024,
  /** A vault value of 64 kB, every character escaped twice at worst; nothing else is near it. */
  callBodyBytes: 256 * 1024,
  /** A cold browser on an old office PC takes up to a minute to show its first page. */
  codeLifeMs: 3 * 60_000,
  /** Wrong codes before the agent stops pairing altogether: a person never mistypes, the code comes with the page. */
  wrongCodes: 10,
  /** Pages paired at once; the oldest is forgotten. */
  secrets: 16,
} as const

const secret = z.string().min(16).max(AGENT_LIMITS.secretChars)

export const pairRequestSchema = z.strictObject({ code: secret })
export const pairReplySchema = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), value: z.strictObject({ secret }) }),
  z.strictObject({ ok: z.literal(false), code: z.enum(BRIDGE_FAILURES) }),
])

export const callRequestSchema = z.strictObject({ channel: z.enum(BRIDGE_CHANNELS), request: z.unknown() })
export const callReplySchema = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), value: z.unknown() }),
  z.strictObject({ ok: z.literal(false), code: z.enum(BRIDGE_FAILURES) }),
])

/** Given once to the page the agent opens; `route` is where the page goes after pairing. */
export interface PairingFragment {
  readonly port: number
  readonly code: string
  readonly route: string
}

/** `#pair=<port>.<code>` and, for a page other than the first, `&to=<route>`. A fragment never reaches a server or its log. */
export function formatPairing({ port, code, route }: PairingFragment): string {
  return `#pair=${port}.${code}${route === '/' ? '' : `&to=${route}`}`
}

/** @returns null when the fragment is an ordinary route or is malformed */
export function parsePairing(fragment: string): PairingFragment | null {
  const match = /^#pair=(\d{1,5})\.([A-Za-z0-9_-]{16,64})(?:&to=(\/[A-Za-z0-9_\-/]{0,200}))?$/.exec(fragment)
  const port = Number(match?.[1])
  const code = match?.[2]
  if (code === undefined || port < 1 || port > 65_535) return null
  return { port, code, route: match?.[3] ?? '/' }
}
