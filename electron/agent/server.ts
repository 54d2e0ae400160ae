// The loopback agent: a small HTTP server on 127.0.0.1 that offers the bridge to the page that was paired with it, and to nobody else.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  AGENT_LIMITS,
  AGENT_PATHS,
  callRequestSchema,
  carriesDocuments,
  formatPairing,
  pairRequestSchema,
} from '../../shared/desktop/agent-wire.ts'
import { packBytes, unpackBytes } from '../../shared/desktop/agent-bytes.ts'
import { bridgeFail, bridgeOk, type BridgeResult } from '../../shared/desktop/bridge.ts'
import { answerCall, type BridgeHandlers } from '../bridge/answer.ts'
import { checkCaller } from './caller-check.ts'
import type { ConfirmPages } from './confirm-pages.ts'
import { createPairing } from './pairing.ts'
import { readJsonBody } from './read-body.ts'

export interface Agent {
  readonly port: number
  /** The fragment for one page: it holds a code that works once. */
  pairingFragment(): string
  close(): Promise<void>
}

export interface AgentOptions {
  readonly handlers: BridgeHandlers<null>
  /** Origins whose pages may call: the hub's own. */
  readonly allowedOrigins: readonly string[]
  /** The PIN window, where this agent signs. */
  readonly confirm?: ConfirmPages
  /** Monotonic milliseconds. */
  readonly now: () => number
  /** Told the kind of what no handler foresaw. */
  readonly onFault: (fault: string) => void
}

/** A page sends from this machine to this machine, documents too: whoever is slower than this is no page of ours. */
const TIMEOUTS = { headersTimeout: 5_000, requestTimeout: 30_000, keepAliveTimeout: 5_000 }
const MOST_CONNECTIONS = 32

export async function startAgent(options: AgentOptions): Promise<Agent> {
  const pairing = createPairing(options.now)
  const origins = new Set(options.allowedOrigins)
  const server = createServer({ ...TIMEOUTS, maxHeaderSize: 8 * 1024 }, (request, response) => {
    serve(request, response).catch((error: unknown) => {
      options.onFault(error instanceof Error ? error.name : typeof error)
      response.destroy()
    })
  })
  server.maxConnections = MOST_CONNECTIONS
  await new Promise<void>((listening, failed) => {
    server.once('error', failed)
    server.listen(0, '127.0.0.1', listening)
  })
  const { port } = server.address() as AddressInfo
  options.confirm?.attach(port)

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Has rules of its own: it is a page of this origin, and the pages below are of the hub's.
    if ((await options.confirm?.serve(request, response)) === true) return
    const caller = checkCaller(request.headers, port, origins)
    if (!caller.ok) {
      end(response, caller.status)
      return
    }
    allowOrigin(response, caller.origin)
    if (request.method === 'OPTIONS') {
      preflight(request, response)
    } else if (request.method !== 'POST') {
      end(response, 405)
    } else if (request.url === AGENT_PATHS.pair) {
      await withBody(request, response, AGENT_LIMITS.pairBodyBytes, (body) => Promise.resolve(pair(body)))
    } else if (request.url === AGENT_PATHS.call || request.url === AGENT_PATHS.carry) {
      const carries = request.url === AGENT_PATHS.carry
      const limit = carries ? AGENT_LIMITS.carryBodyBytes : AGENT_LIMITS.callBodyBytes
      // Before the body: whoever is not paired is not read.
      if (pairing.accepts(bearer(request)))
        await withBody(request, response, limit, (body) => call(unpackBytes(body, bytesOfBase64), carries))
      else answer(response, 401, bridgeFail('not-paired'))
    } else {
      end(response, 404)
    }
  }

  function pair(body: unknown): BridgeResult<unknown> {
    const parsed = pairRequestSchema.safeParse(body)
    if (!parsed.success) return bridgeFail('invalid-request')
    const secret = pairing.exchange(parsed.data.code)
    return secret === null ? bridgeFail('not-paired') : bridgeOk({ secret })
  }

  function call(body: unknown, carries: boolean): Promise<BridgeResult<unknown>> {
    const parsed = callRequestSchema.safeParse(body)
    if (!parsed.success) return Promise.resolve(bridgeFail('invalid-request'))
    const { channel, request } = parsed.data
    if (carries && !carriesDocuments(channel)) return Promise.resolve(bridgeFail('invalid-request'))
    return answerCall(options.handlers, channel, request, null, (broken, error) =>
      options.onFault(`${broken}: ${error}`),
    )
  }

  return {
    port,
    pairingFragment: () => formatPairing({ port, code: pairing.issue() }),
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}

async function withBody(
  request: IncomingMessage,
  response: ServerResponse,
  limit: number,
  handle: (body: unknown) => Promise<BridgeResult<unknown>>,
): Promise<void> {
  const body = await readJsonBody(request, limit)
  if (body.ok) answer(response, 200, await handle(body.value))
  else end(response, body.status)
}

/** CORS for the one allowed page; `private-network` is what Chromium asks of pages that come from the office's network. */
function allowOrigin(response: ServerResponse, origin: string): void {
  response.setHeader('access-control-allow-origin', origin)
  response.setHeader('vary', 'origin')
}

function preflight(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('access-control-allow-methods', 'POST')
  response.setHeader('access-control-allow-headers', 'authorization, content-type')
  response.setHeader('access-control-max-age', '600')
  if (request.headers['access-control-request-private-network'] === 'true') {
    response.setHeader('access-control-allow-private-network', 'true')
  }
  end(response, 204)
}

/** Strict: Node passes over what is no base64. @returns null for anything but the one canonical form */
function bytesOfBase64(text: string): Uint8Array | null {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? new Uint8Array(bytes) : null
}

function bearer(request: IncomingMessage): string {
  return /^Bearer ([A-Za-z0-9_-]{16,64})$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
}

function answer(response: ServerResponse, status: number, result: BridgeResult<unknown>): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  })
  response.end(JSON.stringify(packBytes(result, (bytes) => Buffer.from(bytes).toString('base64'))))
}

/** A refusal without words: it goes to whoever asked, and that may be any program. The connection goes too, with what it still sends. */
function end(response: ServerResponse, status: number): void {
  if (status >= 400) response.setHeader('connection', 'close')
  response.writeHead(status).end()
}
