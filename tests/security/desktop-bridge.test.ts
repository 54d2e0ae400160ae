// What the bridge does in Electron: the real bundles in a stock Chromium, dialogs and displays recorded.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCheck, hubUrl, mainWindow } from './checks/check.ts'

const MEETING = 'b3f1c1de-6c1a-4a0e-9a7e-3d1f0a2b4c5d'
const PRIMARY = { id: 1, bounds: { x: 0, y: 0, width: 1366, height: 768 } }
const ROOM = { id: 2, bounds: { x: 1366, y: 0, width: 1920, height: 1080 } }

test('app.info names the hub, the version and the shell', () =>
  runCheck({
    item: 14,
    title: '',
    run: async ({ page }) => {
      const info = await page.evaluate(() => window.traMy.call('app.info', {}))
      const value = { hubUrl: await hubUrl(page), version: '0.0.0', platform: 'linux', shell: 'electron' }
      expect(info).toEqual({ ok: true, value })
    },
  }))

test('file.save asks where, with a harmless name, and writes the very bytes', async () => {
  await runCheck({
    item: 14,
    title: '',
    launch: { dialogAnswers: [{ canceled: true, filePath: '' }] },
    run: async ({ host, page }) => {
      const save = (name: string) =>
        page.evaluate(
          (n) =>
            window.traMy.call('file.save', { name: n, bytes: Uint8Array.from({ length: 300 }, (_, i) => i % 256) }),
          name,
        )
      expect(await save('../../biên bản.pdf')).toEqual({ ok: true, value: { saved: false } })
      expect(host.recorded.dialogs).toEqual([
        { kind: 'showSaveDialog', options: { defaultPath: join(host.userData, '_.._biên bản.pdf') } },
      ])
      const file = join(host.userData, 'saved/biên bản.pdf')
      host.answerDialog({ canceled: false, filePath: file })
      expect(await save('biên bản.pdf')).toEqual({ ok: true, value: { saved: true } })
      expect(Array.from(readFileSync(file))).toEqual(Array.from({ length: 300 }, (_, i) => i % 256))
      expect(readdirSync(join(host.userData, 'saved'))).toEqual(['biên bản.pdf'])
      // A folder in the place of the file: the system refuses, and nothing half-written stays.
      host.answerDialog({ canceled: false, filePath: join(host.userData, 'saved') })
      expect(await save('biên bản.pdf')).toEqual({ ok: false, code: 'save-failed' })
      expect(readdirSync(host.userData).filter((name) => name.endsWith('.part'))).toEqual([])
    },
  })
})

test('window.print opens the print dialog of the calling window', () =>
  runCheck({
    item: 14,
    title: '',
    run: async ({ host, page }) => {
      expect(await page.evaluate(() => window.traMy.call('window.print', {}))).toEqual({
        ok: true,
        value: { printed: true },
      })
      expect(host.recorded.prints).toEqual([{ silent: false, printBackground: true }])
    },
  }))

test('the shared screen fills the second display, with the same locks, and closes', () =>
  runCheck({
    item: 14,
    title: '',
    launch: { displays: [PRIMARY, ROOM] },
    run: async ({ host, page }) => {
      const open = () => page.evaluate((meetingId) => window.traMy.call('sharedScreen.open', { meetingId }), MEETING)
      expect(await open()).toEqual({ ok: true, value: { fullScreen: true } })
      const [main, shared] = host.browserWindows()
      expect(shared?.getBounds()).toEqual(ROOM.bounds)
      expect(shared?.isFullScreen()).toBe(true)
      expect(shared?.webContents.getLastWebPreferences()).toEqual(main?.webContents.getLastWebPreferences())
      const sharedPage = await host.pageOf(shared!)
      expect(await sharedPage.evaluate(() => location.hash)).toBe(`#/screen/${MEETING}`)
      expect(await sharedPage.evaluate(() => window.traMy.call('app.info', {}))).toMatchObject({ ok: true })
      // Asked again it shows the other meeting in the same window.
      expect(await open()).toEqual({ ok: true, value: { fullScreen: true } })
      expect(host.browserWindows()).toHaveLength(2)
      const close = () => page.evaluate(() => window.traMy.call('sharedScreen.close', {}))
      expect(await close()).toEqual({ ok: true, value: { closed: true } })
      expect(host.browserWindows()).toHaveLength(1)
      expect(await close()).toEqual({ ok: true, value: { closed: false } })
    },
  }))

test('with one display the shared screen is an ordinary window, and goes with the main one', () =>
  runCheck({
    item: 14,
    title: '',
    run: async ({ host, page }) => {
      const opened = await page.evaluate((meetingId) => window.traMy.call('sharedScreen.open', { meetingId }), MEETING)
      expect(opened).toEqual({ ok: true, value: { fullScreen: false } })
      mainWindow(host).close()
      await expect.poll(() => host.browserWindows()).toEqual([])
    },
  }))
