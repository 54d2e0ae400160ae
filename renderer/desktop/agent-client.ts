// The page's side of the loopback agent: pairs once with the code in the address, then calls it with the secret it was given.
import { z } from 'zod'
import { assertNever } from '../../shared/assert-never.ts'
import { packBytes, unpackBytes } from '../../shared/desktop/agent-bytes.ts'
import {
  AGENT_LIMITS,
  AGENT_PATHS,
  callReplySchema,
  carriesDocuments,
  pairReplySchema,
  parsePairing,
  patienceFor,
  type Pairing,
} from '../../shared/desktop/agent-wire.ts'
import { bridgeFail, type Bridge, type BridgeChannel, type BridgeResult } from '../../shared/desktop/bridge.ts'
import { bridgeContract, type BridgeRequest, type BridgeResponse } from '../../shared/desktop/contract.ts'
import { closeSharedScreenInPage, openSharedScreenInPage, printPage, saveInPage } from './page-actions.ts'

const pairedSchema = z.strictObject({ port: z.number().int().min(1).max(65_535), secret: z.string().min(16).max(64) })
type Paired = z.infer<typeof pairedSchema>

/** In this tab's storage only: a reload keeps it, closing the tab ends it. */
const KEY = 'tra-my:agent'
/** To be paired: the agent is on this machine, so a silence means that it is gone. */
const PAIRING_MS = 5_000

/** @returns null when this page was not opened by an agent, or the agent is gone */
export async function connectAgent(): Promise<Bridge | null> {
  const pairing = takePairing()
  const paired = (pairing === null ? null : await pair(pairing)) ?? remembered()
  if (paired === null) return null
  const bridge = agentBridge(paired)
  const alive = await bridge.call('app.info', {})
  if (alive.ok) return bridge
  sessionStorage.removeItem(KEY)
  return null
}

/** The code leaves the address at once: it must not stay in the history or in a picture of the screen. */
function takePairing(): Pairing | null {
  const pairing = parsePairing(location.hash)
  if (location.hash.startsWith('#pair=')) {
    history.replaceState(history.state, '', `${location.pathname}${location.search}#/`)
  }
  return pairing
}

function remembered(): Paired | null {
  const text = sessionStorage.getItem(KEY)
  if (text === null) return null
  try {
    const parsed = pairedSchema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

async function pair({ port, code }: Pairing): Promise<Paired | null> {
  const reply = pairReplySchema.safeParse(await post(port, AGENT_PATHS.pair, JSON.stringify({ code }), {}, PAIRING_MS))
  if (!reply.success || !reply.data.ok) return null
  const paired = { port, secret: reply.data.value.secret }
  sessionStorage.setItem(KEY, JSON.stringify(paired))
  return paired
}

/** Calls that a browser does better by itself never leave the page. */
function agentBridge(paired: Paired): Bridge {
  return {
    call: async <C extends BridgeChannel>(channel: C, request: BridgeRequest<C>) => {
      const checked = bridgeContract[channel].request.safeParse(request)
      if (!checked.success) return bridgeFail('invalid-request')
      return ((await inPage(channel, request)) ?? (await callAgent(paired, channel, request))) as BridgeResult<
        BridgeResponse<C>
      >
    },
  }
}

function inPage(
  channel: BridgeChannel,
  request: BridgeRequest<BridgeChannel>,
): Promise<BridgeResult<unknown>> | BridgeResult<unknown> | null {
  switch (channel) {
    case 'file.save': {
      const { name, bytes } = request as BridgeRequest<'file.save'>
      return saveInPage(name, bytes)
    }
    case 'sharedScreen.open':
      return openSharedScreenInPage((request as BridgeRequest<'sharedScreen.open'>).meetingId)
    case 'sharedScreen.close':
      return closeSharedScreenInPage()
    case 'window.print':
      return printPage()
    case 'app.info':
    case 'vault.read':
    case 'vault.write':
    case 'vault.clear':
    case 'link.open':
    case 'signing.devices':
    case 'signing.start':
    case 'signing.state':
    case 'signing.result':
    case 'signing.resume':
    case 'signing.cancel':
    case 'signing.raise':
      return null
    default:
      return assertNever(channel)
  }
}

async function callAgent(
  { port, secret }: Paired,
  channel: BridgeChannel,
  request: unknown,
): Promise<BridgeResult<unknown>> {
  const carries = carriesDocuments(channel)
  const body = JSON.stringify(packBytes({ channel, request }, base64Of))
  // Documents are base64 by far the most of it: characters are bytes here.
  if (carries && body.length > AGENT_LIMITS.carryBodyBytes) return bridgeFail('too-large')
  const path = carries ? AGENT_PATHS.carry : AGENT_PATHS.call
  const headers = { authorization: `Bearer ${secret}` }
  const answer = unpackBytes(await post(port, path, body, headers, patienceFor(channel)), bytesOf)
  if (answer === null) return bridgeFail('agent-unreachable')
  const reply = callReplySchema.safeParse(answer)
  if (!reply.success) return bridgeFail('failed')
  if (!reply.data.ok) return reply.data
  const value = bridgeContract[channel].response.safeParse(reply.data.value)
  return value.success ? { ok: true, value: value.data } : bridgeFail('failed')
}

/** @returns the answer's JSON, or null when there was none */
async function post(
  port: number,
  path: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  patienceMs: number,
): Promise<unknown> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      signal: AbortSignal.timeout(patienceMs),
      credentials: 'omit',
    })
    return (await response.json()) as unknown
  } catch {
    return null
  }
}

/** A call takes so many arguments without running out of stack. */
const CHUNK = 0x8000

function base64Of(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += CHUNK) parts.push(String.fromCharCode(...bytes.subarray(at, at + CHUNK)))
  return btoa(parts.join(''))
}

function bytesOf(text: string): Uint8Array | null {
  try {
    const letters = atob(text)
    const bytes = new Uint8Array(letters.length)
    for (let at = 0; at < letters.length; at++) bytes[at] = letters.charCodeAt(at)
    return bytes
  } catch {
    return null
  }
}
