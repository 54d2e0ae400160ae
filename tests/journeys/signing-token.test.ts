// Ký số with everything real: a browser that a loopback agent opened, the agent's PIN window, and a soft token that can be pulled out.
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDeskAgent } from '../../electron/agent/desk-agent.ts'
import type { Agent } from '../../electron/agent/server.ts'
import { stamp } from '../signing/office.ts'
import { SOFT_PIN } from '../signing/pki/soft-token.ts'
import { testPki } from '../signing/pki/test-pki.ts'
import { shimBench, type ShimBench } from '../signing/shim/shim-bench.ts'
import { temporaryFolder, testHub, type TestHub } from '../support/hub.ts'
import { logIn } from '../support/person.ts'
import { launchBrowser, logInAs, openApp, type AppWindow } from './app.ts'

const RENDERER = join(import.meta.dirname, '../../dist/renderer')
const PICTURES = join(import.meta.dirname, '../../node_modules/.cache/pictures')
const PAPER = readFileSync(join(import.meta.dirname, '../fixtures/nd30/phu-luc-2.pdf'))

let hub: TestHub
let bench: ShimBench
let agent: Agent
let browser: Browser
let window: AppWindow
const faults: string[] = []

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true })
  hub = await testHub({ rendererFolder: RENDERER })
  bench = await shimBench({ Leader: [{ leaf: 'leader' }] })
  agent = await startDeskAgent({
    hubUrl: hub.url,
    version: '0.1.0',
    open: () => Promise.resolve(),
    onFault: (fault) => faults.push(fault),
    cacheFolder: temporaryFolder(),
    client: bench.client,
  })
  const admin = await logIn(hub.url, 'quantri')
  // Without a line the desk fetches no issuers: the office trusts the one in between as well.
  const { root, intermediate } = (await testPki()).authorities
  const anchors = [root, intermediate].map(({ der }) => ({
    ...{ name: 'Gốc thử nghiệm', certificate: Buffer.from(der).toString('base64') },
    uses: ['signing' as const],
  }))
  expect(await admin.perform('org.replaceTrust', { anchors, timestampServices: [] })).toBe('ok')
  browser = await launchBrowser()
  window = await openApp(browser, hub.url, { path: agent.pairingFragment() })
  await logInAs(window.page, 'vanthu')
})
afterAll(async () => {
  await browser.close()
  await agent.close()
  expect(faults).toEqual([])
  expect(hub.faults).toEqual([])
  await hub.end()
})

async function bring(page: Page, names: readonly string[], buffer = PAPER): Promise<void> {
  const files = names.map((name) => ({ name, mimeType: 'application/pdf', buffer }))
  await page.locator('input[data-kind=papers]').setInputFiles(files)
}

async function chooseRole(page: Page, role: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Ký với vai trò' }).click()
  await page.getByRole('option', { name: role, exact: true }).click()
}

async function readyToSign(names: readonly string[], role = 'Chữ ký thường'): Promise<Page> {
  const { page } = window
  await page.goto(`${hub.url}/#/verify`)
  await page.goto(`${hub.url}/#/sign`)
  await bring(page, names)
  await expect.poll(() => page.getByText('Sẵn sàng ký').count(), { timeout: 30_000 }).toBe(names.length)
  await chooseRole(page, role)
  await expect.poll(() => page.getByRole('radio').isChecked(), { timeout: 15_000 }).toBe(true)
  return page
}

async function givePicture(page: Page, png: Uint8Array): Promise<void> {
  await page
    .locator('input[data-kind=picture]')
    .setInputFiles({ name: 'hinh.png', mimeType: 'image/png', buffer: Buffer.from(png) })
  await page.getByRole('img', { name: 'Hình ảnh đang dùng' }).waitFor()
}

async function savedFile(page: Page, name: string): Promise<Buffer<ArrayBuffer>> {
  const save = page.getByRole('button', { name: `Lưu bản đã ký của ${name}` })
  await save.waitFor({ timeout: 30_000 })
  const download = page.waitForEvent('download')
  await save.click()
  return readFileSync(await (await download).path())
}

/** Presses the button and answers the PIN window that it opens. */
async function answer(page: Page, button: string | RegExp, pin: string): Promise<void> {
  const popup = page.waitForEvent('popup')
  await page.getByRole('button', { name: button }).click()
  const asked = await popup
  await asked.locator('#pin').fill(pin)
  await asked.screenshot({ path: join(PICTURES, 'sign-confirm-window.png') })
  await asked.getByRole('button', { name: /^Ký \d+ văn bản$/ }).click()
}

test('the token is there by itself, and the check shows it', async () => {
  const { page } = window
  await page.goto(`${hub.url}/#/devices`)
  await page.getByRole('article', { name: 'Leader' }).waitFor({ timeout: 20_000 })
  await page.getByText('Mã PIN bình thường').waitFor()
  await page.screenshot({ path: join(PICTURES, 'devices-token.png') })
})

test('a wrong PIN is one sentence; the right one signs, and the saved file holds on the screen that checks', async () => {
  const page = await readyToSign(['to-trinh.pdf'])
  await answer(page, 'Ký 1 tệp', '000000')
  await page.getByText(/^Mã PIN không đúng/).waitFor({ timeout: 20_000 })
  await answer(page, 'Nhập lại mã PIN', SOFT_PIN)
  await page.getByText('Đã ký 1 trên 1 tệp').waitFor({ timeout: 30_000 })
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Lưu bản đã ký của to-trinh.pdf' }).click()
  const saved = await download
  expect(saved.suggestedFilename()).toBe('to-trinh-da-ky.pdf')
  const signed = readFileSync(await saved.path())
  expect(signed.subarray(0, PAPER.length).equals(PAPER)).toBe(true)
  await page.getByRole('link', { name: 'Kiểm tra chữ ký', exact: true }).first().click()
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'to-trinh-da-ky.pdf', mimeType: 'application/pdf', buffer: signed })
  await page.getByRole('article', { name: 'to-trinh-da-ky.pdf' }).waitFor({ timeout: 30_000 })
  await page.getByText('Nguyễn Văn Ưởng').first().waitFor()
  await page.screenshot({ path: join(PICTURES, 'sign-verified.png') })
  // Nothing is wrong with it; without a line nobody can say whether the certificate was revoked.
  expect(await page.getByRole('heading', { level: 2 }).first().innerText()).toBe('Chưa đủ dữ liệu để kết luận')
  await page.getByText('Chưa biết chứng thư số có bị thu hồi không.').first().waitFor()
  await page.getByText('Không có thay đổi nào sau chữ ký này.').waitFor()
  await page.getByText('Cơ bản (B-B).').waitFor()
})

test('pulled out while signing: what is signed is kept, and the rest follows when the device is back', async () => {
  const page = await readyToSign(['mot.pdf', 'hai.pdf', 'ba.pdf'])
  bench.shim.on('slow-sign', 800)
  await answer(page, 'Ký 3 tệp', SOFT_PIN)
  await page.getByRole('button', { name: 'Lưu bản đã ký của mot.pdf' }).waitFor({ timeout: 30_000 })
  bench.shim.on('removed')
  await page.getByText('Đang chờ cắm lại thiết bị').waitFor({ timeout: 30_000 })
  await page.getByRole('button', { name: 'Lưu bản đã ký của mot.pdf' }).waitFor()
  bench.shim.reset()
  // The button comes with the device.
  await answer(page, 'Ký tiếp', SOFT_PIN)
  await page.getByText('Đã ký 3 trên 3 tệp').waitFor({ timeout: 30_000 })
})

test('a leader signs an outgoing paper, then the agency fills number and date into it: both on the same screen', async () => {
  const page = await readyToSign(['quyet-dinh.pdf'], 'Chữ ký của người có thẩm quyền')
  await givePicture(page, stamp(20, 40, 160))
  await answer(page, 'Ký 1 tệp', SOFT_PIN)
  const byLeader = await savedFile(page, 'quyet-dinh.pdf')
  await page.getByRole('button', { name: 'Ký tệp khác' }).click()
  await bring(page, ['quyet-dinh.pdf'], byLeader)
  await page.getByText(/Đã có 1 chữ ký/).waitFor({ timeout: 30_000 })
  await chooseRole(page, 'Chữ ký của cơ quan')
  await page.getByText('Văn bản đã có sẵn ô cho chữ ký này').waitFor()
  await givePicture(page, stamp(200, 20, 20))
  await page.getByLabel('Số, ký hiệu').fill('15/QĐ-UBND')
  await page.getByLabel('Địa danh và ngày tháng').fill('Trà My, ngày 25 tháng 11 năm 2026')
  await page.screenshot({ path: join(PICTURES, 'sign-agency.png') })
  await answer(page, 'Ký 1 tệp', SOFT_PIN)
  const sealed = await savedFile(page, 'quyet-dinh.pdf')
  await page.goto(`${hub.url}/#/verify`)
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'da-dong-dau.pdf', mimeType: 'application/pdf', buffer: sealed })
  await page.getByText('15/QĐ-UBND').first().waitFor({ timeout: 30_000 })
  expect(window.complaints).toEqual([])
})
