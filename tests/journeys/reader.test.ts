// The reader of papers in a real Chromium: the real decree and its annexes, a paper of 2,000 pages, and papers that cannot be read.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { chromium, type Browser, type Locator, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { lockedPaper, longPaper, picturePaper, scannedPaper } from '../fixtures/make-pdfs.ts'
import type { ReaderStage } from './fixtures/reader/main.ts'
import { serveReader, type ReaderServer } from './fixtures/reader/serve-reader.ts'

declare global {
  var stage: ReaderStage
  var axe: {
    run: (
      options: object,
    ) => Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }>
  }
}

const ROOT = join(import.meta.dirname, '../..')
const ND30 = join(ROOT, 'tests/fixtures/nd30')
const PICTURES = join(ROOT, 'node_modules/.cache/pictures')
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const DECREE = 'nghi-dinh-30-2020.pdf'
const LONG = 'du-toan.pdf'
const ALBUM = 'ban-ve.pdf'
const LONG_PAGES = 2000
/** Pages near the window, small pages near theirs, and one canvas that pdf.js keeps for measuring text. */
const MOST_CANVASES = 24

let server: ReaderServer
let browser: Browser
let page: Page
const complaints: string[] = []

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true })
  server = await serveReader()
  for (const name of readdirSync(ND30)) server.papers.set(name, new Uint8Array(readFileSync(join(ND30, name))))
  server.papers.set(LONG, await longPaper(LONG_PAGES))
  server.papers.set(ALBUM, await picturePaper(60, 450))
  server.papers.set('locked.pdf', await lockedPaper())
  server.papers.set('scan.pdf', await scannedPaper())
  server.papers.set('cut.pdf', new Uint8Array(readFileSync(join(ND30, DECREE))).subarray(0, 900))
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
})

afterAll(async () => {
  await browser.close()
  await server.close()
})

afterEach(async () => {
  server.fail = null
  server.ranges.length = 0
  await page.context().close()
  expect(complaints.splice(0)).toEqual([])
})

async function open(
  query: string,
  size = { width: 1366, height: 768 },
  more: { hasTouch?: boolean } = {},
): Promise<void> {
  const context = await browser.newContext({ viewport: size, ...more })
  page = await context.newPage()
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (4|5)\d\d/.test(message.text())) complaints.push(message.text())
  })
  await page.goto(`${server.origin}/?${query}`)
}

function reader(): Locator {
  return page.locator('[data-reader]')
}

async function drawn(number: number): Promise<Locator> {
  const canvas = page.locator(`[data-page="${number}"] canvas`)
  await canvas.waitFor()
  return canvas
}

async function textLaid(number: number): Promise<void> {
  await page.locator(`[data-page="${number}"] [data-text-laid="true"]`).waitFor({ state: 'attached' })
}

/** The share of pixels of a canvas that are not nearly white. */
function ink(canvas: Locator): Promise<number> {
  return canvas.evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement
    const pixels = (element as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height).data
    let dark = 0
    for (let i = 0; i < pixels.length; i += 4) if (pixels[i]! < 128) dark++
    return dark / (width * height)
  })
}

async function pageShown(): Promise<number> {
  return Number(await page.getByRole('toolbar').getByRole('textbox').inputValue())
}

async function untilPage(number: number): Promise<void> {
  await expect.poll(pageShown, { timeout: 20_000 }).toBe(number)
}

async function find(text: string): Promise<number> {
  await page.keyboard.press('Control+f')
  const field = page.getByRole('search').getByRole('textbox')
  await field.fill('')
  await expect.poll(() => page.locator('[data-reader-hits]').count()).toBe(0)
  await field.fill(text)
  const hits = page.locator('[data-reader-hits]:not([data-reader-hits="searching"])')
  await hits.waitFor({ state: 'attached', timeout: 60_000 })
  return Number(await hits.getAttribute('data-reader-hits'))
}

/** What is marked as the current hit on the screen. */
function currentHit(): Promise<{ text: string; inView: boolean }> {
  return page.evaluate(() => {
    const ranges = Array.from(CSS.highlights.get('reader-current-hit') ?? []) as Range[]
    const view = document.querySelector('[data-reader-scroller]')!.getBoundingClientRect()
    const boxes = ranges.map((range) => range.getBoundingClientRect())
    return {
      text: ranges.map((range) => range.toString()).join(' '),
      inView: boxes.length > 0 && boxes.every((box) => box.top >= view.top && box.bottom <= view.bottom),
    }
  })
}

async function withoutViolations(): Promise<void> {
  await page.evaluate(AXE)
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      // The stage has no heading of its own, and Mantine's tooltips stand outside of every landmark.
      rules: { 'page-has-heading-one': { enabled: false }, region: { enabled: false } },
    }),
  )
  expect(
    violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`).join('\n')}`,
    ),
  ).toEqual([])
}

async function picture(name: string): Promise<void> {
  await page.screenshot({ path: join(PICTURES, `reader-${name}.png`) })
}

describe('the decree', () => {
  it('shows page 1, sharp, with text that can be selected', async () => {
    await open(`paper=${DECREE}`)
    const canvas = await drawn(1)
    expect(await ink(canvas)).toBeGreaterThan(0.01)
    const sizes = await canvas.evaluate((element) => [
      (element as HTMLCanvasElement).width,
      element.getBoundingClientRect().width,
    ])
    expect(Math.abs(sizes[0]! - sizes[1]! * (await page.evaluate(() => devicePixelRatio)))).toBeLessThan(2)
    await textLaid(1)
    const text = await page.locator('[data-page="1"] [data-text-laid]').innerText()
    expect(text.normalize('NFC')).toContain('CHÍNH PHỦ')
    expect(await page.locator('[data-reader-pages]').innerText()).toBe('/ 20')
    await withoutViolations()
    await picture('1366x768')
  })

  it('draws every one of the seven real papers', async () => {
    for (const name of readdirSync(ND30)) {
      await open(`paper=${name}`)
      expect(await ink(await drawn(1))).toBeGreaterThan(0.005)
      if (name !== DECREE) await page.context().close()
    }
  })

  it('lays its text where its ink is', async () => {
    await open(`paper=${DECREE}`)
    await drawn(1)
    await textLaid(1)
    // Under each long run of text lies ink, and the box of the run is as wide as the ink's line.
    const shares = await page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('[data-page="1"] canvas')!
      const frame = canvas.getBoundingClientRect()
      const ratio = canvas.width / frame.width
      const context = canvas.getContext('2d')!
      return Array.from(document.querySelectorAll<HTMLElement>('[data-page="1"] [data-text-laid] span'))
        .filter((span) => span.innerText.trim().length > 20)
        .slice(0, 20)
        .map((span) => {
          const box = span.getBoundingClientRect()
          const data = context.getImageData(
            (box.left - frame.left) * ratio,
            (box.top - frame.top) * ratio,
            box.width * ratio,
            box.height * ratio,
          ).data
          let dark = 0
          for (let i = 0; i < data.length; i += 4) if (data[i]! < 160) dark++
          return dark / (data.length / 4)
        })
    })
    expect(shares.length).toBeGreaterThan(5)
    for (const share of shares) expect(share).toBeGreaterThan(0.04)
  })

  it('finds with and without diacritics, steps through the hits and shows each', async () => {
    await open(`paper=${DECREE}`)
    await drawn(1)
    const marked = await find('văn thư')
    const folded = await find('van thu')
    expect(marked).toBeGreaterThan(50)
    expect(folded).toBeGreaterThanOrEqual(marked)
    const seen = new Set<string>()
    for (let i = 0; i < 12; i++) {
      await expect.poll(async () => (await currentHit()).inView).toBe(true)
      expect((await currentHit()).text.normalize('NFC').toLowerCase()).toMatch(/^văn\s+thư$/)
      seen.add(await page.getByRole('search').getByRole('status').innerText())
      await page.keyboard.press('Enter')
    }
    expect(seen.size).toBe(12)
    await page.keyboard.press('Shift+Enter')
    await expect.poll(async () => (await currentHit()).inView).toBe(true)
    await withoutViolations()
    await picture('find-1366x768')
    expect(await find('không có chữ này')).toBe(0)
    expect(await page.getByRole('search').getByRole('status').innerText()).toBe('Không tìm thấy trong tài liệu này.')
    await page.keyboard.press('Escape')
    expect(await page.getByRole('search').count()).toBe(0)
    expect(
      await page.evaluate(() => [
        CSS.highlights.get('reader-hit')?.size,
        CSS.highlights.get('reader-current-hit')?.size,
      ]),
    ).toEqual([0, 0])
  })

  it('says so when the diacritics that were typed occur nowhere', async () => {
    await open(`paper=${DECREE}`)
    await drawn(1)
    expect(await find('vàn thứ')).toBeGreaterThan(50)
    expect(await page.getByRole('search').getByRole('status').innerText()).toContain('(không phân biệt dấu)')
  })

  it('leads by the table of contents and the small pages', async () => {
    await open(`paper=${DECREE}`)
    await drawn(1)
    await page.getByRole('button', { name: 'Trang thu nhỏ và mục lục' }).click()
    const small = page.locator('[data-reader-thumbnails]')
    await small.locator('canvas').first().waitFor()
    await withoutViolations()
    await picture('thumbnails-1366x768')
    await small.getByRole('button', { name: 'Trang 3' }).click()
    await untilPage(3)
    expect(await small.getByRole('button', { name: 'Trang 3' }).getAttribute('aria-current')).toBe('page')
    await page.getByRole('tab', { name: 'Mục lục' }).click()
    const entries = page.locator('[data-reader-outline]').getByRole('button')
    await entries.filter({ hasText: 'Chương I' }).waitFor()
    await withoutViolations()
    await picture('outline-1366x768')
    await page.keyboard.press('Escape')
    expect(await page.getByRole('complementary').count()).toBe(0)
  })

  it('leads to a place far down the paper', async () => {
    await open('paper=phu-luc-3.pdf')
    await drawn(1)
    await page.getByRole('button', { name: 'Trang thu nhỏ và mục lục' }).click()
    await page.getByRole('tab', { name: 'Mục lục' }).click()
    await page.locator('[data-reader-outline] > ul > li').last().getByRole('button').first().click()
    await untilPage(14)
    await drawn(14)
  })

  it('obeys the keyboard alone', async () => {
    await open(`paper=${DECREE}`)
    await drawn(1)
    await page.locator('[data-reader-scroller]').focus()
    await page.keyboard.press('PageDown')
    await untilPage(2)
    await page.keyboard.press('ArrowRight')
    await untilPage(3)
    await page.keyboard.press('PageUp')
    await untilPage(2)
    await page.keyboard.press('End')
    await untilPage(20)
    await page.keyboard.press('ArrowLeft')
    await untilPage(19)
    await page.keyboard.press('Home')
    await untilPage(1)
    const field = page.getByRole('toolbar').getByRole('textbox')
    await field.fill('12')
    await field.press('Enter')
    await untilPage(12)
    await field.fill('999')
    await field.press('Enter')
    await untilPage(20)
    await field.fill('không')
    await field.press('Enter')
    await untilPage(20)
    await drawn(20)
    expect(await page.evaluate(() => globalThis.stage.pages)).toEqual([2, 3, 2, 20, 19, 1, 12, 20])
  })

  it('zooms by keys, wheel, fingers and menu, and keeps the place', async () => {
    await open(`paper=${DECREE}`, { width: 1366, height: 768 }, { hasTouch: true })
    await drawn(1)
    const width = async () => Math.round((await page.locator('[data-page="5"]').boundingBox())!.width)
    const field = page.getByRole('toolbar').getByRole('textbox')
    await field.fill('5')
    await field.press('Enter')
    await untilPage(5)
    await page.locator('[data-reader-scroller]').focus()
    await page.keyboard.press('Control+0')
    await expect.poll(width).toBe(794)
    await page.keyboard.press('Control+Equal')
    await expect.poll(width).toBe(873)
    await page.keyboard.press('Control+Minus')
    await page.keyboard.press('Control+Minus')
    await expect.poll(width).toBe(714)
    expect(await pageShown()).toBe(5)
    const under = () =>
      page.evaluate(() => {
        const sheet = document.querySelector('[data-page="5"]')!.getBoundingClientRect()
        return [(683 - sheet.left) / sheet.width, (400 - sheet.top) / sheet.height]
      })
    const before = await under()
    await page.mouse.move(683, 400)
    await page.keyboard.down('Control')
    await page.mouse.wheel(0, -120)
    await page.keyboard.up('Control')
    await expect.poll(width).toBeGreaterThan(800)
    const after = await under()
    expect(Math.abs(after[0]! - before[0]!)).toBeLessThan(0.01)
    expect(Math.abs(after[1]! - before[1]!)).toBeLessThan(0.01)
    const wide = await width()
    const touch = await page.context().newCDPSession(page)
    const fingers = (half: number) => [
      { x: 683 - half, y: 400, id: 1 },
      { x: 683 + half, y: 400, id: 2 },
    ]
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: fingers(100) })
    await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: fingers(75) })
    await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: fingers(50) })
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    await expect.poll(width).toBeLessThan(wide * 0.6)
    expect(await width()).toBeGreaterThan(wide * 0.4)
    await page.getByRole('button', { name: /Cỡ hiển thị/ }).click()
    await picture('menu-1366x768')
    await page.getByRole('menuitem', { name: 'Vừa cả trang' }).click()
    await expect.poll(async () => (await page.locator('[data-page="5"]').boundingBox())!.height).toBeLessThan(720)
    expect(await pageShown()).toBe(5)
    const canvas = page.locator('[data-page="5"] canvas')
    await expect
      .poll(() =>
        canvas.evaluate((element) =>
          Math.abs((element as HTMLCanvasElement).width - element.getBoundingClientRect().width * devicePixelRatio),
        ),
      )
      .toBeLessThan(2)
  })

  it('remembers page and zoom', async () => {
    await open(`paper=${DECREE}`)
    await drawn(1)
    await page.locator('[data-reader-scroller]').focus()
    await page.keyboard.press('Control+0')
    const field = page.getByRole('toolbar').getByRole('textbox')
    await field.fill('14')
    await field.press('Enter')
    await untilPage(14)
    await expect
      .poll(() => page.evaluate((key) => localStorage.getItem(key), DECREE))
      .toBe('{"page":14,"zoom":{"kind":"factor","factor":1}}')
    await page.reload()
    await drawn(14)
    await untilPage(14)
    expect(Math.round((await page.locator('[data-page="14"]').boundingBox())!.width)).toBe(794)
    expect(await page.locator('[data-page="1"]').count()).toBe(0)
  })

  it('follows the presenter until the person turns away, and offers the way back', async () => {
    await open(`paper=${DECREE}&presenter=4`)
    await untilPage(4)
    const button = page.getByRole('button', { name: 'Theo dõi' })
    expect(await button.getAttribute('aria-pressed')).toBe('true')
    await page.evaluate(() => globalThis.stage.present(9))
    await untilPage(9)
    expect(await page.evaluate(() => globalThis.stage.follows)).toEqual([])
    await page.locator('[data-reader-scroller]').focus()
    await page.keyboard.press('PageDown')
    await untilPage(10)
    expect(await page.evaluate(() => globalThis.stage.follows)).toEqual([false])
    await page.evaluate(() => globalThis.stage.present(11))
    const back = page.getByRole('button', { name: 'Đến trang đang trình bày: 11' })
    await back.waitFor()
    expect(await pageShown()).toBe(10)
    await withoutViolations()
    await picture('follow-1366x768')
    await back.click()
    await untilPage(11)
    expect(await button.getAttribute('aria-pressed')).toBe('true')
  })

  it.each([
    ['tablet', '', { width: 1024, height: 768 }],
    ['dark', '&dark', { width: 1366, height: 768 }],
    ['column', '', { width: 620, height: 700 }],
    ['full-hd', '', { width: 1920, height: 1080 }],
  ])('is clean to use as %s', async (name, query, size) => {
    await open(`paper=phu-luc-1.pdf${query}`, size, { hasTouch: true })
    await drawn(1)
    await page.getByRole('button', { name: 'Trang thu nhỏ và mục lục' }).click()
    await page.locator('[data-reader-thumbnails] canvas').nth(2).waitFor()
    await find('văn bản')
    await expect.poll(async () => (await currentHit()).inView).toBe(true)
    await withoutViolations()
    await picture(`${name}-${size.width}x${size.height}`)
    const small = await page.locator('[data-reader] :is(button, input)').evaluateAll((elements) =>
      elements
        .filter((element) => {
          const box = element.getBoundingClientRect()
          return box.width > 0 && (box.width < 44 || box.height < 44)
        })
        .map((element) => element.outerHTML),
    )
    expect(small).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  })
})

describe('a paper of 2,000 pages', () => {
  it('keeps few pages and canvases however far one goes', async () => {
    await open(`paper=${LONG}`)
    await drawn(1)
    await page.getByRole('button', { name: 'Trang thu nhỏ và mục lục' }).click()
    let most = 0
    const count = async () => {
      const canvases = await page.evaluate(() => document.querySelectorAll('canvas').length)
      most = Math.max(most, canvases)
      expect(canvases).toBeLessThanOrEqual(MOST_CANVASES)
      expect(await page.locator('[data-page]').count()).toBeLessThanOrEqual(8)
    }
    const scroller = page.locator('[data-reader-scroller]')
    for (let i = 0; i <= 40; i++) {
      await scroller.evaluate((element, share) => void (element.scrollTop = share * element.scrollHeight), i / 40)
      await count()
      if (i % 10 === 5)
        await expect
          .poll(async () => page.locator(`[data-page="${await pageShown()}"] canvas`).count(), { timeout: 20_000 })
          .toBe(1)
    }
    await untilPage(LONG_PAGES)
    await drawn(LONG_PAGES)
    await count()
    expect(most).toBeGreaterThan(2)
    await scroller.focus()
    await page.keyboard.press('Home')
    await untilPage(1)
    await drawn(1)
    await count()
  })

  it('finds across all pages, and shows the first hit before the last page is searched', async () => {
    await open(`paper=${LONG}`)
    await drawn(1)
    await page.keyboard.press('Control+f')
    await page.getByRole('search').getByRole('textbox').fill('tong cong')
    await untilPage(500)
    const hits = page.locator('[data-reader-hits="4"]')
    await hits.waitFor({ state: 'attached', timeout: 90_000 })
    await page.keyboard.press('Enter')
    await untilPage(1000)
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.press('Shift+Enter')
    await untilPage(2000)
  })
})

describe('a paper on the hub', () => {
  it('shows page 1 from a part of the file, with the session in every request', async () => {
    const { length } = server.papers.get(ALBUM)!
    await open(`paper=${ALBUM}&ranged=${length}`)
    await drawn(1)
    const asked = () => server.ranges.reduce((sum, { begin, end }) => sum + end - begin, 0)
    expect(asked()).toBeLessThan(length / 3)
    expect(new Set(server.ranges.map(({ session }) => session))).toEqual(new Set(['Bearer phien']))
    const before = asked()
    await page.locator('[data-reader-scroller]').focus()
    await page.keyboard.press('End')
    await drawn(60)
    expect(asked()).toBeGreaterThan(before)
    expect(asked()).toBeLessThan(length / 2)
  })

  it('waits while the line is down, and goes on when it is back', async () => {
    server.fail = 503
    await open(`paper=${DECREE}&ranged=${server.papers.get(DECREE)!.length}`)
    await page.getByText('Đang nối lại.').waitFor()
    await picture('waiting-1366x768')
    server.fail = null
    await drawn(1)
    await expect.poll(() => page.getByText('Đang nối lại.').count()).toBe(0)
  })

  it('says when the hub does not give it out, and tries again when asked', async () => {
    server.fail = 403
    await open(`paper=${DECREE}&ranged=${server.papers.get(DECREE)!.length}`)
    await page.getByRole('heading', { name: 'Chưa lấy được tài liệu' }).waitFor()
    await withoutViolations()
    await picture('unavailable-1366x768')
    server.fail = null
    await page.getByRole('button', { name: 'Thử mở lại' }).click()
    await drawn(1)
    // pdf.js says this in its worker when a paper is closed while a range is still to come.
    expect(complaints.splice(0).filter((complaint) => complaint !== 'Worker was terminated')).toEqual([])
  })
})

describe('papers that cannot be read, and one that needs help', () => {
  it.each([
    ['locked.pdf', 'Tài liệu được khóa bằng mật khẩu'],
    ['cut.pdf', 'Tài liệu bị hỏng'],
  ])('%s: %s', async (name, title) => {
    await open(`paper=${name}`)
    await page.getByRole('heading', { name: title }).waitFor()
    expect(await reader().getAttribute('data-reader')).toBe('failed')
    await withoutViolations()
  })

  it('draws a scanned page although the policy forbids WebAssembly', async () => {
    await open('paper=scan.pdf')
    expect(await ink(await drawn(1))).toBeGreaterThan(0.95)
    // The browser reports that it refused to compile WebAssembly; pdf.js then takes its decoder in JavaScript.
    expect(complaints.splice(0).filter((complaint) => !complaint.includes('WebAssembly'))).toEqual([])
  })
})
