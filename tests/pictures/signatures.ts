// The pictures of signatures: checking files in each state, the list of trusted issuers, a certificate bound to a person.
import type { Browser, Page } from 'playwright-core'
import { samplePersonId } from '../../shared/sample/commune.ts'
import { openAs } from '../journeys/app.ts'
import { testHub } from '../support/hub.ts'
import { logIn } from '../support/person.ts'
import { forGuide, settle } from './camera.ts'
import type { SignedPapers } from './signed-papers.ts'

const SIGNED = 'Quyết định 15-QĐ-UBND.pdf'
const SERVICE = 'https://dau-thoi-gian.example/tsa'

type Look = (page: Page, name: string) => Promise<void>

/** By the clock of the machine, not of the picture: timestamps and revocation come from services that read that one. */
export async function signatureScreens(
  browser: Browser,
  rendererFolder: string,
  { pki, archived, altered }: SignedPapers,
  look: Look,
): Promise<void> {
  const hub = await testHub({ rendererFolder })
  const clerk = await openAs(browser, hub.url, 'vanthu')
  const { page } = clerk
  const go = async (at: Page, path: string) => {
    await at.goto(`${hub.url}/#${path}`)
    await settle(at)
  }
  const bring = async (name: string, bytes: Uint8Array) => {
    await page
      .locator('input[type=file]')
      .setInputFiles({ name, mimeType: 'application/pdf', buffer: Buffer.from(bytes) })
    await page.getByRole('article', { name }).waitFor({ timeout: 60_000 })
  }
  await go(page, '/verify')
  await look(page, 'verify-empty')
  await bring(SIGNED, archived)
  await look(page, 'verify-untrusted')

  const root = Buffer.from(pki.authorities.root.der)
  const stranger = Buffer.from(pki.authorities.strangerRoot.der)
  const person = await logIn(hub.url, 'quantri')
  const said = await person.perform('org.replaceTrust', {
    anchors: [{ name: 'Gốc thử nghiệm', certificate: root.toString('base64'), uses: ['signing', 'timestamping'] }],
    timestampServices: [SERVICE],
  })
  if (said !== 'ok') throw new Error(`the list of issuers was answered with ${said}`)
  // The list reaches the clerk's device with the next change; a fresh screen begins with it.
  await page.reload()
  await go(page, '/verify')
  await bring(SIGNED, archived)
  await forGuide(page, 'kiem-tra-chu-ky')
  await look(page, 'verify-valid')
  const showPage = page.getByRole('button', { name: /Xem trang \d+ trước và sau/ }).first()
  await showPage.click()
  await page
    .getByRole('img', { name: /^Bây giờ/ })
    .locator('canvas')
    .waitFor()
  await page
    .getByRole('heading', { name: /thay đổi sau chữ ký này/ })
    .first()
    .evaluate((each) => each.scrollIntoView())
  await forGuide(page, 'kiem-tra-thay-doi')
  await look(page, 'verify-changes')
  await page.getByText('Chứng cứ chi tiết').first().click()
  await page
    .getByText('Chứng cứ chi tiết')
    .first()
    .evaluate((each) => each.scrollIntoView())
  await look(page, 'verify-evidence')
  await page.getByRole('heading', { name: 'Các bản của tệp' }).evaluate((each) => each.scrollIntoView())
  await look(page, 'verify-revisions')
  await bring('Báo cáo tháng 11 về phòng, chống bão lũ và phương án sơ tán các thôn vùng cao.pdf', altered)
  await forGuide(page, 'kiem-tra-khong-hop-le')
  await look(page, 'verify-invalid')

  const administrator = await openAs(browser, hub.url, 'quantri')
  await go(administrator.page, '/admin/trust')
  await forGuide(administrator.page, 'tin-cay-chu-ky')
  await look(administrator.page, 'trust')
  await administrator.page
    .locator('input[type=file]')
    .setInputFiles({ name: 'goc-khac.cer', mimeType: 'application/pkix-cert', buffer: stranger })
  await administrator.page.getByText('Thay đổi chưa được lưu').waitFor()
  await look(administrator.page, 'trust-unsaved')

  const chair = await pki.issue('chair', {
    subject: '/C=VN/L=Quảng Nam/O=UBND xã Trà My/CN=Nguyễn Hồng Vương',
    key: 'P-256',
    issuer: 'intermediate',
    profile: 'signer',
    fromDays: -200,
    toDays: 700,
  })
  const bound = await person.perform('org.bindCertificate', {
    personId: samplePersonId('chutich'),
    certificate: Buffer.from(chair.der).toString('base64'),
  })
  if (bound !== 'ok') throw new Error(`the certificate was answered with ${bound}`)
  await go(administrator.page, `/admin/people?person=${samplePersonId('chutich')}`)
  await administrator.page.getByRole('heading', { name: 'Chứng thư số' }).evaluate((each) => each.scrollIntoView())
  await forGuide(administrator.page, 'gan-chung-thu-so')
  await look(administrator.page, 'people-certificate')
  for (const { complaints } of [clerk, administrator]) {
    for (const complaint of complaints) console.error(`the page complained: ${complaint}`)
  }
  await Promise.all([clerk.context.close(), administrator.context.close()])
  await hub.end()
}
