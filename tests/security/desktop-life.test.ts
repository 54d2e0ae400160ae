// From start to quit: which hub the desktop opens, that the embedded one lives as long as the application and no longer.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { launchElectronHost, type LaunchOptions } from '../electron-host/launch.ts'
import { stageApp, type StageOptions } from '../electron-host/stage.ts'
import { hubUrl, mainWindow } from './checks/check.ts'

interface HubAnswer {
  readonly pid: number
  readonly options: Record<string, unknown>
}

const ask = async (url: string): Promise<HubAnswer> => (await (await fetch(`${url}/`)).json()) as HubAnswer

/** A profile folder with the given `desktop.json`, gone afterwards. */
async function withProfile<T>(settings: string | null, run: (userData: string) => Promise<T>): Promise<T> {
  const userData = mkdtempSync(join(tmpdir(), 'tra-my-profile-'))
  if (settings !== null) writeFileSync(join(userData, 'desktop.json'), settings)
  try {
    return await run(userData)
  } finally {
    rmSync(userData, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function withApp<T>(
  options: Omit<LaunchOptions, 'main'> & { readonly stage?: StageOptions },
  run: (host: Awaited<ReturnType<typeof launchElectronHost>>) => Promise<T>,
): Promise<T> {
  const { stage: stageOptions, ...launch } = options
  using stage = stageApp(stageOptions)
  const host = await launchElectronHost({ main: stage.main, ...launch })
  try {
    return await run(host)
  } finally {
    await host.close()
  }
}

test('a fresh machine gets the embedded hub with the sample commune, on loopback, for our origin', () =>
  withApp({}, async (host) => {
    const url = await hubUrl(await host.firstWindow())
    const { options } = await ask(url)
    expect(options).toEqual({
      dataFolder: join(host.userData, 'hub'),
      host: '127.0.0.1',
      port: 0,
      rendererFolder: expect.stringMatching(/dist\/renderer$/),
      sampleCommune: true,
      allowedOrigins: ['app://bundle'],
    })
  }))

test('a hub that dies is started again on the same port, and the page is not disturbed', () =>
  withApp({}, async (host) => {
    const page = await host.firstWindow()
    const url = await hubUrl(page)
    const first = await ask(url)
    await fetch(`${url}/die`).catch(() => undefined)
    const pidNow = () =>
      ask(url).then(
        ({ pid }) => pid,
        () => first.pid,
      )
    await expect.poll(pidNow, { timeout: 15_000 }).not.toBe(first.pid)
    expect((await ask(url)).options['port']).toBe(Number(new URL(url).port))
    expect(host.browserWindows()).toHaveLength(1)
    expect(await page.evaluate((u) => fetch(u).then(({ status }) => status), `${url}/`)).toBe(200)
  }))

test('quitting closes the hub in order, and leaves no process', () =>
  withProfile(null, (userData) =>
    withApp({ userData }, async (host) => {
      await host.firstWindow()
      expect(host.utilities.running.size).toBe(1)
      mainWindow(host).close()
      await expect.poll(() => host.recorded.quit, { timeout: 10_000 }).toBe(true)
      expect(host.utilities.running.size).toBe(0)
      expect(existsSync(join(userData, 'hub/closed'))).toBe(true)
    }),
  ))

test('desktop.json names the office’s hub: none is embedded, and the policy names that hub', () =>
  withProfile('{"hub":{"kind":"remote","url":"https://tra-my.example:8443"}}', (userData) =>
    withApp({ userData }, async (host) => {
      const page = await host.firstWindow()
      expect(await hubUrl(page)).toBe('https://tra-my.example:8443')
      expect(host.utilities.running.size).toBe(0)
      const policy = await page.evaluate(async () =>
        (await fetch('/index.html')).headers.get('content-security-policy'),
      )
      expect(policy).toContain("connect-src 'self' https://tra-my.example:8443 wss://tra-my.example:8443;")
    }),
  ))

test.each([
  ['not JSON', '{'],
  ['an unknown key', '{"hub":{"kind":"embedded"},"more":1}'],
  ['a hub that is no http address', '{"hub":{"kind":"remote","url":"file:///etc"}}'],
])('a damaged desktop.json (%s) is said, and nothing is guessed', (_what, settings) =>
  withProfile(settings, (userData) =>
    withApp({ userData }, async (host) => {
      await expect.poll(() => host.recorded.exitCode).toBe(1)
      expect(host.recorded.errorBoxes).toHaveLength(1)
      expect(host.recorded.errorBoxes[0]?.content).toContain('desktop.json')
      expect(host.browserWindows()).toEqual([])
      expect(host.utilities.running.size).toBe(0)
    }),
  ),
)

test('an embedded hub that never comes up is said, after five tries', () =>
  withApp({ stage: { hub: 'broken' } }, async (host) => {
    await expect.poll(() => host.recorded.exitCode, { timeout: 30_000 }).toBe(1)
    expect(host.recorded.errorBoxes).toHaveLength(1)
    expect(host.browserWindows()).toEqual([])
  }))

test('a second copy of the application ends at once; the first shows its window', async () => {
  await withApp({ firstInstance: false }, async (host) => {
    expect(host.recorded.quit).toBe(true)
    await host.app.whenReady()
    expect(host.browserWindows()).toEqual([])
    expect(host.utilities.running.size).toBe(0)
  })
  await withApp({}, async (host) => {
    await host.firstWindow()
    let focused = 0
    mainWindow(host).on('focus', () => focused++)
    host.app.emit('second-instance', {}, [], '')
    await expect.poll(() => focused).toBe(1)
    expect(host.browserWindows()).toHaveLength(1)
  })
})

test('what a page keeps in IndexedDB survives a restart of the application', () =>
  withProfile('{"hub":{"kind":"remote","url":"https://tra-my.example"}}', async (userData) => {
    const store = (value: string | null) =>
      new Promise<unknown>((done, failed) => {
        const opening = indexedDB.open('replica')
        opening.onerror = () => failed(opening.error ?? new Error('open'))
        opening.onupgradeneeded = () => opening.result.createObjectStore('kv')
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('kv', 'readwrite')
          const kv = transaction.objectStore('kv')
          const request = value === null ? kv.get('k') : kv.put(value, 'k')
          transaction.oncomplete = () => {
            opening.result.close()
            done(request.result)
          }
        }
      })
    await withApp({ userData }, async (host) => (await host.firstWindow()).evaluate(store, 'biên bản'))
    await withApp({ userData }, async (host) => {
      expect(await (await host.firstWindow()).evaluate(store, null)).toBe('biên bản')
    })
  }))
