// The signing desk with tokens behind it: one PIN for a batch, one try at most, a pulled token waited for, and results that hold.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { NO_EVIDENCE } from '../../shared/signature/evidence.ts'
import { verifyPdf } from '../../shared/signature/verify.ts'
import { nodePkiCrypto } from '../../electron/pki/node-crypto.ts'
import { CONFIRM_MS } from '../../electron/signing-desk/open-batch.ts'
import { timers, type Schedule } from '../../electron/signing-desk/schedule.ts'
import { deskBench, ownOfTests, uuid, valueOf, type DeskBench, type StartRequest } from './desk-bench.ts'
import { anchorsOf } from './office.ts'
import { testPki, type TestPki } from './pki/test-pki.ts'
import { SOFT_PIN } from './pki/soft-token.ts'
import { shimBench, type ShimBench } from './shim/shim-bench.ts'

let pki: TestPki
let shim: ShimBench
let trust: StartRequest['trust']
let bench: DeskBench
/** Work that was put off, for a test to do at once. */
const putOff: { readonly ms: number; readonly work: () => void }[] = []
const schedule: Schedule = (ms, work) => {
  const entry = { ms, work }
  putOff.push(entry)
  const stop = timers(ms, work)
  return () => {
    stop()
    if (putOff.includes(entry)) putOff.splice(putOff.indexOf(entry), 1)
  }
}

beforeAll(async () => {
  pki = await testPki()
  shim = await shimBench({ Leader: [{ leaf: 'leader' }] })
  const certificates = [pki.authorities.root.der, ...pki.chain]
  trust = {
    anchors: certificates.map((der) => ({
      certificate: Buffer.from(der).toString('base64'),
      uses: ['signing', 'timestamping'],
    })),
    timestampServices: [],
  }
  bench = deskBench(shim.client, await ownOfTests(), trust, schedule)
})
afterEach(() => {
  shim.shim.reset()
  expect(bench.faults).toEqual([])
})
afterAll(() => bench.desk.close())

const logins = () => shim.shim.calls().filter((call) => call.startsWith('login')).length
const pluggedIn = async () => valueOf(await bench.desk.handlers['signing.devices']({})).tokens.map(({ id }) => id.label)
const result = async (batch: string, at: number) =>
  valueOf(await bench.desk.handlers['signing.result']({ batch, document: uuid(at) })).bytes

test('devices: the token with its certificate, answered from the watch without asking the token again', async () => {
  const first = valueOf(await bench.desk.handlers['signing.devices']({}))
  expect(first.modules).toMatchObject([{ name: 'Shim', status: 'ready' }])
  expect(first.tokens).toMatchObject([{ id: { label: 'Leader' }, pin: 'ready', pinPad: false, fault: null }])
  expect(first.tokens[0]?.certificates).toMatchObject([
    { obstacles: [], serialNumber: expect.stringMatching(/^[0-9a-f]+$/) },
  ])
  const again = await Promise.all(Array.from({ length: 20 }, () => bench.desk.handlers['signing.devices']({})))
  for (const each of again) expect(valueOf(each)).toEqual(first)
})

test('three files, one PIN, one login; each result holds for our verifier; the window goes when the PIN is given', async () => {
  const batch = await bench.start('Leader', 3)
  expect(await bench.state(batch)).toMatchObject({ phase: 'confirming', documents: [{}, {}, {}] })
  const view = bench.windows.at(-1)?.question.view()
  expect(view).toMatchObject({ role: 'plain', pin: 'ready', token: 'Leader' })
  expect(view?.documents.map(({ name }) => name)).toEqual(['Văn bản 0.pdf', 'Văn bản 1.pdf', 'Văn bản 2.pdf'])
  expect(view?.documents[0]?.mark).toMatchObject({ page: 1, mark: { left: 60, width: 200, height: 50 } })
  expect(await bench.desk.handlers['signing.result']({ batch, document: uuid(0) })).toEqual({
    ok: false,
    code: 'batch-not-ready',
  })
  expect(bench.type(SOFT_PIN)).toBe(true)
  expect(bench.windows.at(-1)?.closed).toBe(true)
  // A second answer in the same window finds nobody.
  expect(bench.type(SOFT_PIN)).toBe(false)
  const done = await bench.until(batch, 'done')
  expect(done.documents.map(({ state, level, code }) => [state, level, code])).toEqual(
    Array(3).fill(['signed', 'B-B', null]),
  )
  expect(logins()).toBe(1)
  const anchors = anchorsOf(pki)
  for (const at of [0, 1, 2]) {
    const report = await verifyPdf(await result(batch, at), {
      ...{ name: 'x.pdf', anchors, evidence: NO_EVIDENCE, now: Date.now(), crypto: nodePkiCrypto },
    })
    expect(report.signatures).toHaveLength(1)
    // The chain came with it: only revocation and time are unknown without a line.
    expect(report.signatures[0]?.reasons).not.toContain('path.no-path')
    expect(report.status).not.toBe('invalid')
  }
})

test('a wrong PIN stops the batch at the first file and spends one try; resumed with the right one it is signed', async () => {
  const batch = await bench.start('Leader', 3)
  expect(bench.type('000000')).toBe(true)
  const stopped = await bench.until(batch, 'stopped')
  expect(stopped).toMatchObject({ code: 'pin-wrong', documents: Array(3).fill({ state: 'waiting' }) })
  expect(logins()).toBe(1)
  expect(await bench.desk.handlers['signing.resume']({ batch })).toEqual({ ok: true, value: { confirmUrl: null } })
  expect((await bench.state(batch)).phase).toBe('confirming')
  bench.type(SOFT_PIN)
  await bench.until(batch, 'done')
  expect(logins()).toBe(2)
})

test('the bytes of the PIN are zero when the token has answered, and when nobody wants them', async () => {
  const batch = await bench.start('Leader', 1)
  const pin = new TextEncoder().encode(SOFT_PIN)
  const { question } = bench.windows.at(-1)!
  expect(question.answer({ pin, acceptLastTry: false })).toBe(true)
  await bench.until(batch, 'done')
  expect([...pin]).toEqual(Array(pin.length).fill(0))
  const late = new TextEncoder().encode(SOFT_PIN)
  expect(question.answer({ pin: late, acceptLastTry: false })).toBe(false)
  expect([...late]).toEqual(Array(late.length).fill(0))
})

test('cancelled in the window, or by the page while files are signed: the session ends and nothing more is given out', async () => {
  const first = await bench.start('Leader', 1)
  bench.windows.at(-1)?.question.cancel()
  expect((await bench.state(first)).phase).toBe('cancelled')
  expect(logins()).toBe(0)
  const second = await bench.start('Leader', 3)
  shim.shim.on('slow-sign', 700)
  bench.type(SOFT_PIN)
  await expect.poll(async () => (await bench.state(second)).documents[0]?.state, { timeout: 15_000 }).toBe('signing')
  expect(await bench.desk.handlers['signing.cancel']({ batch: second })).toEqual({ ok: true, value: {} })
  shim.shim.off('slow-sign')
  expect((await bench.state(second)).documents.map(({ state }) => state)).toEqual(['waiting', 'waiting', 'waiting'])
  // The token is free again: a new batch opens it.
  const third = await bench.start('Leader', 1)
  await new Promise((later) => setTimeout(later, 1_500))
  bench.type(SOFT_PIN)
  await bench.until(third, 'done')
})

test('a pulled token is waited for; back again, the batch goes on with the first unsigned file', async () => {
  const batch = await bench.start('Leader', 3)
  shim.shim.on('slow-sign', 400)
  bench.type(SOFT_PIN)
  await expect.poll(async () => (await bench.state(batch)).documents[0]?.state, { timeout: 15_000 }).toBe('signed')
  shim.shim.on('removed')
  const waiting = await bench.until(batch, 'waiting-for-token')
  expect(['token-removed', 'token-absent']).toContain(waiting.code)
  expect(waiting.documents[0]?.state).toBe('signed')
  expect(waiting.documents.some(({ state }) => state === 'signing')).toBe(false)
  const kept = await result(batch, 0)
  await expect.poll(pluggedIn, { timeout: 15_000 }).toEqual([])
  expect(await bench.desk.handlers['signing.resume']({ batch })).toEqual({ ok: false, code: 'token-absent' })
  shim.shim.reset()
  await expect.poll(pluggedIn, { timeout: 15_000 }).toEqual(['Leader'])
  expect(await bench.desk.handlers['signing.resume']({ batch })).toEqual({ ok: true, value: { confirmUrl: null } })
  bench.type(SOFT_PIN)
  const done = await bench.until(batch, 'done')
  expect(done.documents.map(({ state }) => state)).toEqual(['signed', 'signed', 'signed'])
  expect(Buffer.from(await result(batch, 0)).equals(Buffer.from(kept))).toBe(true)
})

test('nobody answers: the window goes, the batch stops and can be resumed', async () => {
  const batch = await bench.start('Leader', 1)
  const window = bench.windows.at(-1)!
  putOff.findLast(({ ms }) => ms === CONFIRM_MS)?.work()
  expect(window.closed).toBe(true)
  expect(await bench.state(batch)).toMatchObject({ phase: 'stopped', code: 'confirm-expired' })
  expect(bench.type(SOFT_PIN)).toBe(false)
  expect(valueOf(await bench.desk.handlers['signing.resume']({ batch }))).toEqual({ confirmUrl: null })
  bench.windows.at(-1)?.question.cancel()
})

test('four batches at once and no more; a batch nobody knows is said so', async () => {
  const open = [await bench.start('Leader', 1), await bench.start('Leader', 1), await bench.start('Leader', 1)]
  open.push(await bench.start('Leader', 1))
  await expect(bench.start('Leader', 1)).rejects.toThrow('batches-full')
  for (const batch of open) await bench.desk.handlers['signing.cancel']({ batch })
  const unknown = { ok: false, code: 'batch-unknown' }
  expect(await bench.desk.handlers['signing.state']({ batch: uuid(9) })).toEqual(unknown)
  expect(await bench.desk.handlers['signing.resume']({ batch: uuid(9) })).toEqual(unknown)
})

test('what is no PDF fails by itself, and a file is raised to the level that can be had', async () => {
  const { handlers } = bench.desk
  const raise = (bytes: Uint8Array) => handlers['signing.raise']({ bytes: new Uint8Array(bytes), level: 'B-B', trust })
  expect(await raise(Uint8Array.of(1, 2, 3))).toEqual({ ok: true, value: { raised: false, code: 'file-unreadable' } })
  const batch = await bench.start('Leader', 1)
  bench.type(SOFT_PIN)
  await bench.until(batch, 'done')
  const raised = valueOf(await raise(await result(batch, 0)))
  expect(raised).toMatchObject({ raised: true, level: 'B-B' })
})
