// The host itself: what it must tell apart for the security tests to mean anything.
import { join } from 'node:path'
import fc from 'fast-check'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { toAppUrl, toBrowserUrl } from './app-urls.ts'
import { launchElectronHost, type ElectronHost } from './launch.ts'
import { decode, encode } from './page/codec.ts'

interface InPage {
  readonly host: {
    readonly who: () => Promise<unknown>
    readonly uncovered: () => Promise<unknown>
    readonly echo: (value: unknown) => Promise<unknown>
    readonly onNews: (listener: (news: string) => void) => () => void
  }
  readonly heard: string[]
  readonly stop: () => void
}

let host: ElectronHost
let page: Page
beforeAll(async () => {
  host = await launchElectronHost({ main: join(import.meta.dirname, 'fixtures/subframe-main.mjs') })
  page = await host.firstWindow()
})
afterAll(() => host.close())

test('a sub-frame reaches a preload only when asked for, and its sender is told apart', async () => {
  await expect.poll(() => page.frames().length).toBe(2)
  const who = await Promise.all(page.frames().map((f) => f.evaluate(() => (globalThis as never as InPage).host.who())))
  expect(who).toEqual([
    { url: 'app://bundle/index.html', parent: null },
    { url: 'app://other/inner.html', parent: 'app://bundle/index.html' },
  ])
})

test('without permission handlers everything is granted, as Electron does', async () => {
  const state = await page.evaluate(async () => (await navigator.permissions.query({ name: 'geolocation' })).state)
  expect(state).toBe('granted')
})

test('values cross page, preload and main process as a structured clone', async () => {
  const seen = await page.evaluate(async () => {
    const { echo } = (globalThis as never as InPage).host
    const bytes = await echo(new Uint8Array([0, 128, 255]))
    const date = await echo(new Date(0))
    const refused = await echo(() => 1).then(
      () => 'taken',
      (error: unknown) => String(error),
    )
    return [bytes instanceof Uint8Array && Array.from(bytes), date instanceof Date && date.getTime(), refused]
  })
  expect(seen.slice(0, 2)).toEqual([[0, 128, 255], 0])
  expect(seen[2]).toContain('could not be cloned')
})

test('a message from the main process reaches a callback given over the bridge, until it unsubscribes', async () => {
  await page.evaluate(() => {
    const world = globalThis as never as InPage & { heard: string[]; stop: () => void }
    world.heard = []
    world.stop = world.host.onNews((news) => world.heard.push(news))
  })
  const heard = () => page.evaluate(() => (globalThis as never as InPage).heard)
  const [window] = host.browserWindows()
  window?.webContents.send('news', 'một')
  await expect.poll(heard).toEqual(['một'])
  await page.evaluate(() => (globalThis as never as InPage).stop())
  window?.webContents.send('news', 'hai')
  // A later call on the same pipe: whatever was sent before it has arrived.
  await page.evaluate(() => (globalThis as never as InPage).host.who())
  expect(await heard()).toEqual(['một'])
})

test.each([
  ['nodeIntegration', true],
  ['webviewTag', true],
  ['contextIsolation', false],
  ['sandbox', false],
  ['webSecurity', false],
])('a window with %s: %s is refused', async (name, value) => {
  const said = await host.evaluate(
    ({ BrowserWindow }, preferences) => {
      try {
        new BrowserWindow({ webPreferences: preferences })
        return 'opened'
      } catch (error) {
        return String(error)
      }
    },
    { [name]: value },
  )
  expect(said).toContain(`the test host refuses webPreferences: ${name}`)
})

test('a part of Electron that the host does not cover throws by its name', async () => {
  const said = await page.evaluate(() => (globalThis as never as InPage).host.uncovered())
  expect(said).toBe('Error: electron.autoUpdater.getFeedURL is not covered by the test host')
})

test('the codec carries every value that a structured clone does', () => {
  const values = fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: false })
  const seed = 20261122
  fc.assert(
    fc.property(values, (value) => {
      expect(decode(encode(value))).toEqual(value)
    }),
    { seed },
  )
})

test('addresses of the app’s schemes are carried there and back', () => {
  const schemes = new Set(['app'])
  for (const url of ['app://bundle/', 'app://bundle/a/b.js?c=1#d', 'https://vanban.example/x', 'file:///etc/passwd']) {
    expect(toAppUrl(toBrowserUrl(url, schemes))).toBe(url)
  }
})
