// The loopback agent with the page it was started for: the renderer's real client in a real Chromium.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Bridge } from '../../shared/desktop/bridge.ts'
import { startTestAgent, type TestAgent } from './agent-fixture.ts'

declare global {
  var tramyBridge: { connectBridge(): Promise<Bridge | null> }
}

const MEETING = 'b3f1c1de-6c1a-4a0e-9a7e-3d1f0a2b4c5d'
let hub: Server
let stranger: Server
let browser: Browser

beforeAll(async () => {
  ;[hub, stranger] = await Promise.all([pageServer(), pageServer()])
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  })
})
afterAll(async () => {
  await browser.close()
  hub.close()
  stranger.close()
})

async function withAgent(run: (setting: TestAgent) => Promise<void>): Promise<void> {
  await using setting = await startTestAgent(originOf(hub))
  await run(setting)
  expect(setting.faults).toEqual([])
}

/** A page with the real client of the renderer, bundled. */
function pageServer(): Promise<Server> {
  const client = join(import.meta.dirname, '../../renderer/desktop/bridge.ts')
  const { outputFiles } = buildSync({
    entryPoints: [client],
    bundle: true,
    format: 'iife',
    globalName: 'tramyBridge',
    write: false,
  })
  const script = outputFiles[0]!.text
  const server = createServer((asked, response) => {
    const isScript = asked.url === '/bridge.js'
    response.writeHead(200, {
      'content-type': isScript ? 'text/javascript' : 'text/html',
      'content-security-policy': "default-src 'none'; script-src 'self'; connect-src 'self' http://127.0.0.1:*",
    })
    response.end(isScript ? script : '<!doctype html><title>Trà My</title><script src="/bridge.js"></script>')
  })
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server)))
}

const originOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

async function withPage<T>(url: string, run: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    await page.goto(url)
    return await run(page)
  } finally {
    await context.close()
  }
}

const connect = (page: Page) =>
  page.evaluate(async () => {
    const bridge = await tramyBridge.connectBridge()
    return bridge === null ? null : await bridge.call('app.info', {})
  })

test('the page that was opened with a code is paired, its address is cleaned, and a reload keeps it', () =>
  withAgent(({ agent, opened }) =>
    withPage(`${originOf(hub)}/${agent.pairingFragment()}`, async (page) => {
      const info = {
        ok: true,
        value: { hubUrl: originOf(hub), version: '0.1.0', platform: 'linux', shell: 'agent' },
      }
      expect(await connect(page)).toEqual(info)
      expect(new URL(page.url()).hash).toBe('#/')
      await page.reload()
      expect(await connect(page)).toEqual(info)
      const rest = await page.evaluate(async () => {
        const bridge = await tramyBridge.connectBridge()
        if (bridge === null) return null
        return [
          await bridge.call('vault.read', {}),
          await bridge.call('link.open', { url: 'https://vanban.example/luat' }),
          await bridge.call('link.open', { url: 'javascript:alert(1)' }),
          await bridge.call('link.open', { url: 'x'.repeat(3000) }),
        ]
      })
      expect(rest).toEqual([
        { ok: false, code: 'no-keyring' },
        { ok: true, value: {} },
        { ok: false, code: 'link-refused' },
        { ok: false, code: 'invalid-request' },
      ])
      expect(opened).toEqual(['https://vanban.example/luat'])
    }),
  ))

test('files and the shared screen are the page’s own: a download, and a window that keeps the tab’s storage', () =>
  withAgent(({ agent }) =>
    withPage(`${originOf(hub)}/${agent.pairingFragment()}`, async (page) => {
      const download = page.waitForEvent('download')
      const saved = await page.evaluate(async () => {
        const bridge = await tramyBridge.connectBridge()
        return await bridge?.call('file.save', { name: 'biên bản.pdf', bytes: new Uint8Array([37, 80, 68, 70]) })
      })
      expect(saved).toEqual({ ok: true, value: { saved: true } })
      expect((await download).suggestedFilename()).toBe('biên bản.pdf')
      const popup = page.waitForEvent('popup')
      const shared = await page.evaluate(async (meetingId) => {
        const bridge = await tramyBridge.connectBridge()
        return await bridge?.call('sharedScreen.open', { meetingId })
      }, MEETING)
      expect(shared).toEqual({ ok: true, value: { fullScreen: false } })
      const window_ = await popup
      await window_.waitForLoadState()
      expect(new URL(window_.url()).hash).toBe(`#/screen/${MEETING}`)
      expect(await connect(window_)).toMatchObject({ ok: true })
      const closed = await page.evaluate(async () =>
        (await tramyBridge.connectBridge())?.call('sharedScreen.close', {}),
      )
      expect(closed).toEqual({ ok: true, value: { closed: true } })
      await expect.poll(() => window_.isClosed()).toBe(true)
    }),
  ))

test('a page of another origin is not heard, even with a good code; a plain browser has no bridge', () =>
  withAgent(async ({ agent }) => {
    const fragment = agent.pairingFragment()
    expect(await withPage(`${originOf(stranger)}/${fragment}`, connect)).toBeNull()
    // The browser kept the foreign page from being heard at all, so the code is unspent.
    expect(await withPage(`${originOf(hub)}/${fragment}`, connect)).toMatchObject({ ok: true })
    expect(await withPage(`${originOf(hub)}/#/meetings`, connect)).toBeNull()
    expect(await withPage(`${originOf(hub)}/#pair=1.${'a'.repeat(43)}`, connect)).toBeNull()
  }))

test('when the agent is gone the page says so as data, and after a reload it is a plain browser', async () => {
  const { agent, faults } = await startTestAgent(originOf(hub))
  await withPage(`${originOf(hub)}/${agent.pairingFragment()}`, async (page) => {
    expect(await connect(page)).toMatchObject({ ok: true })
    await agent.close()
    expect(await connect(page)).toEqual({ ok: false, code: 'agent-unreachable' })
    await page.reload()
    expect(await connect(page)).toBeNull()
  })
  expect(faults).toEqual([])
})
