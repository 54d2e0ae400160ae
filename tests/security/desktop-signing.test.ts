// Signing in Electron: the real bundles, tokens in software behind utility processes, and a PIN window that answers only to itself.
import { expect, test } from 'vitest'
import { SOFT_PIN } from '../signing/pki/soft-token.ts'
import { PAPER, uuid } from '../signing/desk-bench.ts'
import { mainWindow, runCheck } from './checks/check.ts'
import { phaseOf, pinWindow, startBatch } from './checks/signing.ts'

test('a page signs through a window of its own that names the paper, and hears nothing of the PIN', () =>
  runCheck({
    item: 14,
    title: '',
    run: async (running) => {
      const { batch, window: opened, pinPage } = await startBatch(running)
      const { preload, ...locks } = opened.webContents.getLastWebPreferences() as Record<string, unknown>
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
      // The window may be gone before the key is let go.
      await pinPage.keyboard.press('Enter').catch(() => undefined)
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

test(`item ${pinWindow.item}: ${pinWindow.title}`, () => runCheck(pinWindow))

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
