// Items 12, 13 and 15: who may call, what a call may carry, and where a secret lies.
import fc from 'fast-check'
import { globSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect } from 'vitest'
import { BRIDGE_CHANNELS } from '../../../shared/desktop/bridge.ts'
import { bridgeContract } from '../../../shared/desktop/contract.ts'
import { mainWindow, type Check, type Running } from './check.ts'

const FORBIDDEN = { ok: false, code: 'forbidden' }
const INVALID = { ok: false, code: 'invalid-request' }

/** Calls a registered channel as Electron would, with a sender of the test's choice. */
async function invokeAs({ host }: Running, senderFrame: unknown, channel: string, request: unknown): Promise<unknown> {
  const handler = host.ipcMain.invokes.get(channel)
  if (!handler) throw new Error(`no handler for ${channel}`)
  return handler({ sender: mainWindow(host).webContents, senderFrame }, request)
}

export const foreignPage: Check = {
  item: 12,
  title: 'a foreign document in our own window gets the bridge but no answer',
  run: async ({ host, page }) => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>lạ</h1>')
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    try {
      await mainWindow(host).loadURL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
      expect(await page.evaluate(() => window.traMy.call('app.info', {}))).toEqual(FORBIDDEN)
      expect(await page.evaluate(() => window.traMy.call('vault.read', {}))).toEqual(FORBIDDEN)
    } finally {
      server.close()
    }
  },
}

export const foreignFrames: Check = {
  item: 12,
  title: 'sub-frames, vanished frames and look-alike origins are refused on every channel',
  run: async (running) => {
    const own = { url: 'app://bundle/index.html', parent: null }
    const senders = [
      null,
      { ...own, parent: own },
      { ...own, url: 'app://bundle.evil/index.html' },
      { ...own, url: 'app://bundle@evil/index.html' },
      { ...own, url: 'https://bundle/index.html' },
      { ...own, url: 'about:blank' },
      { ...own, url: '' },
    ]
    for (const channel of BRIDGE_CHANNELS) {
      for (const sender of senders) expect(await invokeAs(running, sender, channel, {})).toEqual(FORBIDDEN)
    }
    expect(await invokeAs(running, own, 'app.info', {})).toMatchObject({ ok: true })
  },
}

export const garbage: Check = {
  item: 13,
  title: 'whatever a page sends, the answer is data: garbage is an invalid request, never a throw',
  run: async (running) => {
    const own = mainWindow(running.host).webContents.mainFrame
    const seed = Date.now() % 1_000_000
    const anything = fc.oneof(
      fc.anything({ withDate: true, withMap: true, withTypedArray: true, maxDepth: 3 }),
      fc.record({ url: fc.anything(), value: fc.anything(), name: fc.anything(), bytes: fc.anything() }),
      fc.record({ meetingId: fc.string(), extra: fc.anything() }),
    )
    const channels = fc.constantFrom(...BRIDGE_CHANNELS)
    const property = fc.asyncProperty(channels, anything, async (channel, request) => {
      fc.pre(!bridgeContract[channel].request.safeParse(request).success)
      expect(await invokeAs(running, own, channel, request)).toEqual(INVALID)
    })
    // fast-check prints the seed and the shrunk request when it fails.
    await fc.assert(property, { seed, numRuns: 400 })
    const bad: readonly [string, unknown][] = [
      ['sharedScreen.open', { meetingId: '../../etc' }],
      ['sharedScreen.open', { meetingId: 'b3f1c1de-6c1a-4a0e-9a7e-3d1f0a2b4c5d', extra: 1 }],
      ['vault.write', { value: 'x'.repeat(64 * 1024 + 1) }],
      ['link.open', { url: `https://x.example/${'a'.repeat(2048)}` }],
      ['file.save', { name: '', bytes: new Uint8Array(1) }],
      ['file.save', { name: 'a.pdf', bytes: [1, 2, 3] }],
      ['app.info', { anything: true }],
      ['app.info', undefined],
    ]
    for (const [channel, request] of bad) {
      expect([channel, await invokeAs(running, own, channel, request)]).toEqual([channel, INVALID])
    }
  },
}

const SECRET = 'khóa-dữ-liệu-bọc-0123456789abcdef'

/** Everything the application itself has written, without the browser's profile. */
function writtenBytes(userData: string): string {
  const files = globSync('{*,hub/**/*}', { cwd: userData, withFileTypes: true }).filter((entry) => entry.isFile())
  return files.map((entry) => readFileSync(join(entry.parentPath, entry.name)).toString('latin1')).join('\n')
}

export const sealedVault: Check = {
  item: 15,
  title: 'the vault keeps a secret sealed by the keyring, and forgets it when told',
  run: async ({ host, page }) => {
    const write = (value: string) => page.evaluate((v) => window.traMy.call('vault.write', { value: v }), value)
    const read = () => page.evaluate(() => window.traMy.call('vault.read', {}))
    expect(await read()).toEqual({ ok: true, value: { value: null } })
    expect(await write(SECRET)).toEqual({ ok: true, value: {} })
    expect(await read()).toEqual({ ok: true, value: { value: SECRET } })
    expect(globSync('vault.bin', { cwd: host.userData })).toEqual(['vault.bin'])
    const disk = writtenBytes(host.userData)
    expect(disk).not.toContain(Buffer.from(SECRET).toString('latin1'))
    expect(disk).not.toContain(Buffer.from(SECRET).toString('base64'))
    expect(await page.evaluate(() => window.traMy.call('vault.clear', {}))).toEqual({ ok: true, value: {} })
    expect(await read()).toEqual({ ok: true, value: { value: null } })
    expect(globSync('vault.bin', { cwd: host.userData })).toEqual([])
  },
}

function withoutKeyring(keyring: 'basic_text' | 'unavailable'): Check {
  return {
    item: 15,
    title: `without a keyring (${keyring}) the vault refuses, and nothing is written`,
    launch: { keyring },
    run: async ({ host, page }) => {
      const refused = { ok: false, code: 'no-keyring' }
      const write = await page.evaluate((value) => window.traMy.call('vault.write', { value }), SECRET)
      expect(write).toEqual(refused)
      expect(await page.evaluate(() => window.traMy.call('vault.read', {}))).toEqual(refused)
      expect(globSync('vault.bin', { cwd: host.userData })).toEqual([])
    },
  }
}

export const builtInKey: Check = withoutKeyring('basic_text')
export const noKeyring: Check = withoutKeyring('unavailable')
