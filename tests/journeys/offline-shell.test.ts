// A tablet whose hub is gone: closed and opened again, the browser still has the application, the person's replica and the papers.
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { spawnHub, temporaryFolder, type HubProcess } from '../support/hub.ts'
import { draftMeeting, type Scene } from '../support/meeting.ts'
import { expectAccessible, launchBrowser, logInAs, openAs, type AppWindow } from './app.ts'

const BUILT = join(import.meta.dirname, '../../dist/renderer')
const PAPER = join(import.meta.dirname, '../fixtures/nd30/nghi-dinh-30-2020.pdf')
const TITLE = 'Phiên họp thường kỳ tháng 11'
const ITEM = 'Tờ trình về thu gom rác thải nông thôn'
const PAPER_BUTTON = /nghi-dinh-30-2020/i

const dataFolder = temporaryFolder()
const rendererFolder = temporaryFolder()
const assetsFolder = join(rendererFolder, 'assets')
let hub: HubProcess
let browser: Browser
let scene: Scene
let tablet: AppWindow
let url: string

async function startHub(port: number): Promise<void> {
  hub = await spawnHub({ dataFolder, rendererFolder, host: '127.0.0.1', port, sampleCommune: true })
}

beforeAll(async () => {
  expect(existsSync(join(BUILT, 'shell-files.json')), 'the renderer is built').toBe(true)
  cpSync(BUILT, rendererFolder, { recursive: true })
  await startHub(0)
  url = hub.url
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser.close()
  await hub.kill()
  for (const folder of [dataFolder, rendererFolder]) rmSync(folder, { recursive: true, force: true })
})

/** Paths in every cache of the origin. */
async function kept(page: Page): Promise<readonly string[]> {
  const paths = await page.evaluate(async () => {
    const names = await caches.keys()
    const requests = await Promise.all(names.map(async (name) => await (await caches.open(name)).keys()))
    return requests.flat().map((request) => new URL(request.url).pathname)
  })
  return paths.toSorted()
}

async function keptShell(page: Page): Promise<readonly string[]> {
  return (await kept(page)).filter((path) => !path.startsWith('/pdfjs/'))
}

/** What the kept shell must be, from the files themselves and not from the list. */
function shellOnHub(): readonly string[] {
  return ['/', ...readdirSync(assetsFolder).map((name) => `/assets/${name}`)].toSorted()
}

async function reopen(): Promise<Page> {
  await tablet.page.close()
  const page = await tablet.context.newPage()
  page.on('pageerror', (error) => tablet.complaints.push(error.message))
  tablet = { ...tablet, page }
  await page.goto(`${url}/`)
  return page
}

/** The files of the page itself: which build this is. */
async function buildOf(page: Page): Promise<readonly string[]> {
  return await page.evaluate(() =>
    [...document.querySelectorAll('script[src]')].map((script) => new URL((script as HTMLScriptElement).src).pathname),
  )
}

/** The next build, in which every file has another name, as Vite gives when each has another content. */
function deliverNextBuild(mark: string): void {
  const names = readdirSync(assetsFolder)
  const next = new Map(names.map((name) => [name, name.replace(/(\.[a-z0-9]+)$/, `${mark}$1`)]))
  const texts = [
    ...names.filter((name) => /\.(js|mjs|css)$/.test(name)).map((name) => join(assetsFolder, name)),
    join(rendererFolder, 'index.html'),
    join(rendererFolder, 'shell-files.json'),
  ]
  for (const file of texts) {
    const text = readFileSync(file, 'utf8')
    writeFileSync(
      file,
      [...next].reduce((changed, [from, to]) => changed.replaceAll(from, to), text),
    )
  }
  for (const [from, to] of next) renameSync(join(assetsFolder, from), join(assetsFolder, to))
}

test('the secretary publishes a meeting with a paper', async () => {
  scene = await draftMeeting(url)
  const secretary = await openAs(browser, url, 'thuky')
  await secretary.page.goto(`${url}/#/meetings/${scene.meetingId}/prepare`)
  const chooser = secretary.page.waitForEvent('filechooser')
  await secretary.page.getByRole('button', { name: `Thêm tài liệu PDF cho ${ITEM}` }).click()
  await (await chooser).setFiles(PAPER)
  await secretary.page.getByText(PAPER_BUTTON).first().waitFor()
  await expect
    .poll(() => scene.secretary.perform('meeting.publish', { meetingId: scene.meetingId }), { timeout: 30_000 })
    .toBe('ok')
  await secretary.context.close()
})

test('the hub gives the worker and its list afresh each time, and the list names what is built', async () => {
  for (const path of ['/service-worker.js', '/shell-files.json']) {
    const answer = await fetch(url + path)
    expect([path, answer.status, answer.headers.get('cache-control')]).toEqual([path, 200, 'no-cache'])
  }
  const listed = (await (await fetch(`${url}/shell-files.json`)).json()) as string[]
  expect(listed.map((name) => (name === 'index.html' ? '/' : `/${name}`)).toSorted()).toEqual(shellOnHub())
})

test('with a line the shell and the papers come onto the device, and nothing of people into the shell', async () => {
  tablet = await openAs(browser, url, 'yte', { size: 'tablet' })
  const { page } = tablet
  await page.getByText(TITLE).first().waitFor()
  await page.goto(`${url}/#/meetings/${scene.meetingId}`)
  await page
    .getByText(/Đã tải đủ/)
    .first()
    .waitFor({ timeout: 60_000 })
  await expect.poll(() => keptShell(page), { timeout: 30_000 }).toEqual(shellOnHub())
  const policyAndPage = await page.evaluate(async () => {
    const answer = await caches.match('/')
    return [answer?.headers.get('content-security-policy') ?? '', (await answer?.text()) ?? '']
  })
  const [, nonce] = /'nonce-([^']+)'/.exec(policyAndPage[0]!)!
  expect(policyAndPage[1]).toContain(`content="${nonce}"`)
})

test('the hub is gone: the address opens, the same password opens the replica, the meeting and its paper', async () => {
  await hub.kill()
  await expect(fetch(`${url}/api/hello`)).rejects.toThrow()
  const page = await reopen()
  await page.getByRole('button', { name: 'yte' }).waitFor()
  await logInAs(page, 'yte')
  await page.getByText(TITLE).first().waitFor()
  await page.goto(`${url}/#/meetings/${scene.meetingId}`)
  await page.getByRole('heading', { level: 1, name: TITLE }).waitFor()
  await page.getByRole('button', { name: PAPER_BUTTON }).click()
  const canvas = page.locator('[data-page="1"] canvas')
  await canvas.waitFor()
  await expect
    .poll(() =>
      canvas.evaluate((element) => {
        const { width, height } = element as HTMLCanvasElement
        const { data } = (element as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height)
        let dark = 0
        for (let i = 0; i < data.length; i += 4) if (data[i]! < 128 && data[i + 3]! > 128) dark += 1
        return dark / (width * height)
      }),
    )
    .toBeGreaterThan(0.01)
  await page.getByText('Ngoại tuyến').first().waitFor({ timeout: 30_000 })
  await expectAccessible(page, 'without a line')
})

test('the hub is back: the same window is online, without a reload', async () => {
  const { page } = tablet
  await page.evaluate(() => Object.assign(window, { sameWindow: true }))
  await startHub(Number(new URL(url).port))
  expect(hub.url).toBe(url)
  await page.getByText('Trực tuyến').first().waitFor({ timeout: 60_000 })
  expect(await page.evaluate(() => 'sameWindow' in window)).toBe(true)
})

test('a build of which a file is missing never becomes the shell; the old one opens whole', async () => {
  const before = shellOnHub()
  const old = await buildOf(tablet.page)
  deliverNextBuild('B')
  const missing = readdirSync(assetsFolder).find((name) => name.startsWith('room-screen-') && name.endsWith('.js'))!
  renameSync(join(assetsFolder, missing), join(rendererFolder, missing))
  const failed = tablet.context.waitForEvent('response', (answer) => answer.url().endsWith(missing))
  const online = await reopen()
  expect(await buildOf(online)).not.toEqual(old)
  expect((await failed).status()).toBe(404)
  await hub.kill()
  const page = await reopen()
  expect(await buildOf(page)).toEqual(old)
  expect(await keptShell(page)).toEqual(before)
  await logInAs(page, 'yte')
  await page.goto(`${url}/#/meetings/${scene.meetingId}`)
  await page.getByRole('button', { name: PAPER_BUTTON }).waitFor()
  renameSync(join(rendererFolder, missing), join(assetsFolder, missing))
  await startHub(Number(new URL(url).port))
})

test('a whole new build replaces the old shell, file by file, and opens without the hub', async () => {
  let page = await reopen()
  const next = await buildOf(page)
  await expect.poll(() => keptShell(page), { timeout: 30_000 }).toEqual(shellOnHub())
  await hub.kill()
  page = await reopen()
  expect(await buildOf(page)).toEqual(next)
  await logInAs(page, 'yte')
  await page.goto(`${url}/#/meetings/${scene.meetingId}`)
  await page.getByRole('button', { name: PAPER_BUTTON }).waitFor()
  await startHub(Number(new URL(url).port))
})

test('an earlier build stays while a second window may still ask for it', async () => {
  const first = tablet.page
  await first.goto(`${url}/#/`)
  const earlier = shellOnHub()
  deliverNextBuild('C')
  const second = await tablet.context.newPage()
  await second.goto(`${url}/`)
  const both = [...new Set([...earlier, ...shellOnHub()])].toSorted()
  await expect.poll(() => keptShell(second), { timeout: 30_000 }).toEqual(both)
  // The room of the earlier build: the hub does not have it any more, the device does.
  expect(await first.evaluate(async (path) => (await fetch(path)).status, earlier.at(-1)!)).toBe(200)
  await second.close()
  const page = await reopen()
  await expect.poll(() => keptShell(page), { timeout: 30_000 }).toEqual(shellOnHub())
})

test('no answer of the hub and no paper was kept, and nobody complained', async () => {
  const others = (await kept(tablet.page)).filter((path) => !/^\/(?:$|assets\/|pdfjs\/)/.test(path))
  expect(others).toEqual([])
  expect(tablet.complaints).toEqual([])
})

/** How often the page asked for a worker, counted before any script of ours runs. */
async function registrations(bridge: boolean): Promise<number> {
  const context = await browser.newContext()
  await context.addInitScript((withBridge) => {
    const asked = { times: 0 }
    navigator.serviceWorker.register = () => {
      asked.times += 1
      return Promise.reject(new Error('counted'))
    }
    Object.assign(window, { asked })
    const call = () => Promise.resolve({ ok: false, code: 'failed' })
    if (withBridge) Object.assign(window, { traMy: { call } })
  }, bridge)
  const page = await context.newPage()
  await page.goto(`${url}/`)
  await page.getByLabel('Tên đăng nhập').waitFor()
  const times = await page.evaluate(() => (window as unknown as { asked: { times: number } }).asked.times)
  await context.close()
  return times
}

test('a browser starts the worker, a page with the desktop’s bridge does not', async () => {
  expect(await registrations(false)).toBe(1)
  expect(await registrations(true)).toBe(0)
})
