// The loopback agent against programs and pages that should not reach it: every header is the attacker's to choose.
import { request as httpRequest } from 'node:http'
import { expect, test } from 'vitest'
import type { Agent } from '../../electron/agent/server.ts'
import { AGENT_LIMITS, parsePairing } from '../../shared/desktop/agent-wire.ts'
import { startTestAgent, type TestAgent } from './agent-fixture.ts'

const HUB = 'http://127.0.0.1:4680'
const STRANGER = 'http://127.0.0.1:4681'

/** Whatever was tried, nothing took the agent by surprise. */
async function withAgent(run: (setting: TestAgent) => Promise<void>): Promise<void> {
  await using setting = await startTestAgent(HUB)
  await run(setting)
  expect(setting.faults).toEqual([])
}

interface Asked {
  readonly method?: string
  readonly path?: string
  readonly headers?: Record<string, string>
  readonly body?: string
}

/** A program of this machine: it may send any header. */
function ask(agent: Agent, { method = 'POST', path = '/v1/pair', headers = {}, body = '{}' }: Asked) {
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; text: string }>((done, failed) => {
    const asked = httpRequest(
      { host: '127.0.0.1', port: agent.port, method, path, agent: false, headers: { ...usual(agent), ...headers } },
      (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (part: string) => (text += part))
        response.on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers, text }))
      },
    )
    asked.on('error', failed)
    asked.end(body)
  })
}

const usual = (agent: Agent) => ({
  host: `127.0.0.1:${agent.port}`,
  origin: HUB,
  'content-type': 'application/json',
})
const codeOf = (agent: Agent) => parsePairing(agent.pairingFragment())!.code

async function pairedSecret(agent: Agent): Promise<string> {
  const { text } = await ask(agent, { body: JSON.stringify({ code: codeOf(agent) }) })
  return (JSON.parse(text) as { value: { secret: string } }).value.secret
}

test('a rebound name, a missing or foreign origin: refused before anything is read', () =>
  withAgent(async ({ agent }) => {
    const body = JSON.stringify({ code: codeOf(agent) })
    const status = async (headers: Record<string, string>) => (await ask(agent, { headers, body })).status
    expect(await status({ host: `evil.example:${agent.port}` })).toBe(421)
    expect(await status({ host: `localhost:${agent.port}` })).toBe(421)
    expect(await status({ host: '127.0.0.1' })).toBe(421)
    expect(await status({ origin: STRANGER })).toBe(403)
    expect(await status({ origin: 'null' })).toBe(403)
    expect(await status({ origin: `${HUB}.evil.example` })).toBe(403)
    expect(await status({ origin: HUB.toUpperCase() })).toBe(403)
    // The code is still good: none of these was heard.
    expect(await status({})).toBe(200)
  }))

test('methods, paths, types and sizes beyond the contract are refused', () =>
  withAgent(async ({ agent }) => {
    const status = async (asked: Asked) => (await ask(agent, asked)).status
    const authorization = `Bearer ${await pairedSecret(agent)}`
    expect(await status({ method: 'GET', body: '' })).toBe(405)
    expect(await status({ path: '/v1/other' })).toBe(404)
    expect(await status({ path: '/v1/pair?x=1' })).toBe(404)
    expect(await status({ headers: { 'content-type': 'text/plain' } })).toBe(415)
    expect(await status({ headers: { 'content-type': 'application/x-www-form-urlencoded' } })).toBe(415)
    expect(await status({ body: '{' })).toBe(400)
    expect(await status({ body: JSON.stringify({ code: 'x'.repeat(AGENT_LIMITS.pairBodyBytes) }) })).toBe(413)
    const large = ' '.repeat(AGENT_LIMITS.callBodyBytes + 1)
    expect(await status({ path: '/v1/call', headers: { authorization }, body: large })).toBe(413)
    // Without a length in advance the count is kept while reading.
    const chunked = { authorization, 'transfer-encoding': 'chunked' }
    expect(await status({ path: '/v1/call', headers: chunked, body: large })).toBe(413)
  }))

test('only the allowed page gets CORS, and the preflight of Chromium’s local network', () =>
  withAgent(async ({ agent }) => {
    const asked = { method: 'OPTIONS', body: '', headers: { 'access-control-request-private-network': 'true' } }
    const own = await ask(agent, asked)
    expect(own.status).toBe(204)
    expect(own.headers).toMatchObject({
      'access-control-allow-origin': HUB,
      'access-control-allow-methods': 'POST',
      'access-control-allow-private-network': 'true',
    })
    expect(own.headers['access-control-allow-credentials']).toBeUndefined()
    const foreign = await ask(agent, { ...asked, headers: { ...asked.headers, origin: STRANGER } })
    expect(foreign.status).toBe(403)
    expect(Object.keys(foreign.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  }))

test('a pairing code works once, for its time, and not after many guesses', () =>
  withAgent(async ({ agent, advance }) => {
    const pair = async (code: string) =>
      JSON.parse((await ask(agent, { body: JSON.stringify({ code }) })).text) as { ok: boolean; code?: string }
    const code = codeOf(agent)
    expect((await pair(code)).ok).toBe(true)
    expect(await pair(code)).toEqual({ ok: false, code: 'not-paired' })
    const late = codeOf(agent)
    advance(AGENT_LIMITS.codeLifeMs + 1)
    expect(await pair(late)).toEqual({ ok: false, code: 'not-paired' })
    expect(await pair('short')).toEqual({ ok: false, code: 'invalid-request' })
    for (let i = 0; i < AGENT_LIMITS.wrongCodes; i++) await pair('guess-guess-guess-guess')
    expect(await pair(codeOf(agent))).toEqual({ ok: false, code: 'not-paired' })
  }))

test('calls need the secret, and are checked by the contract', () =>
  withAgent(async ({ agent }) => {
    const call = async (secret: string | null, channel: string, request: unknown) => {
      const headers = secret === null ? {} : { authorization: `Bearer ${secret}` }
      const { status, text } = await ask(agent, {
        path: '/v1/call',
        headers,
        body: JSON.stringify({ channel, request }),
      })
      return [status, JSON.parse(text)] as const
    }
    const unpaired = [401, { ok: false, code: 'not-paired' }]
    expect(await call(null, 'app.info', {})).toEqual(unpaired)
    expect(await call('A'.repeat(43), 'app.info', {})).toEqual(unpaired)
    const secret = await pairedSecret(agent)
    expect((await call(secret, 'app.info', {}))[1]).toMatchObject({ ok: true, value: { shell: 'agent' } })
    expect(await call(secret, 'app.info', { more: 1 })).toEqual([200, { ok: false, code: 'invalid-request' }])
    expect(await call(secret, '__proto__', {})).toEqual([200, { ok: false, code: 'invalid-request' }])
    expect(await call(secret, 'vault.write', { value: 'khóa' })).toEqual([200, { ok: false, code: 'no-keyring' }])
    expect(await call(secret, 'file.save', {})).toEqual([200, { ok: false, code: 'invalid-request' }])
    expect(await call(secret, 'link.open', { url: 'file:///etc/passwd' })).toEqual([
      200,
      { ok: false, code: 'link-refused' },
    ])
    // Seventeen pages later the first is forgotten.
    for (let i = 0; i < AGENT_LIMITS.secrets; i++) await pairedSecret(agent)
    expect(await call(secret, 'app.info', {})).toEqual(unpaired)
  }))
