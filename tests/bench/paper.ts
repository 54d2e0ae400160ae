// How long the 20-page decree takes to open on a tablet whose hub is gone: real Chromium, the built application, the encrypted replica.

import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { launchBrowser, logInAs, openAs } from '../journeys/app.ts'
import { type HubProcess, spawnHub, temporaryFolder } from '../support/hub.ts'
import { draftMeeting } from '../support/meeting.ts'
import { median, printTable, wait } from './table.ts'

const BUILT = join(import.meta.dirname, '../../dist/renderer')
const PAPER = join(import.meta.dirname, '../fixtures/nd30/nghi-dinh-30-2020.pdf')
const PAPER_BUTTON = /nghi-dinh-30-2020/i
const ITEM = 'Tờ trình về thu gom rác thải nông thôn'
const MEMBER = 'yte'
const OPENINGS = 5
const PATIENCE_MS = 60_000

interface Opening {
  /** ms from the touch on the paper to a first page with ink on it. */
  readonly page: number
  /** ms from the address to the login, with the shell from the device. */
  readonly shell: number
}

export async function paperPart(): Promise<void> {
  if (!existsSync(join(BUILT, 'shell-files.json'))) {
    console.log('\nopening a paper offline: not measured, the renderer is not built (npm run build)')
    return
  }
  const dataFolder = temporaryFolder()
  const hub = await spawnHub({ dataFolder, rendererFolder: BUILT, host: '127.0.0.1', port: 0, sampleCommune: true })
  const browser = await launchBrowser()
  try {
    const { context, meetingId } = await tabletWithPaper(browser, hub)
    await hub.kill()
    const openings: Opening[] = []
    for (let n = 0; n < OPENINGS; n++) openings.push(await openOffline(context, hub.url, meetingId))
    const pages = openings.map((opening) => opening.page)
    printTable(
      'the 20-page decree, offline',
      ['', 'median ms', 'slowest ms'],
      [
        ['touch to first page', median(pages), Math.max(...pages)],
        [
          'address to login, shell from the device',
          median(openings.map((opening) => opening.shell)),
          Math.max(...openings.map((opening) => opening.shell)),
        ],
      ],
    )
  } finally {
    await browser.close()
    await hub.kill()
    rmSync(dataFolder, { recursive: true, force: true })
  }
}

/** A meeting is published with the decree, and a tablet has loaded both, and the shell. */
async function tabletWithPaper(
  browser: Browser,
  hub: HubProcess,
): Promise<{ readonly context: BrowserContext; readonly meetingId: string }> {
  const { secretary, meetingId } = await draftMeeting(hub.url)
  const desk = await openAs(browser, hub.url, 'thuky')
  await desk.page.goto(`${hub.url}/#/meetings/${meetingId}/prepare`)
  const chooser = desk.page.waitForEvent('filechooser')
  await desk.page.getByRole('button', { name: `Thêm tài liệu PDF cho ${ITEM}` }).click()
  await (await chooser).setFiles(PAPER)
  await desk.page.getByText(PAPER_BUTTON).first().waitFor({ timeout: PATIENCE_MS })
  for (let tries = 0; (await secretary.perform('meeting.publish', { meetingId })) !== 'ok'; tries++) {
    if (tries === 100) throw new Error('the meeting was not published')
    await wait(200)
  }
  await desk.context.close()

  const { page, context } = await openAs(browser, hub.url, MEMBER, { size: 'tablet' })
  await page.goto(`${hub.url}/#/meetings/${meetingId}`)
  const loaded = page.getByText(/Đã tải đủ/).first()
  await loaded.waitFor({ timeout: PATIENCE_MS })
  await page.waitForFunction(async () => (await caches.match('/')) !== undefined, null, { timeout: PATIENCE_MS })
  await page.close()
  return { context, meetingId }
}

async function openOffline(context: BrowserContext, url: string, meetingId: string): Promise<Opening> {
  const page = await context.newPage()
  const began = performance.now()
  await page.goto(`${url}/`)
  await page.getByRole('button', { name: MEMBER }).waitFor({ timeout: PATIENCE_MS })
  const shell = performance.now() - began
  await logInAs(page, MEMBER)
  await page.goto(`${url}/#/meetings/${meetingId}`)
  const button = page.getByRole('button', { name: PAPER_BUTTON })
  await button.waitFor({ timeout: PATIENCE_MS })
  const firstPage = await sinceTouch(page)
  await button.click()
  const ms = await firstPage()
  await page.close()
  return { page: ms, shell }
}

/** Starts a watch in the page itself, which begins with the next click: what the way from here to there takes is not counted. */
async function sinceTouch(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const inked = (canvas: HTMLCanvasElement) => {
      // The head of the decree stands in the upper quarter.
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, Math.ceil(canvas.height / 4))
      for (let i = 0; i < data.length; i += 4) if (data[i]! < 128 && data[i + 3]! > 128) return true
      return false
    }
    const opened = new Promise<number>((resolve) => {
      const touched = () => {
        const at = performance.now()
        const look = () => {
          const canvas = document.querySelector<HTMLCanvasElement>('[data-page="1"] canvas')
          if (canvas !== null && canvas.width > 0 && inked(canvas)) resolve(performance.now() - at)
          else requestAnimationFrame(look)
        }
        look()
      }
      document.addEventListener('click', touched, { once: true, capture: true })
    })
    Object.assign(window, { opened })
  })
  return async () => await page.evaluate(async () => await (window as unknown as { opened: Promise<number> }).opened)
}
