// Signed papers for the pictures: a decision that its chair signed and the office numbered and sealed, and one that somebody altered.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser } from 'playwright-core'
import type { SignatureOrder } from '../../electron/signature/sign-document.ts'
import type { TestPki } from '../signing/pki/test-pki.ts'
import { openOffice } from '../signing/office.ts'

/** A decision as Decree 30/2020 sets it, with room where number, date, signature and seal go (shared/pdf/sign/places.ts). */
const decisionBy = (signer: string): string => `<style>
  ${face('400Regular', 400)} ${face('700Bold', 700)}
  @page { size: A4; margin: 20mm 15mm 20mm 30mm }
  body { margin: 0; font: 13pt/1.45 Tinos; text-align: justify }
  .head { display: flex; height: 30mm; text-align: center; line-height: 1.25 }
  .head > * { flex: 1 1 42%; white-space: nowrap; font-size: 12pt } .number { margin: 5mm 0 0 4mm; text-align: left }
  h1 { margin: 0; text-align: center; font-size: 14pt } p { margin: 6pt 0; text-indent: 10mm }
  .foot { position: absolute; top: 174mm; right: 0; width: 45%; text-align: center }
  .foot + .foot { top: 216mm }
</style>
<div class="head"><div>ỦY BAN NHÂN DÂN<br><b>XÃ TRÀ MY</b><div class="number">Số:</div></div>
<div><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</b></div></div>
<h1>QUYẾT ĐỊNH<br>Về việc ban hành Quy chế văn thư, lưu trữ</h1>
<p>Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;</p>
<p>Theo đề nghị của Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã.</p>
<h1>QUYẾT ĐỊNH:</h1>
<p><b>Điều 1.</b> Ban hành kèm theo Quyết định này Quy chế văn thư, lưu trữ của Ủy ban nhân dân xã Trà My.</p>
<p><b>Điều 2.</b> Quyết định này có hiệu lực kể từ ngày ký.</p>
<p><b>Điều 3.</b> Chánh Văn phòng, trưởng các phòng và người có liên quan chịu trách nhiệm thi hành Quyết định này.</p>
<div class="foot"><b>TM. ỦY BAN NHÂN DÂN<br>CHỦ TỊCH</b></div><div class="foot"><b>${signer}</b></div>`

/** Like a hand that writes quickly; nobody's. */
const HAND = `<svg xmlns="http://www.w3.org/2000/svg" width="220" height="110" fill="none" stroke="#14389a" stroke-width="4" stroke-linecap="round">
  <path d="M14 78C34 18 52 10 50 40S30 96 44 88 70 34 78 36s-8 44 4 42 14-34 24-34 0 36 12 34 12-30 24-32 2 32 14 30 12-24 24-26"/>
  <path d="M30 98C80 84 140 82 206 70"/></svg>`
/** Round and red as seals are, and plainly a specimen. */
const SEAL = `<svg xmlns="http://www.w3.org/2000/svg" width="160" height="160" fill="none" stroke="#c8102e">
  <circle cx="80" cy="80" r="74" stroke-width="5"/><circle cx="80" cy="80" r="54" stroke-width="2"/>
  <text x="80" y="92" text-anchor="middle" font-family="serif" font-size="34" font-weight="700" fill="#c8102e" stroke="none">MẪU</text></svg>`

export interface SignedPapers {
  readonly pki: TestPki
  /** Not signed yet, for `signer`. */
  readonly decision: Uint8Array
  /** PNG of a signature by hand. */
  readonly hand: Uint8Array
  /** Chair, then office with number and date, to B-LTA. */
  readonly archived: Uint8Array
  /** Signed by the chair, then one byte of its content changed. */
  readonly altered: Uint8Array
}

/** Signed with soft tokens against services on loopback, which judge by the clock of the machine. */
export async function signedPapers(browser: Browser, signer: string): Promise<SignedPapers> {
  await using office = await openOffice()
  const sign = async (token: string, paper: Uint8Array, order: Partial<SignatureOrder>): Promise<Uint8Array> => {
    const outcome = await office.sign(token, paper, { place: null, ...order })
    if (!outcome.ok) throw new Error(`the paper of the pictures could not be signed: ${outcome.code}`)
    return outcome.bytes
  }
  const decision = await printed(browser, decisionBy(signer))
  const hand = await drawn(browser, HAND)
  // The token's certificate carries a name of the test PKI.
  const byChair = await sign('Leader', await printed(browser, decisionBy('Nguyễn Văn Ưởng')), {
    role: 'personal',
    picture: hand,
    level: 'B-T',
  })
  const today = new Date()
  const archived = await sign('Agency', byChair, {
    role: 'agency',
    picture: await drawn(browser, SEAL),
    number: '15/QĐ-UBND',
    date: `Trà My, ngày ${today.getDate()} tháng ${today.getMonth() + 1} năm ${today.getFullYear()}`,
    level: 'B-LTA',
  })
  const altered = Uint8Array.from(byChair)
  const at = Buffer.from(altered).indexOf('stream') + 40
  altered[at] = (altered[at] ?? 0) ^ 1
  return { pki: office.pki, decision, hand, archived, altered }
}

/** The type of official documents, whatever types this machine has. */
function face(style: '400Regular' | '700Bold', weight: number): string {
  const file = createRequire(import.meta.url).resolve(`@expo-google-fonts/tinos/${style}/Tinos_${style}.ttf`)
  const data = readFileSync(file).toString('base64')
  return `@font-face { font-family: Tinos; font-weight: ${weight}; src: url(data:font/ttf;base64,${data}) }`
}

async function printed(browser: Browser, html: string): Promise<Uint8Array> {
  const page = await browser.newPage()
  await page.setContent(html)
  await page.evaluate(async () => {
    await document.fonts.ready
  })
  const pdf = await page.pdf({ preferCSSPageSize: true })
  await page.close()
  return new Uint8Array(pdf)
}

/** @returns the drawing as PNG, transparent where nothing is drawn */
async function drawn(browser: Browser, svg: string): Promise<Uint8Array> {
  const page = await browser.newPage({ deviceScaleFactor: 2 })
  await page.setContent(`<body style="margin:0;background:transparent">${svg}</body>`)
  const png = await page.locator('svg').screenshot({ omitBackground: true })
  await page.close()
  return new Uint8Array(png)
}
