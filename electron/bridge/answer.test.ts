// One call of the bridge: what comes in is checked, what goes out is checked, and nothing is ever thrown.
import { expect, test } from 'vitest'
import { bridgeFail, bridgeOk, type BridgeResult } from '../../shared/desktop/bridge.ts'
import { agentHandlers } from '../agent/agent-handlers.ts'
import { answerCall, type BridgeHandlers } from './answer.ts'

const usual = agentHandlers({ hubUrl: 'http://127.0.0.1:1', version: '1', open: () => Promise.resolve() })

async function ask(
  handlers: Partial<BridgeHandlers<null>>,
  channel: unknown,
  request: unknown,
): Promise<[BridgeResult<unknown>, string[]]> {
  const reported: string[] = []
  const all = { ...usual, ...handlers }
  const answer = await answerCall(all, channel, request, null, (broken, error) => reported.push(`${broken} ${error}`))
  return [answer, reported]
}

test('a value comes back as the contract has it', async () => {
  const read = () => Promise.resolve(bridgeOk({ value: 'x' }))
  expect(await ask({ 'vault.read': read }, 'vault.read', {})).toEqual([{ ok: true, value: { value: 'x' } }, []])
})

test('a handler that answers with more than the contract leaks nothing', async () => {
  const read = () => Promise.resolve(bridgeOk({ value: 'x', path: '/home' }))
  expect(await ask({ 'vault.read': read }, 'vault.read', {})).toEqual([
    { ok: false, code: 'failed' },
    ['vault.read ZodError'],
  ])
})

test('a refusal passes, without anything that was hung on it', async () => {
  const read = () => Promise.resolve({ ...bridgeFail('no-keyring'), detail: 'secret' })
  expect(await ask({ 'vault.read': read }, 'vault.read', {})).toEqual([{ ok: false, code: 'no-keyring' }, []])
})

test.each([
  ['rejects', () => Promise.reject(new RangeError('the secret is 1234'))],
  [
    'throws',
    () => {
      throw new RangeError('the secret is 1234')
    },
  ],
])('a handler that %s is a failure as data; its message stays inside', async (_how, read) => {
  expect(await ask({ 'vault.read': read }, 'vault.read', {})).toEqual([
    { ok: false, code: 'failed' },
    ['vault.read RangeError'],
  ])
})

test('a channel that is none, a request of another shape', async () => {
  for (const channel of ['shell.open', '__proto__', 1, null, {}]) {
    expect((await ask({}, channel, {}))[0]).toEqual({ ok: false, code: 'unknown-channel' })
  }
  for (const request of [undefined, null, 1, [], { more: 1 }]) {
    expect((await ask({}, 'app.info', request))[0]).toEqual({ ok: false, code: 'invalid-request' })
  }
})
