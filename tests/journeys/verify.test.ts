// Kiểm tra chữ ký in a real browser: honest files, a changed one, one that nobody signed, with and without a list of trusted issuers.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testHub, type TestHub } from '../support/hub.ts'
import { logIn, type Person } from '../support/person.ts'
import { openOffice, stamp, type Office } from '../signing/office.ts'
import { expectAccessible, launchBrowser, openAs, type AppWindow } from './app.ts'

const RENDERER = join(import.meta.dirname, '../../dist/renderer')
const PICTURES = join(import.meta.dirname, '../../node_modules/.cache/pictures')
const PAPER = new Uint8Array(readFileSync(join(import.meta.dirname, '../fixtures/nd30/phu-luc-2.pdf')))

let hub: TestHub
let office: Office
let browser: Browser
let admin: Person
let window: AppWindow
let archived: Uint8Array
let leaderOnly: Uint8Array

beforeAll(async () => {
  hub = await testHub({ rendererFolder: RENDERER })
  office = await openOffice()
  browser = await launchBrowser()
  admin = await logIn(hub.url, 'quantri')
  const leader = await office.sign('Leader', PAPER, {
    role: 'personal',
    place: null,
    picture: stamp(20, 40, 160),
    level: 'B-T',
  })
  if (!leader.ok) throw new Error(leader.code)
  leaderOnly = leader.bytes
  const sealed = await office.sign('Agency', leader.bytes, {
    role: 'agency',
    place: null,
    picture: stamp(200, 20, 20),
    number: '15/QĐ-UBND',
    date: 'Trà My, ngày 25 tháng 11 năm 2026',
    level: 'B-LTA',
  })
  if (!sealed.ok) throw new Error(sealed.code)
  archived = sealed.bytes
  window = await openAs(browser, hub.url, 'vanthu')
  await window.page.goto(`${hub.url}/#/verify`)
})
afterAll(async () => {
  await browser.close()
  await office[Symbol.asyncDispose]()
  expect(hub.faults).toEqual([])
  await hub.end()
})

async function bring(name: string, bytes: Uint8Array): Promise<void> {
  const { page } = window
  await page
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'application/pdf', buffer: Buffer.from(bytes) })
  await page.getByRole('article', { name }).waitFor({ timeout: 30_000 })
}
const verdict = () => window.page.getByRole('heading', { level: 2 }).first().innerText()
const picture = (name: string) => window.page.screenshot({ path: join(PICTURES, `verify-${name}.png`) })

test('before anything is brought, the screen says what will happen', async () => {
  await window.page.getByRole('heading', { name: 'Thả tệp PDF vào đây' }).waitFor()
  await expectAccessible(window.page, 'the empty check')
  await picture('empty')
})

test('while the office trusts nobody, a good file is "not enough data", and the screen says whom to ask', async () => {
  await bring('chua-tin-cay.pdf', archived)
  expect(await verdict()).toBe('Chưa đủ dữ liệu để kết luận')
  await window.page.getByText('không có trong danh sách tin cậy của cơ quan').first().waitFor()
  await picture('untrusted')
})

test('with the list of issuers the same file is valid, and the number that was filled in stands there', async () => {
  const root = Buffer.from(office.pki.authorities.root.der).toString('base64')
  expect(
    await admin.perform('org.replaceTrust', {
      anchors: [{ name: 'Gốc thử nghiệm', certificate: root, uses: ['signing', 'timestamping'] }],
      timestampServices: [],
    }),
  ).toBe('ok')
  await expect
    .poll(async () => {
      await bring(`quyet-dinh-${Date.now()}.pdf`, archived)
      return await verdict()
    })
    .toBe('Hợp lệ, có thay đổi được phép sau khi ký')
  const { page } = window
  await page.getByText('15/QĐ-UBND').first().waitFor()
  await page.getByText('Chữ ký của người có thẩm quyền').waitFor()
  await page.getByText('Chữ ký của cơ quan').waitFor()
  await page
    .getByRole('button', { name: /Xem trang 1 trước và sau/ })
    .first()
    .click()
  await page.getByRole('img', { name: 'Lúc ký, trang 1' }).locator('canvas').waitFor()
  await page.getByRole('img', { name: 'Bây giờ, trang 1' }).locator('canvas').waitFor()
  await expectAccessible(page, 'a valid file')
  await page.setViewportSize({ width: 1366, height: 768 })
  await picture('valid-changed')
})

test('one changed byte of the text is "not valid", in words', async () => {
  const forged = Uint8Array.from(leaderOnly)
  const at = Buffer.from(forged).indexOf('stream') + 40
  forged[at] = (forged[at] ?? 0) ^ 1
  await bring('bi-sua.pdf', forged)
  expect(await verdict()).toBe('Không hợp lệ')
  await window.page.getByText('Nội dung đã bị sửa sau khi ký.').first().waitFor()
  await expectAccessible(window.page, 'an invalid file')
  await picture('invalid')
})

test('a paper without a signature, and what is no PDF, each get their sentence', async () => {
  await bring('chua-ky.pdf', PAPER)
  expect(await verdict()).toBe('Tệp chưa có chữ ký số')
  await bring('khong-phai.pdf', new TextEncoder().encode('xin chào'))
  expect(await verdict()).toBe('Không hợp lệ')
  await window.page.getByText('Tệp không phải PDF nguyên vẹn').first().waitFor()
})

test('each version of the file can be saved as it was', async () => {
  await bring('luu-ban.pdf', archived)
  const download = window.page.waitForEvent('download')
  await window.page.getByRole('button', { name: 'Lưu bản này thành tệp riêng: bản 3' }).click()
  const saved = await download
  expect(saved.suggestedFilename()).toBe('luu-ban-ban-3.pdf')
  expect(readFileSync(await saved.path()).equals(Buffer.from(leaderOnly))).toBe(true)
  expect(window.complaints).toEqual([])
})
