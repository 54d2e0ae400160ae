// How a browser page speaks to the loopback agent: addresses, limits, and the pairing code in the fragment of the first page.
import { z } from 'zod'
import { BRIDGE_CHANNELS, BRIDGE_FAILURES, type BridgeChannel } from './bridge.ts'

export const AGENT_PATHS = { pair: '/v1/pair', call: '/v1/call', carry: '/v1/carry' } as const

export const AGENT_LIMITS = {
  /** Codes and secrets are 32 random bytes in base64url, 43 characters. */
  secretChars: 64,
  pairBodyBytes: 1024,
  /** A vault value of 64 kB, every character as a six-byte escape at worst; nothing else is near it. */
  callBodyBytes: 512 * 1024,
  /** Calls that carry documents: some 90 MB of them in base64. More would be copied several times in the memory of an office PC. */
  carryBodyBytes: 120 * 1024 * 1024,
  /** A cold browser on an old office PC takes up to a minute to show its first page. */
  codeLifeMs: 3 * 60_000,
  /** Wrong codes before the agent stops pairing altogether: a person never mistypes, the code comes with the page. */
  wrongCodes: 10,
  /** Pages paired at once; the oldest is forgotten. */
  secrets: 16,
} as const

/** Their bodies may be large, and go to an address of their own, so that the limit is known before anything is read. */
const CARRIERS: ReadonlySet<BridgeChannel> = new Set(['signing.start', 'signing.raise'])

export function carriesDocuments(channel: BridgeChannel): boolean {
  return CARRIERS.has(channel)
}

/** The agent is on this machine: a silence means that it is gone. */
const PATIENCE_MS = 5_000
/** Drivers are loaded (the slowest has 15 s, and its tokens are read then), or documents are moved. */
const DEVICE_MS = 60_000
const LONGER: Partial<Record<BridgeChannel, number>> = {
  'signing.devices': DEVICE_MS,
  'signing.start': DEVICE_MS,
  'signing.resume': DEVICE_MS,
  'signing.result': DEVICE_MS,
  // Services have a minute each, for each signature and each authority.
  'signing.raise': 10 * 60_000,
}

/** How long a page waits for the answer of a call, in ms. */
export function patienceFor(channel: BridgeChannel): number {
  return LONGER[channel] ?? PATIENCE_MS
}

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

/** Given once to the page that the agent opens. */
export interface Pairing {
  readonly port: number
  readonly code: string
}

/** `#pair=<port>.<code>`: a fragment never reaches a server or its log. */
export function formatPairing({ port, code }: Pairing): string {
  return `#pair=${port}.${code}`
}

/** @returns null when the fragment is an ordinary route or is malformed */
export function parsePairing(fragment: string): Pairing | null {
  const match = /^#pair=(\d{1,5})\.([A-Za-z0-9_-]{16,64})$/.exec(fragment)
  const port = Number(match?.[1])
  const code = match?.[2]
  return code === undefined || port < 1 || port > 65_535 ? null : { port, code }
}
