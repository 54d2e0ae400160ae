// Signing in Electron: the real bundles, tokens in software behind utility processes, and a PIN window that answers only to itself.
import { expect, test } from 'vitest'
import { createSigningClient } from '../../electron/signing/client.ts'
import { moduleCandidates, THIS_MACHINE } from '../../electron/signing/module-table.ts'
import { nodeSigningChild } from '../../electron/signing/signing-child.ts'
import { fingerprintOf } from '../../electron/signing-desk/devices.ts'
import { BRIDGE_CHANNELS, CONFIRM_CHANNELS } from '../../shared/desktop/bridge.ts'
import type { Running } from './checks/check.ts'
import { mainWindow, runCheck } from './checks/check.ts'
import { SIGNING_ENTRY } from '../signing/shim/signing-support.ts'
import { SOFT_PIN, softTokens } from '../signing/pki/soft-token.ts'
import { testPki } from '../signing/pki/test-pki.ts'
import { PAPER, PLAIN_ORDER, uuid } from '../signing/desk-bench.ts'

/** The token that both the application and the test see, by what the application asks of this machine. */
async function leaderToken() {
  const soft = await softTokens(await testPki(), { Leader: [{ leaf: 'leader' }] })
  process.env['SOFTHSM2_CONF'] = soft.environment.SOFTHSM2_CONF
  const client = createSigningClient({
    spawn: nodeSigningChild(SIGNING_ENTRY),
    candidates: () => moduleCandidates(THIS_MACHINE).filter(({ name }) => name === 'SoftHSM'),
    now: () => Date.now(),
  })
  try {
    const token = (await client.tokens()).find(({ id }) => id.label === 'Leader')
    const der = soft.tokens[0]?.keys[0]?.certificate.der
    if (token === undefined || der === undefined) throw new Error('no token')
    return { token: token.id, certificate: fingerprintOf(der) }
  } finally {
    await client.close()
  }
}

/** Starts a batch from the page. @returns the batch and the window that asks */
async function startBatch({ host, page }: Running) {
  const chosen = await leaderToken()
  const request = {
    documents: [{ id: uuid(1), name: 'Tờ trình.pdf', bytes: [...PAPER] }],
    ...{ ...chosen, order: PLAIN_ORDER, trust: { anchors: [], timestampServices: [] } },
  }
  const started = await page.evaluate(async ({ documents, ...rest }) => {
    const withBytes = documents.map((each) => ({ ...each, bytes: new Uint8Array(each.bytes) }))
    return await window.traMy.call('signing.start', { ...rest, documents: withBytes })
  }, request)
  if (!started.ok) throw new Error(started.code)
  expect(started.value.confirmUrl).toBeNull()
  const window_ = host.browserWindows().at(-1)
  if (window_ === undefined) throw new Error('no PIN window')
  return { batch: started.value.batch, window: window_, pinPage: await host.pageOf(window_) }
}

const phaseOf = async ({ page }: Running, batch: string) => {
  const state = await page.evaluate((id) => window.traMy.call('signing.state', { batch: id }), batch)
  return state.ok ? state.value.phase : state.code
}

test('a page signs through a window of its own that names the paper, and hears nothing of the PIN', () =>
  runCheck({
    item: 14,
    title: '',
    run: async (running) => {
      const { batch, window: pinWindow, pinPage } = await startBatch(running)
      const { preload, ...locks } = pinWindow.webContents.getLastWebPreferences() as Record<string, unknown>
      const { preload: ownPreload, ...ownLocks } = mainWindow(
        running.host,
      ).webContents.getLastWebPreferences() as Record<string, unknown>
      expect(locks).toEqual(ownLocks)
      expect([preload, ownPreload]).toEqual([
        expect.stringMatching(/confirm-preload\.cjs$/),
        expect.stringMatching(/\/preload\.cjs$/),
      ])
      await pinPage.waitForSelector('#pin')
      expect(await pinPage.textContent('.documents li')).toBe('Tờ trình.pdf')
      // The PIN page has the door and not the bridge; the application's page has the bridge and not the door.
      const names = (page: typeof pinPage) =>
        page.evaluate(() => ['traMy', 'traMyConfirm', 'require'].filter((name) => name in globalThis))
      expect(await names(pinPage)).toEqual(['traMyConfirm'])
      expect(await names(running.page)).toEqual(['traMy'])
      await pinPage.locator('#pin').fill(SOFT_PIN)
      await pinPage.keyboard.press('Enter')
      await expect.poll(() => phaseOf(running, batch), { timeout: 30_000 }).toBe('done')
      await expect.poll(() => running.host.browserWindows().length).toBe(1)
      const size = await running.page.evaluate(
        async (request) => {
          const result = await window.traMy.call('signing.result', request)
          return result.ok ? [result.value.bytes instanceof Uint8Array, result.value.bytes.length] : result.code
        },
        { batch, document: uuid(1) },
      )
      expect(size).toEqual([true, expect.any(Number)])
      expect(Number(size[1])).toBeGreaterThan(PAPER.length)
    },
  }))

test('the PIN window’s calls answer its own main frame and nobody else, and garbage spends no try', () =>
  runCheck({
    item: 12,
    title: '',
    run: async (running) => {
      const { batch, window: pinWindow } = await startBatch(running)
      const { host } = running
      const invoke = (sender: unknown, senderFrame: unknown, channel: string, ...args: unknown[]) =>
        host.ipcMain.invokes.get(channel)?.({ sender, senderFrame }, ...args)
      const own = { url: 'app://confirm/index.html', parent: null }
      const answer = { pin: new TextEncoder().encode('000000'), acceptLastTry: false }
      const { webContents } = pinWindow
      const strangers = [
        null,
        { ...own, parent: own },
        { ...own, url: 'app://bundle/index.html' },
        { ...own, url: 'app://confirm.evil/' },
        { ...own, url: 'app://confirm@evil/' },
        { ...own, url: 'https://confirm/' },
        { ...own, url: 'about:blank' },
      ]
      for (const frame of strangers) {
        expect(await invoke(webContents, frame, CONFIRM_CHANNELS.read)).toBeNull()
        expect(await invoke(webContents, frame, CONFIRM_CHANNELS.answer, answer)).toBe(false)
      }
      // The application's own window, even where its frame claimed the PIN page's address.
      const main = mainWindow(host).webContents
      expect(await invoke(main, own, CONFIRM_CHANNELS.read)).toBeNull()
      expect(await invoke(main, main.mainFrame, CONFIRM_CHANNELS.answer, answer)).toBe(false)
      const garbage = [
        undefined,
        null,
        {},
        { pin: '123456', acceptLastTry: false },
        { pin: new Uint8Array(0), acceptLastTry: false },
        { pin: new Uint8Array(256), acceptLastTry: false },
        { pin: answer.pin, acceptLastTry: 'yes' },
        { ...answer, more: 1 },
        { cancel: false },
        { cancel: true, pin: answer.pin },
      ]
      for (const each of garbage) expect(await invoke(webContents, own, CONFIRM_CHANNELS.answer, each)).toBe(false)
      expect(await phaseOf(running, batch)).toBe('confirming')
      expect(await invoke(webContents, own, CONFIRM_CHANNELS.read)).toMatchObject({ token: 'Leader' })
      // And the other way round: the PIN page gets nothing of the bridge.
      for (const channel of BRIDGE_CHANNELS)
        expect(await invoke(webContents, own, channel, {})).toEqual({ ok: false, code: 'forbidden' })
      pinWindow.close()
      await expect.poll(() => phaseOf(running, batch)).toBe('cancelled')
    },
  }))

test('the PIN page is served with its own strict policy, from its own folder; it leads nowhere and nothing leads to it', () =>
  runCheck({
    item: 7,
    title: '',
    run: async (running) => {
      const { pinPage } = await startBatch(running)
      await pinPage.waitForSelector('#pin')
      const [policy, keyed] = await pinPage.evaluate(async () => {
        const response = await fetch('/index.html')
        return [response.headers.get('content-security-policy'), await response.text()]
      })
      expect(policy).toMatch(
        /^default-src 'none'; script-src 'self'; style-src 'self'; img-src blob:; connect-src 'self'/,
      )
      expect(keyed).toContain('name="confirm-key" content=""')
      const reached = await running.page.evaluate(() =>
        fetch('app://confirm/index.html').then(
          () => 'reached',
          () => 'refused',
        ),
      )
      expect(reached).toBe('refused')
      await running.page.evaluate(() => void (location.href = 'app://confirm/index.html'))
      await new Promise((later) => setTimeout(later, 500))
      expect(await running.page.evaluate(() => 'traMy' in window)).toBe(true)
      expect(mainWindow(running.host).webContents.getURL()).toMatch(/^app:\/\/bundle\//)
    },
  }))
