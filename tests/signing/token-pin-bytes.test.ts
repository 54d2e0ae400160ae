// The bytes of a PIN inside the signing process, looked at from within: zero as soon as no key of the token can ask for it again.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadModule } from '../../electron/signing/module-loader.ts'
import { createTokenSessions, type TokenSessions } from '../../electron/signing/token-sessions.ts'
import { softTokens } from './pki/soft-token.ts'
import { testPki } from './pki/test-pki.ts'
import { pinBytes } from './shim/signing-support.ts'

let sessions: TokenSessions
beforeAll(async () => {
  const soft = await softTokens(await testPki(), {
    Leader: [{ leaf: 'leader' }],
    Strict: [{ leaf: 'seal', alwaysAuthenticate: true }],
  })
  Object.assign(process.env, soft.environment)
  sessions = createTokenSessions(loadModule(soft.modulePath))
})
afterAll(() => sessions.endAll())

const isZero = (pin: Uint8Array): boolean => pin.every((byte) => byte === 0)
const open = (label: string, pin: Uint8Array) => sessions.open({ serial: '', label }, { pin, acceptLastTry: false })

test('after login, where every key signs without asking again', async () => {
  const pin = pinBytes()
  const { session } = await open('Leader', pin)
  expect(isZero(pin)).toBe(true)
  sessions.end(session)
})

test('at the end of the session, where a key asks at each signature', async () => {
  const pin = pinBytes()
  const { session } = await open('Strict', pin)
  expect(isZero(pin)).toBe(false)
  sessions.end(session)
  expect(isZero(pin)).toBe(true)
})

test.each(['Leader', 'Strict', 'Nobody'])('after a login that failed: %s', async (label) => {
  const pin = pinBytes('999999')
  await expect(open(label, pin)).rejects.toThrow()
  expect(isZero(pin)).toBe(true)
})
