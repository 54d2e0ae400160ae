// Logging in: passwords, delays, temporary passwords, sessions that end.
import { randomUUID } from 'node:crypto'
import Database from 'better-sqlite3'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SAMPLE_PASSWORD } from '../../shared/sample/accounts.ts'
import { samplePersonId } from '../../shared/sample/commune.ts'
import { testHub, type TestHub } from '../support/hub.ts'
import { call, logIn } from '../support/person.ts'

const time = { ms: Date.now() }
let hub: TestHub

beforeAll(async () => {
  hub = await testHub({}, { clock: { now: () => time.ms } })
})
afterAll(async () => {
  expect(hub.faults).toEqual([])
  await hub.end()
})

const tryLogin = (username: string, password: string) =>
  call<{ session: string; passwordChangeRequired: boolean }>(hub.url, '/api/login', {
    username,
    password,
    device: { id: randomUUID(), name: 'thử' },
  })
const codeOf = async (answer: ReturnType<typeof tryLogin>) => {
  const { result } = await answer
  return result.ok ? 'ok' : result.code
}

test('a wrong password and an unknown name get the same answer', async () => {
  expect(await codeOf(tryLogin('yte', 'sai mật khẩu'))).toBe('login-failed')
  expect(await codeOf(tryLogin('khongco', SAMPLE_PASSWORD))).toBe('login-failed')
})

test('after five wrong passwords even the right one must wait, longer each time, and the wait is told', async () => {
  for (let i = 0; i < 5; i += 1) expect(await codeOf(tryLogin('taichinh', 'sai'))).toBe('login-failed')
  const delayed = await fetch(`${hub.url}/api/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      username: 'taichinh',
      password: SAMPLE_PASSWORD,
      device: { id: randomUUID(), name: 'thử' },
    }),
  })
  expect([delayed.status, delayed.headers.get('retry-after')]).toEqual([429, '10'])
  time.ms += 10_000
  expect(await codeOf(tryLogin('taichinh', 'sai'))).toBe('login-failed')
  time.ms += 10_000
  expect(await codeOf(tryLogin('taichinh', SAMPLE_PASSWORD))).toBe('login-delayed')
  time.ms += 10_000
  expect(await codeOf(tryLogin('taichinh', SAMPLE_PASSWORD))).toBe('ok')
  expect(await codeOf(tryLogin('taichinh', 'sai'))).toBe('login-failed')
})

test('a temporary password opens nothing but its own replacement, and ends the sessions that were open', async () => {
  const admin = await logIn(hub.url, 'quantri')
  const before = await logIn(hub.url, 'vanthu')
  const reset = await admin.call<{ temporaryPassword: string }>('/api/password/reset', { personId: before.personId })
  const temporary = reset.result.ok ? reset.result.value.temporaryPassword : ''
  expect(temporary).toMatch(/^[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}$/)
  expect((await before.call('/api/sessions')).result).toEqual({ ok: false, code: 'session-ended' })
  const { result } = await tryLogin('vanthu', temporary)
  const session = result.ok ? result.value.session : ''
  expect(result).toMatchObject({ ok: true, value: { passwordChangeRequired: true } })
  const required = { ok: false, code: 'password-change-required' }
  expect((await call(hub.url, '/api/sessions', undefined, session)).result).toEqual(required)
  expect((await call(hub.url, '/api/tickets', { room: 'org/directory' }, session)).result).toEqual(required)
  const change = (next: string) => call(hub.url, '/api/password', { current: temporary, next }, session)
  for (const weak of ['ngắn', 'aaaaaaaaaaaaa', 'tôi-là-vanthu-2026', temporary]) {
    expect((await change(weak)).result).toEqual({ ok: false, code: 'password-too-weak' })
  }
  expect((await change('mật khẩu mới của Oanh')).result.ok).toBe(true)
  expect((await call(hub.url, '/api/sessions', undefined, session)).result.ok).toBe(true)
  expect(await codeOf(tryLogin('vanthu', temporary))).toBe('login-failed')
  expect(await codeOf(tryLogin('vanthu', 'mật khẩu mới của Oanh'.normalize('NFD')))).toBe('ok')
})

test('only administrators reset passwords; nobody ends another’s session', async () => {
  const member = await logIn(hub.url, 'yte')
  const other = await logIn(hub.url, 'giaoduc')
  expect((await member.call('/api/password/reset', { personId: other.personId })).result).toEqual({
    ok: false,
    code: 'forbidden',
  })
  const theirs = await other.call<{ sessions: { id: string }[] }>('/api/sessions')
  const id = theirs.result.ok ? (theirs.result.value.sessions[0]?.id ?? '') : ''
  expect((await member.call('/api/sessions/end', { id })).result).toEqual({ ok: false, code: 'not-found' })
  expect((await other.call('/api/sessions/end', { id })).result.ok).toBe(true)
})

test('an account that ended cannot log in, and its open session is over', async () => {
  const admin = await logIn(hub.url, 'quantri')
  const leaving = await logIn(hub.url, 'truongthon')
  expect(await admin.perform('org.endAccount', { personId: samplePersonId('truongthon') })).toBe('ok')
  expect((await leaving.call('/api/sessions')).result).toEqual({ ok: false, code: 'account-ended' })
  expect(await codeOf(tryLogin('truongthon', SAMPLE_PASSWORD))).toBe('account-ended')
})

test('the last administrator cannot be ended', async () => {
  const admin = await logIn(hub.url, 'quantri')
  expect(await admin.perform('org.endAccount', { personId: admin.personId })).toBe('last-administrator')
})

test('a session ends by itself after thirty days', async () => {
  const person = await logIn(hub.url, 'kinhte')
  time.ms += 30 * 24 * 3_600_000
  expect((await person.call('/api/sessions')).result).toEqual({ ok: false, code: 'session-ended' })
})

test('the ledger is for administrators, and does not tell what was said in a meeting', async () => {
  const admin = await logIn(hub.url, 'quantri')
  const ask = { stream: null, before: null, limit: 200 }
  expect((await (await logIn(hub.url, 'yte')).call('/api/ledger', ask)).result).toEqual({
    ok: false,
    code: 'forbidden',
  })
  const { result } = await admin.call<{ intact: boolean; entries: { stream: string; body: unknown }[] }>(
    '/api/ledger',
    ask,
  )
  expect(result).toMatchObject({ ok: true, value: { intact: true } })
})

test('neither passwords nor session credentials stand anywhere in the data folder', async () => {
  const person = await logIn(hub.url, 'congan')
  const db = new Database(join(hub.dataFolder, 'hub.sqlite'))
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
  for (const name of readdirSync(hub.dataFolder).filter((file) => file.startsWith('hub.sqlite'))) {
    const bytes = readFileSync(join(hub.dataFolder, name))
    for (const secret of [SAMPLE_PASSWORD, person.session]) expect(bytes.includes(secret), name).toBe(false)
  }
})
