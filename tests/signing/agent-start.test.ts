// The agent that `npm start` and `tra-my agent` run: it offers the tokens of this machine to the page that was paired with it.
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runAgent } from '../../electron/cli/own-agent.ts'
import type { Agent } from '../../electron/agent/server.ts'
import { AGENT_PATHS, parsePairing } from '../../shared/desktop/agent-wire.ts'
import { temporaryFolder } from '../support/hub.ts'
import { testPki } from './pki/test-pki.ts'
import { softTokens } from './pki/soft-token.ts'

const HUB = 'http://127.0.0.1:4680'
const folder = temporaryFolder()
const complaints: string[] = []
let agent: Agent
let before: string | undefined

beforeAll(async () => {
  before = process.env['SOFTHSM2_CONF']
  const { environment } = await softTokens(await testPki())
  // What the drivers of this machine see is decided by their surroundings, as on any machine.
  process.env['SOFTHSM2_CONF'] = environment.SOFTHSM2_CONF
  const terminal = {
    line: () => undefined,
    complain: (text: string) => void complaints.push(text),
    interrupted: new Promise<void>(() => undefined),
  }
  agent = await runAgent(HUB, folder, terminal)
})
afterAll(async () => {
  await agent.close()
  if (before === undefined) delete process.env['SOFTHSM2_CONF']
  else process.env['SOFTHSM2_CONF'] = before
  rmSync(folder, { recursive: true, force: true })
  expect(complaints).toEqual([])
})

async function post(path: string, body: unknown, secret?: string): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${agent.port}${path}`, {
    method: 'POST',
    headers: {
      origin: HUB,
      'content-type': 'application/json',
      ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }),
    },
    body: JSON.stringify(body),
  })
  return await response.json()
}

test('the paired page sees the tokens that are plugged in, with their certificates', async () => {
  const pairing = parsePairing(agent.pairingFragment())
  const paired = (await post(AGENT_PATHS.pair, { code: pairing?.code })) as { value: { secret: string } }
  const devices = () =>
    post(AGENT_PATHS.call, { channel: 'signing.devices', request: {} }, paired.value.secret) as Promise<{
      ok: boolean
      value: { tokens: { id: { label: string }; certificates: { commonName: string }[] }[] }
    }>
  await expect
    .poll(async () => (await devices()).value.tokens.map(({ id }) => id.label).sort(), { timeout: 20_000 })
    .toEqual(['Agency', 'Leader'])
  const names = (await devices()).value.tokens.flatMap(({ certificates }) =>
    certificates.map((each) => each.commonName),
  )
  expect(names).toContain('Nguyễn Văn Ưởng')
})
