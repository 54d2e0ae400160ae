// Signing in Electron: a token in software that the application finds by itself, a batch from the page, and who may speak for the PIN window.
import { expect } from 'vitest'
import { createSigningClient } from '../../../electron/signing/client.ts'
import { moduleCandidates, THIS_MACHINE } from '../../../electron/signing/module-table.ts'
import { nodeSigningChild } from '../../../electron/signing/signing-child.ts'
import { fingerprintOf } from '../../../electron/signing-desk/devices.ts'
import { BRIDGE_CHANNELS, CONFIRM_CHANNELS } from '../../../shared/desktop/bridge.ts'
import { PAPER, PLAIN_ORDER, uuid } from '../../signing/desk-bench.ts'
import { softTokens } from '../../signing/pki/soft-token.ts'
import { testPki } from '../../signing/pki/test-pki.ts'
import { SIGNING_ENTRY } from '../../signing/shim/signing-support.ts'
import { mainWindow, type Check, type Running } from './check.ts'

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
export async function startBatch({ host, page }: Running) {
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

export const phaseOf = async ({ page }: Running, batch: string) => {
  const state = await page.evaluate((id) => window.traMy.call('signing.state', { batch: id }), batch)
  return state.ok ? state.value.phase : state.code
}

export const pinWindow: Check = {
  item: 12,
  title: 'the PIN window’s calls answer its own main frame and nobody else, and garbage spends no try',
  run: async (running) => {
    const { batch, window: opened } = await startBatch(running)
    const { host } = running
    const invoke = (sender: unknown, senderFrame: unknown, channel: string, ...args: unknown[]) =>
      host.ipcMain.invokes.get(channel)?.({ sender, senderFrame }, ...args)
    const own = { url: 'app://confirm/index.html', parent: null }
    const answer = { pin: new TextEncoder().encode('000000'), acceptLastTry: false }
    const { webContents } = opened
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
    opened.close()
    await expect.poll(() => phaseOf(running, batch)).toBe('cancelled')
  },
}
