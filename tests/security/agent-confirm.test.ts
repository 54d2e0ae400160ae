// The PIN window of a browser over real HTTP: an address that works once, a page that only itself can speak for, a PIN that comes back
// in no answer. Real tokens in software behind it, and a real Chromium in front.
import axe from 'axe-core'
import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDeskAgent } from '../../electron/agent/desk-agent.ts'
import type { Agent } from '../../electron/agent/server.ts'
import { fingerprintOf } from '../../electron/signing-desk/devices.ts'
import { AGENT_LIMITS, AGENT_PATHS, parsePairing } from '../../shared/desktop/agent-wire.ts'
import { packBytes, unpackBytes } from '../../shared/desktop/agent-bytes.ts'
import { buildWhenStale } from '../electron-host/stage.ts'
import { PAPER, PLAIN_ORDER, uuid } from '../signing/desk-bench.ts'
import { processFolder } from '../signing/pki/tools.ts'
import { shimBench, type ShimBench } from '../signing/shim/shim-bench.ts'
import { SOFT_PIN } from '../signing/pki/soft-token.ts'

const HUB = 'http://127.0.0.1:4680'
const TYPED = 'not-the-PIN-31337'
let bench: ShimBench
let agent: Agent
let browser: Browser
let secret: string
const faults: string[] = []
/** Every byte that the agent has answered. */
const answered: string[] = []

beforeAll(async () => {
  buildWhenStale()
  bench = await shimBench({ Leader: [{ leaf: 'leader' }] })
  agent = await startDeskAgent({
    ...{ hubUrl: HUB, version: '0.1.0', client: bench.client, cacheFolder: join(processFolder('evidence'), 'cache') },
    open: () => Promise.resolve(),
    onFault: (fault) => faults.push(fault),
  })
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  })
  const code = parsePairing(agent.pairingFragment())?.code ?? ''
  const paired = await ask({ path: AGENT_PATHS.pair, body: JSON.stringify({ code }), headers: JSON_OF_HUB })
  secret = (JSON.parse(paired.text) as { value: { secret: string } }).value.secret
})
afterAll(async () => {
  await browser.close()
  await agent.close()
  expect(faults).toEqual([])
  for (const pin of [TYPED, SOFT_PIN]) expect(answered.some((text) => text.includes(pin))).toBe(false)
})

interface Asked {
  readonly method?: string
  readonly path: string
  readonly headers?: Record<string, string>
  readonly body?: string
}

const JSON_OF_HUB = { origin: HUB, 'content-type': 'application/json' }

/** A program of this machine: it may send any header. */
function ask({ method = 'POST', path, headers = {}, body = '' }: Asked) {
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; text: string }>((done, failed) => {
    const asked = httpRequest(
      {
        ...{ host: '127.0.0.1', port: agent.port, method, path, agent: false },
        headers: { host: `127.0.0.1:${agent.port}`, ...headers },
      },
      (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (part: string) => (text += part))
        response.on('end', () => {
          answered.push(text + JSON.stringify(response.headers))
          done({ status: response.statusCode ?? 0, headers: response.headers, text })
        })
      },
    )
    asked.on('error', failed)
    asked.end(body)
  })
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'base64'))

async function call(channel: string, request: unknown, path: string = AGENT_PATHS.call) {
  const headers = { ...JSON_OF_HUB, authorization: `Bearer ${secret}` }
  const { status, text } = await ask({ path, headers, body: JSON.stringify(packBytes({ channel, request }, base64)) })
  expect(status).toBe(200)
  return unpackBytes(JSON.parse(text), bytesOf) as { ok: boolean; code?: string; value: Record<string, unknown> }
}

const startRequest = async () => ({
  documents: [
    { id: uuid(1), name: 'Tờ trình <b>số 15</b>.pdf', bytes: PAPER },
    { id: uuid(2), name: 'Phụ lục.pdf', bytes: PAPER },
  ],
  token: await bench.tokenId('Leader'),
  certificate: fingerprintOf(bench.certificate('Leader', 'leader')),
  order: PLAIN_ORDER,
  trust: { anchors: [], timestampServices: [] },
})

/** @returns the batch, and the path of its PIN window */
async function startBatch() {
  const started = await call('signing.start', await startRequest(), AGENT_PATHS.carry)
  expect(started).toMatchObject({ ok: true })
  const { batch, confirmUrl } = started.value as { batch: string; confirmUrl: string }
  expect(confirmUrl).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${agent.port}/confirm/[A-Za-z0-9_-]{43}$`))
  return { batch, confirmUrl, path: new URL(confirmUrl).pathname }
}
const phaseOf = async (batch: string) => (await call('signing.state', { batch })).value['phase']

const DOCUMENT = { 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate', 'sec-fetch-site': 'cross-site' }
const keyIn = (html: string) => /name="confirm-key" content="([^"]+)"/.exec(html)?.[1] ?? ''
const own = () => `http://127.0.0.1:${agent.port}`

async function withWindow<T>(url: string, run: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ locale: 'vi-VN' })
  try {
    const page = await context.newPage()
    const problems: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text())
    })
    page.on('pageerror', (error) => problems.push(String(error)))
    await page.goto(url)
    const outcome = await run(page)
    expect(problems).toEqual([])
    return outcome
  } finally {
    await context.close()
  }
}

test('the address gives its page once, as the document of a window only, with a strict policy and no way to keep it', async () => {
  const { batch, path } = await startBatch()
  const get = (headers: Record<string, string>) => ask({ method: 'GET', path, headers })
  // What a script, a frame or an image of the page that knows the address would send: refused, and the address is unspent.
  for (const target of ['empty', 'iframe', 'image', 'script'])
    expect((await get({ ...DOCUMENT, 'sec-fetch-dest': target })).status).toBe(404)
  expect((await get({})).status).toBe(404)
  expect((await get({ ...DOCUMENT, host: `evil.example:${agent.port}` })).status).toBe(421)
  const given = await get(DOCUMENT)
  expect(given.status).toBe(200)
  expect(keyIn(given.text)).toMatch(/^[A-Za-z0-9_-]{43}$/)
  expect(given.headers).toMatchObject({
    'content-security-policy': expect.stringMatching(
      /^default-src 'none'; script-src 'self'; .*frame-ancestors 'none'/,
    ),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  })
  expect(Object.keys(given.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  expect((await get(DOCUMENT)).status).toBe(404)
  expect(await call('signing.cancel', { batch })).toMatchObject({ ok: true })
})

test('only the page itself can answer: not the hub’s page, not without its key, not a program that guesses', async () => {
  const { batch, path } = await startBatch()
  const key = keyIn((await ask({ method: 'GET', path, headers: DOCUMENT })).text)
  const post = (action: string, headers: Record<string, string>, body = TYPED) =>
    ask({
      path: `${path}/${action}`,
      headers: { origin: own(), 'x-tra-my-confirm': key, 'content-type': 'application/octet-stream', ...headers },
      body,
    })
  expect((await post('answer', { origin: HUB })).status).toBe(403)
  expect((await post('answer', { origin: 'null' })).status).toBe(403)
  expect((await post('answer', { host: `evil.example:${agent.port}` })).status).toBe(421)
  expect((await post('answer', { 'x-tra-my-confirm': 'A'.repeat(43) })).status).toBe(404)
  expect((await post('answer', { 'x-tra-my-confirm': '' })).status).toBe(404)
  expect((await post('answer', { 'content-type': 'text/plain' })).status).toBe(415)
  expect((await post('answer', {}, 'x'.repeat(256))).status).toBe(413)
  expect((await post('other', {})).status).toBe(404)
  expect((await post('answer/more', {})).status).toBe(404)
  expect((await ask({ method: 'OPTIONS', path: `${path}/answer`, headers: { origin: HUB } })).status).toBe(405)
  expect((await post('view', { origin: HUB }, '')).status).toBe(403)
  const view = await post('view', {}, '')
  expect(JSON.parse(view.text)).toMatchObject({ token: 'Leader', pin: 'ready' })
  // Nobody was heard until now: no try was spent.
  expect(bench.shim.calls().filter((line) => line.startsWith('login'))).toEqual([])
  expect((await post('answer', {})).status).toBe(204)
  await expect.poll(() => phaseOf(batch), { timeout: 15_000 }).toBe('stopped')
  expect((await call('signing.state', { batch })).value).toMatchObject({ code: 'pin-wrong' })
  expect(bench.shim.calls().filter((line) => line.startsWith('login'))).toHaveLength(1)
  // The question is over: its key opens nothing any more.
  expect((await post('answer', {})).status).toBe(404)
  expect((await post('view', {}, '')).status).toBe(404)
  expect(await call('signing.cancel', { batch })).toMatchObject({ ok: true })
})

test('small and large calls go their own ways: limits before parsing, documents by their own address only', async () => {
  const carry = { ...JSON_OF_HUB, authorization: `Bearer ${secret}` }
  expect(await call('app.info', {}, AGENT_PATHS.carry)).toEqual({ ok: false, code: 'invalid-request' })
  expect((await ask({ path: AGENT_PATHS.carry, headers: JSON_OF_HUB, body: '{}' })).status).toBe(401)
  const large = String(AGENT_LIMITS.carryBodyBytes + 1)
  expect((await ask({ path: AGENT_PATHS.carry, headers: { ...carry, 'content-length': large } })).status).toBe(413)
  const request = await startRequest()
  const bad = { ...request, documents: [{ ...request.documents[0], bytes: 'text' }] }
  expect(await call('signing.start', bad, AGENT_PATHS.carry)).toEqual({ ok: false, code: 'invalid-request' })
  const pinned = { ...request, pin: '123456' }
  expect(await call('signing.start', pinned, AGENT_PATHS.carry)).toEqual({ ok: false, code: 'invalid-request' })
})

test('in a real window: what is signed is said, Enter signs, and the result comes to the page as bytes', async () => {
  const { batch, confirmUrl } = await startBatch()
  await withWindow(confirmUrl, async (page) => {
    await page.waitForSelector('h1')
    expect(await page.textContent('h1')).toBe('Ký 2 văn bản')
    // A name is text, whatever it says.
    expect(await page.textContent('.documents li:first-child')).toBe('Tờ trình <b>số 15</b>.pdf')
    expect(await page.locator('.documents b').count()).toBe(0)
    const sheet = (await page.locator('.sheet').boundingBox())!
    const mark = (await page.locator('.mark').boundingBox())!
    // 60 of 595 points from the left, 60 of 842 from below.
    expect((mark.x - sheet.x) / sheet.width).toBeCloseTo(60 / 595, 1)
    expect(1 - (mark.y + mark.height - sheet.y) / sheet.height).toBeCloseTo(60 / 842, 1)
    const field = page.locator('#pin')
    expect(
      await field.evaluate((input: HTMLInputElement) => [input.type, input.autocomplete, input.spellcheck]),
    ).toEqual(['password', 'off', false])
    expect(await field.evaluate((input) => document.activeElement === input)).toBe(true)
    await page.evaluate(axe.source)
    const faulty = await page.evaluate(async () => {
      const { axe: inPage } = window as unknown as { axe: typeof axe }
      return (await inPage.run()).violations.map(({ id }) => id)
    })
    expect(faulty).toEqual([])
    await page.keyboard.press('Enter')
    expect(await page.textContent('#pin-warning')).toBe('Hãy nhập mã PIN.')
    await field.fill(SOFT_PIN)
    const closed = page.waitForEvent('close').catch(() => undefined)
    // The window may be gone before the key is let go.
    await page.keyboard.press('Enter').catch(() => undefined)
    await expect.poll(() => phaseOf(batch), { timeout: 20_000 }).toBe('done')
    await Promise.race([closed, page.waitForSelector('.end').catch(() => undefined)])
  })
  const { value } = await call('signing.result', { batch, document: uuid(2) })
  expect(
    Buffer.from(value['bytes'] as Uint8Array)
      .subarray(0, PAPER.length)
      .equals(Buffer.from(PAPER)),
  ).toBe(true)
})

test('the last try needs a tick; Escape cancels; English is one press away', async () => {
  bench.shim.on('pin-tries', 1)
  try {
    await expect
      .poll(async () => ((await call('signing.devices', {})).value['tokens'] as { pin: string }[])[0]?.pin, {
        timeout: 15_000,
      })
      .toBe('last-try')
    const { batch, confirmUrl } = await startBatch()
    await withWindow(confirmUrl, async (page) => {
      await page.waitForSelector('#last-try')
      expect(await page.textContent('#pin-state')).toMatch(/^Còn đúng MỘT lần thử/)
      const sign = page.locator('button[type=submit]')
      expect(await sign.isDisabled()).toBe(true)
      await page.locator('#last-try').check()
      expect(await sign.isDisabled()).toBe(false)
      await page.locator('button.language').click()
      expect(await page.textContent('h1')).toBe('Sign 2 documents')
      // Said again in the other language, it has to be confirmed again.
      expect(await page.locator('button[type=submit]').isDisabled()).toBe(true)
      await page.keyboard.press('Escape')
      await expect.poll(() => phaseOf(batch)).toBe('cancelled')
    })
  } finally {
    bench.shim.reset()
  }
})

test('a window that is closed unanswered cancels its batch', async () => {
  const { batch, confirmUrl } = await startBatch()
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(confirmUrl)
  await page.waitForSelector('#pin')
  await page.close({ runBeforeUnload: true })
  await expect.poll(() => phaseOf(batch), { timeout: 10_000 }).toBe('cancelled')
  await context.close()
})
