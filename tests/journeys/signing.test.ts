// Ký số and Kiểm tra thiết bị ký số in a real browser: what a person sees and does before, during and after signing, in states that a
// stand-in for the desktop is put into. signing-token.test.ts goes the same way with a real agent and a real token.
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PDFDocument } from 'pdf-lib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stamp } from '../signing/office.ts'
import { testHub, type TestHub } from '../support/hub.ts'
import { expectAccessible, launchBrowser, logInAs, openAs, SIZES, type AppWindow } from './app.ts'
import { certificate, DRIVER, setStandIn, token, withStandIn } from './fixtures/signing/stand-in-desktop.ts'

const RENDERER = join(import.meta.dirname, '../../dist/renderer')
const PICTURES = join(import.meta.dirname, '../../node_modules/.cache/pictures')
const PAPER = readFileSync(join(import.meta.dirname, '../fixtures/nd30/phu-luc-2.pdf'))
const NOBODY = { modules: [DRIVER], tokens: [] }
const READY = { modules: [DRIVER], tokens: [token()] }

let hub: TestHub
let browser: Browser
let window: AppWindow

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true })
  hub = await testHub({ rendererFolder: RENDERER })
  browser = await launchBrowser()
  window = await openAs(browser, hub.url, 'vanthu')
  await withStandIn(window.context, NOBODY)
})
afterAll(async () => {
  await browser.close()
  expect(hub.faults).toEqual([])
  await hub.end()
})

const pdf = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/pdf', buffer })
const papers = (page: Page) => page.locator('input[data-kind=papers]')

/** A fresh page at an address, still logged in, with the desktop as the test wants it. */
async function at(path: string, devices = READY): Promise<Page> {
  const { page } = window
  await page.goto('about:blank')
  await page.goto(`${hub.url}/#${path}`)
  if (
    await page
      .getByLabel('Mật khẩu', { exact: true })
      .isVisible()
      .catch(() => false)
  )
    await logInAs(page, 'vanthu')
  await page.waitForFunction(() => 'standIn' in globalThis)
  await setStandIn(page, { devices })
  return page
}

async function picture(page: Page, name: string): Promise<void> {
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const dark of [false, true]) {
      await page.setViewportSize(viewport)
      await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' })
      await page.waitForTimeout(500)
      await page.screenshot({ path: join(PICTURES, `${name}-${size}${dark ? '-dark' : ''}.png`) })
      await expectAccessible(page, `${name} ${size}${dark ? ' dark' : ''}`)
    }
  }
  await page.setViewportSize(SIZES.laptop)
  await page.evaluate(() => document.documentElement.toggleAttribute('data-large-type', true))
  await page.waitForTimeout(500)
  await page.screenshot({ path: join(PICTURES, `${name}-laptop-large.png`) })
  await page.evaluate(() => document.documentElement.removeAttribute('data-large-type'))
  await page.emulateMedia({ colorScheme: 'light' })
}

/** `Ký số` with one paper that is ready, signed as plain. */
async function withPaper(): Promise<Page> {
  const page = await at('/sign')
  await papers(page).setInputFiles([pdf('to-trinh.pdf', PAPER)])
  await page.getByText('Sẵn sàng ký').waitFor({ timeout: 30_000 })
  await choose(page, 'Ký với vai trò', 'Chữ ký thường')
  return page
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

const signButton = (page: Page) => page.getByRole('button', { name: /^Ký \d+ tệp$/ })

test('in a browser alone both screens say that they need the desktop, and offer nothing that would not work', async () => {
  const plain = await openAs(browser, hub.url, 'quantri')
  await plain.page.goto(`${hub.url}/#/sign`)
  await plain.page.getByRole('heading', { name: 'Ký số cần ứng dụng Trà My trên máy có thiết bị' }).waitFor()
  expect(await plain.page.getByRole('button', { name: 'Chọn tệp PDF' }).count()).toBe(0)
  await expectAccessible(plain.page, 'signing without a desktop')
  await plain.page.screenshot({ path: join(PICTURES, 'sign-none.png') })
  await plain.page.goto(`${hub.url}/#/devices`)
  await plain.page.getByRole('heading', { name: 'Mục này cần ứng dụng Trà My trên máy có thiết bị' }).waitFor()
  await plain.context.close()
})

test('plugging in is noticed, and each device says what it can do and what it cannot', async () => {
  const page = await at('/devices', NOBODY)
  await page.getByRole('heading', { name: 'Cắm thiết bị vào máy này' }).waitFor()
  await picture(page, 'devices-empty')
  const two = [
    certificate({ expiresSoon: true, notAfter: '2026-12-11T00:00:00.000Z' }),
    certificate({
      fingerprint: 'cd'.repeat(32),
      commonName: 'Chứng thư cũ',
      obstacles: ['expired', 'not-for-signing'],
    }),
  ]
  await setStandIn(page, {
    devices: {
      modules: [DRIVER, { name: 'Nhà cung cấp khác', status: 'module-wrong-architecture', description: '' }],
      tokens: [
        token({ certificates: two }),
        token({ id: { module: 'b', serial: '2', label: 'Cơ quan' }, pin: 'locked', certificates: [certificate()] }),
      ],
    },
  })
  await page.getByText('Đang cắm 2 thiết bị.').waitFor()
  await page.getByText('Sắp hết hạn').waitFor()
  await page.getByText('Không được cấp để ký văn bản.').waitFor()
  await page.getByText('Mã PIN bị khóa').waitFor()
  await picture(page, 'devices')
  await window.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: 'Sao chép kết quả' }).click()
  await page.getByText('Đã sao chép.').waitFor()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toContain('pin locked')
  expect(copied).not.toMatch(/Ưởng|5a0f|driver\.so/)
})

test('nothing is signed before everything is there, and the screen says what is missing', async () => {
  const page = await at('/sign', NOBODY)
  await page.getByRole('heading', { name: 'Thả tệp PDF cần ký vào đây' }).waitFor()
  await picture(page, 'sign-empty')
  await papers(page).setInputFiles([pdf('to-trinh.pdf', PAPER)])
  await page.getByText('Sẵn sàng ký').waitFor({ timeout: 30_000 })
  await page.getByText('Đồng chí chọn hình ảnh cho vai trò này.').waitFor()
  expect(await signButton(page).isDisabled()).toBe(true)
  await page
    .locator('input[data-kind=picture]')
    .setInputFiles({ name: 'chu-ky.png', mimeType: 'image/png', buffer: Buffer.from(stamp(20, 40, 160)) })
  await page.getByText('Đồng chí chọn chứng thư số để ký.').waitFor()
  await setStandIn(page, {
    devices: { modules: [DRIVER], tokens: [token({ certificates: [certificate({ obstacles: ['expired'] })] })] },
  })
  await page.getByText('Đã hết hạn. Đồng chí đề nghị nơi cấp gia hạn.').waitFor()
  expect(await page.getByRole('radio').isDisabled()).toBe(true)
  await setStandIn(page, { devices: READY })
  await expect.poll(() => signButton(page).isEnabled()).toBe(true)
  await page.locator('canvas').first().waitFor()
  await picture(page, 'sign-personal')
})

test('the mark moves by one millimetre, by ten and by hand, and its place goes into the order', async () => {
  const page = await withPaper()
  const mark = page.getByRole('button', { name: /^Vị trí chữ ký/ })
  const place = async () => {
    const [, left, top] = /trái (\d+) mm, mép trên (\d+) mm/.exec((await mark.getAttribute('aria-label')) ?? '') ?? []
    return [Number(left), Number(top)] as const
  }
  const [left, top] = await place()
  await mark.focus()
  await mark.press('ArrowLeft')
  await mark.press('Shift+ArrowUp')
  expect(await place()).toEqual([left - 1, top - 10])
  const box = (await mark.boundingBox())!
  await page.mouse.move(box.x + 10, box.y + 10)
  await page.mouse.down()
  await page.mouse.move(box.x - 60, box.y - 30, { steps: 4 })
  await page.mouse.up()
  const [draggedLeft, draggedTop] = await place()
  expect(draggedLeft).toBeLessThan(left - 10)
  expect(draggedTop).toBeLessThan(top - 12)
  await page.getByRole('button', { name: 'Trang sau' }).click()
  await picture(page, 'sign-plain')
  await signButton(page).click()
  await page.getByText('Đồng chí xác nhận trong cửa sổ vừa mở').waitFor()
  const { order, sizes } = (await page.evaluate(() => standIn.orders.at(-1)))!
  expect(sizes).toEqual([PAPER.length])
  const { place: sent } = order as { place: { page: number; rectangle: [number, number, number, number] } }
  expect(order).toMatchObject({ role: 'plain', level: 'B-B', picture: null, certify: false })
  expect(sent.page).toBe(1)
  const mm = 72 / 25.4
  expect(Math.abs(sent.rectangle[0] - draggedLeft * mm)).toBeLessThan(mm)
  expect(Math.round((sent.rectangle[2] - sent.rectangle[0]) / mm)).toBe(60)
})

test('a file that acts by itself is not signed until it is cleaned, and cleaning says what it does', async () => {
  const made = await PDFDocument.load(PAPER)
  made.addJavaScript('hello', 'app.alert("xin chào")')
  const page = await at('/sign')
  await papers(page).setInputFiles([pdf('tu-chay.pdf', Buffer.from(await made.save()))])
  await page.getByText('Tệp có phần tự chạy hoặc tự gửi dữ liệu khi mở.').waitFor({ timeout: 30_000 })
  await choose(page, 'Ký với vai trò', 'Chữ ký thường')
  await page.getByText('Có tệp chưa ký được. Đồng chí làm sạch hoặc bỏ tệp đó.').waitFor()
  await picture(page, 'sign-refused')
  await page.getByRole('button', { name: 'Làm sạch để ký' }).click()
  await page.getByText(/Tệp gốc trên máy giữ nguyên/).waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Làm sạch để ký' }).click()
  await page.getByText('Đã làm sạch').waitFor({ timeout: 30_000 })
  await expect.poll(() => signButton(page).isEnabled()).toBe(true)
})

test('a blocked window, a wrong PIN, a pulled device: each says what is safe and what to do', async () => {
  const page = await withPaper()
  await page.evaluate(() => void (globalThis.open = () => null))
  await setStandIn(page, { confirmUrl: 'http://127.0.0.1:9/confirm/x' })
  await signButton(page).click()
  await page.getByText('Trình duyệt đã chặn cửa sổ xác nhận.').waitFor()
  await page.getByRole('button', { name: 'Mở cửa sổ xác nhận' }).waitFor()
  await picture(page, 'sign-blocked')
  const waiting = { state: 'waiting', level: null, code: null, missing: null } as const
  await setStandIn(page, { state: { phase: 'stopped', code: 'pin-wrong', each: waiting } })
  await page.getByText('Mã PIN không đúng. Đồng chí nhập lại cẩn thận').waitFor()
  await picture(page, 'sign-pin-wrong')
  await page.getByRole('button', { name: 'Nhập lại mã PIN' }).click()
  expect(await page.evaluate(() => standIn.calls)).toContain('signing.resume')
  await setStandIn(page, { state: { phase: 'stopped', code: 'pin-locked', each: waiting } })
  await page.getByText('Mã PIN đã bị khóa. Đồng chí liên hệ nơi cấp').waitFor()
  expect(await page.getByRole('button', { name: 'Nhập lại mã PIN' }).count()).toBe(0)
  await setStandIn(page, { state: { phase: 'waiting-for-token', code: 'token-removed', each: waiting } })
  await page.getByRole('button', { name: 'Ký tiếp' }).waitFor()
  await setStandIn(page, { devices: NOBODY })
  await page.getByText('Đang chờ cắm lại thiết bị').waitFor()
  expect(await page.getByRole('button', { name: 'Ký tiếp' }).count()).toBe(0)
  await picture(page, 'sign-waiting')
  await setStandIn(page, { devices: READY })
  await page.getByText('Thiết bị đã cắm lại').waitFor()
  await page.getByRole('button', { name: 'Ký tiếp' }).waitFor()
})

test('signed below the wanted level it says why, raises later, and saves under a name of its own', async () => {
  const page = await withPaper()
  await choose(page, 'Mức chữ ký', 'Lâu dài')
  await page.getByText('Cơ quan chưa khai báo dịch vụ dấu thời gian.').waitFor()
  await signButton(page).click()
  const missing = { timestamp: ['tsa-unreachable' as const], revocation: [], evidenceMissing: true }
  await setStandIn(page, {
    state: { phase: 'done', code: null, each: { state: 'signed', level: 'B-B', code: null, missing } },
  })
  await page.getByText('Đã ký 1 trên 1 tệp').waitFor()
  await page.getByText('Không kết nối được dịch vụ dấu thời gian. Khi có mạng, đồng chí nâng mức.').waitFor()
  await page.getByRole('button', { name: 'Lưu bản đã ký của to-trinh.pdf' }).waitFor()
  await picture(page, 'sign-done')
  await page.getByRole('button', { name: 'Nâng mức ngay' }).click()
  await page.getByText('Mức: Lâu dài').waitFor()
  expect(await page.getByText('Nâng mức ngay').count()).toBe(0)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Lưu bản đã ký của to-trinh.pdf' }).click()
  expect((await download).suggestedFilename()).toBe('to-trinh-da-ky.pdf')
  await page.getByRole('button', { name: 'Lưu lại bản đã ký của to-trinh.pdf' }).waitFor()
  await expectAccessible(page, 'a signed file that was saved')
  expect(window.complaints).toEqual([])
})
