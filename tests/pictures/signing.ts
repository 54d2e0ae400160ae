// The pictures of signing: devices and papers on screens of the application, the desktop around them played by a stand-in.
import type { Browser, Page } from 'playwright-core'
import { openAs } from '../journeys/app.ts'
import { certificate, DRIVER, setStandIn, token, withStandIn } from '../journeys/fixtures/signing/stand-in-desktop.ts'
import { testHub } from '../support/hub.ts'
import { forGuide, settle } from './camera.ts'
import type { SignedPapers } from './signed-papers.ts'

/** Of the sample commune. */
export const SIGNER = 'Nguyễn Hồng Vương'
const subject = `CN=${SIGNER}, O=Ủy ban nhân dân xã Trà My, C=VN`
const named = { commonName: SIGNER, subject }
const DEVICES = {
  modules: [DRIVER],
  tokens: [
    token({
      certificates: [
        certificate(named),
        certificate({
          ...named,
          fingerprint: 'cd'.repeat(32),
          notAfter: '2025-03-05T00:00:00.000Z',
          obstacles: ['expired'],
        }),
      ],
    }),
  ],
}

type Look = (page: Page, name: string) => Promise<void>

export async function signingScreens(
  browser: Browser,
  rendererFolder: string,
  { decision, hand }: SignedPapers,
  look: Look,
): Promise<void> {
  const hub = await testHub({ rendererFolder })
  const { page, context, complaints } = await openAs(browser, hub.url, 'chutich')
  await withStandIn(context, DEVICES)
  // From now on each page finds the stand-in.
  await page.reload()
  await page.goto(`${hub.url}/#/devices`)
  await page.getByText('Đang cắm 1 thiết bị.').waitFor()
  await settle(page)
  await forGuide(page, 'thiet-bi-ky-so')
  await look(page, 'guide-devices')

  await page.goto(`${hub.url}/#/sign`)
  const name = 'Quyết định ban hành Quy chế văn thư, lưu trữ.pdf'
  await page
    .locator('input[data-kind=papers]')
    .setInputFiles({ name, mimeType: 'application/pdf', buffer: Buffer.from(decision) })
  await page.getByText('Sẵn sàng ký').waitFor()
  await page
    .locator('input[data-kind=picture]')
    .setInputFiles({ name: 'chu-ky.png', mimeType: 'image/png', buffer: Buffer.from(hand) })
  await page.getByRole('img', { name: 'Hình ảnh đang dùng' }).waitFor()
  await page.locator('canvas').first().waitFor()
  await forGuide(page, 'ky-so')
  await look(page, 'guide-sign')
  await page.getByRole('button', { name: /^Ký \d+ tệp$/ }).click()
  await page.getByText('Đồng chí xác nhận trong cửa sổ vừa mở').waitFor()
  await look(page, 'guide-sign-confirming')
  await setStandIn(page, {
    state: { phase: 'done', code: null, each: { state: 'signed', level: 'B-B', code: null, missing: null } },
  })
  await page.getByText('Đã ký 1 trên 1 tệp').waitFor()
  await forGuide(page, 'ky-so-xong')
  await look(page, 'guide-sign-done')
  for (const complaint of complaints) console.error(`the page complained: ${complaint}`)
  await context.close()
  await hub.end()
}
