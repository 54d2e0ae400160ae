// The administrator says whom the office believes, and whose a certificate is; everyone's device knows at once.
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { samplePersonId } from '../../shared/sample/commune.ts'
import { testHub, type TestHub } from '../support/hub.ts'
import { testPki, type TestPki } from '../signing/pki/test-pki.ts'
import { expectAccessible, launchBrowser, openAs, type AppWindow } from './app.ts'

const RENDERER = join(import.meta.dirname, '../../dist/renderer')
const PICTURES = join(import.meta.dirname, '../../node_modules/.cache/pictures')

let hub: TestHub
let pki: TestPki
let browser: Browser
let window: AppWindow

beforeAll(async () => {
  hub = await testHub({ rendererFolder: RENDERER })
  pki = await testPki()
  browser = await launchBrowser()
  window = await openAs(browser, hub.url, 'quantri')
})
afterAll(async () => {
  await browser.close()
  expect(window.complaints).toEqual([])
  expect(hub.faults).toEqual([])
  await hub.end()
})

const trust = () => hub.decider.state.org.trust

test('issuers come from files, are shown with their fingerprints, and count only after saving', async () => {
  const { page } = window
  await page.goto(`${hub.url}/#/admin/trust`)
  await page.getByRole('heading', { name: 'Chưa tin cậy nơi nào' }).waitFor()
  await expectAccessible(page, 'nobody is trusted')
  await page.locator('input[type=file]').setInputFiles([pki.rootFile, pki.intermediateFile])
  await page.getByText('Test Root CA', { exact: true }).waitFor()
  await page.getByText('Thay đổi chưa được lưu').waitFor()
  expect(trust(), 'nothing is believed yet').toBeNull()
  await page.getByRole('button', { name: /Bỏ CA phục vụ/ }).click()
  await page.getByLabel('Dịch vụ dấu thời gian').fill('http://tsa.example.vn/tsa')
  await expectAccessible(page, 'a changed list')
  await page.screenshot({ path: join(PICTURES, 'trust.png') })
  await page.getByRole('button', { name: 'Lưu danh sách' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('tin cậy 1 nơi cấp').waitFor()
  await dialog.getByRole('button', { name: 'Lưu danh sách' }).click()
  await expect
    .poll(() => trust()?.anchors.map(({ name, uses }) => [name, uses]))
    .toEqual([['Test Root CA', ['signing', 'timestamping']]])
  expect(trust()?.timestampServices).toEqual(['http://tsa.example.vn/tsa'])
  await page.getByText('Thay đổi lần cuối').waitFor()
})

test('what is no certificate and what is no address are said, and saved by nobody', async () => {
  const { page } = window
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'x.cer', mimeType: 'application/pkix-cert', buffer: Buffer.from('xin chào') })
  await page.getByText('Tệp này không phải chứng thư số.').first().waitFor()
  await page.getByLabel('Dịch vụ dấu thời gian').fill('không phải địa chỉ')
  await page.getByText('Có dòng không phải địa chỉ dịch vụ.').waitFor()
  expect(await page.getByRole('button', { name: 'Lưu danh sách' }).isDisabled()).toBe(true)
})

test('a certificate is bound to a person from its file, and ended with a word on what that means', async () => {
  const { page } = window
  const personId = samplePersonId('chutich')
  await page.goto(`${hub.url}/#/admin/people?person=${personId}`)
  await page.getByRole('heading', { name: 'Chứng thư số', exact: true }).waitFor()
  await page.locator('input[type=file]').setInputFiles(pki.leaves.leader.certificateFile)
  await page.getByText('Nguyễn Văn Ưởng').first().waitFor()
  const bound = () => Object.values(hub.decider.state.org.certificates).filter((each) => each.personId === personId)
  expect(bound()).toHaveLength(1)
  await expectAccessible(page, 'a bound certificate')
  await page.screenshot({ path: join(PICTURES, 'certificate.png') })
  await page.getByRole('button', { name: /Thôi gắn chứng thư số/ }).click()
  await page.getByRole('dialog').getByText('không đăng nhập được bằng chứng thư số này nữa').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Thôi gắn' }).click()
  await expect.poll(() => bound()[0]?.endedAt).not.toBeNull()
  await page.getByText('Đã thôi gắn', { exact: false }).first().waitFor()
})
