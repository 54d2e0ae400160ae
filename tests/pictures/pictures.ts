// `npm run pictures`: the pictures of the guide and the README, and every screen in every size for looking, from the built application and a real hub.
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { samplePersonId } from '../../shared/sample/commune.ts'
import { launchBrowser, logInAs, openApp, type AppWindow } from '../journeys/app.ts'
import { testHub, type TestHub } from '../support/hub.ts'
import { PAPER_COUNT, PAPERS } from './papers.ts'
import { forGuide, forLooking, forReadme, settle } from './camera.ts'
import { drafted, gather, heldTo, ITEMS, LONG_TITLE, published, TITLE, votedThird, votingFourth } from './scene.ts'
import { signatureScreens } from './signatures.ts'
import { signedPapers } from './signed-papers.ts'
import { SIGNER, signingScreens } from './signing.ts'
import { beginMorning, onTime } from './time.ts'

const RENDERER = join(import.meta.dirname, '../../dist/renderer')
/** Has not answered the invitation and not voted yet: sees every question. */
const MEMBER = 'yte'
const CONCLUSIONS = [
  'Thống nhất phương án thu gom rác thải sinh hoạt nông thôn năm 2027.',
  'Giao Phòng Kinh tế hoàn thiện lộ trình, trình Ủy ban nhân dân xã trước ngày 15/12/2026.',
  'Giao Ban Chỉ huy quân sự xã rà soát các hộ ở vùng nguy cơ sạt lở, báo cáo trước ngày 05/12/2026.',
]

/** `--kept`: only the pictures that the guide and the README show, without the many for looking. */
const keptOnly = process.argv.includes('--kept')

async function look(page: Page, name: string): Promise<void> {
  await settle(page)
  if (!keptOnly) await forLooking(page, name)
}

/** The application before the login, by the clock of the picture. */
async function arrive(browser: Browser, hub: TestHub): Promise<AppWindow> {
  const window = await openApp(browser, hub.url)
  await onTime(window.context)
  await window.page.reload()
  await window.page.getByLabel('Tên đăng nhập').waitFor()
  return window
}

async function seat(browser: Browser, hub: TestHub, username: string): Promise<AppWindow> {
  const window = await arrive(browser, hub)
  await logInAs(window.page, username)
  return window
}

async function go(page: Page, hub: TestHub, path: string): Promise<void> {
  await page.goto(`${hub.url}/#${path}`)
  await settle(page)
}

async function emptyScreens(browser: Browser): Promise<void> {
  const hub = await testHub({ rendererFolder: RENDERER })
  const login = await arrive(browser, hub)
  await forGuide(login.page, 'dang-nhap')
  await look(login.page, 'login')
  await login.context.close()
  const { page, context } = await seat(browser, hub, 'thuky')
  await look(page, 'desk-empty')
  for (const [path, name] of [
    ['/meetings', 'meetings-empty'],
    ['/meetings/new', 'meeting-new'],
    ['/settings', 'settings'],
  ] as const) {
    await go(page, hub, path)
    await look(page, name)
  }
  await context.close()
  await hub.end()
}

async function attach(page: Page, item: string, files: (typeof PAPERS)[2 | 3 | 4]): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: `Thêm tài liệu PDF cho ${item}` }).click()
  await (await chooser).setFiles([...files])
}

async function meetingScreens(browser: Browser): Promise<void> {
  const hub = await testHub({ rendererFolder: RENDERER })
  const cast = await gather(hub.url)
  const draft = await drafted(cast, TITLE, 0)
  const meeting = () => hub.decider.state.meetings.get(draft.meetingId)
  const room = `/meetings/${draft.meetingId}`

  const secretary = await seat(browser, hub, 'thuky')
  await go(secretary.page, hub, `${room}/prepare`)
  for (const number of [2, 3, 4] as const) await attach(secretary.page, ITEMS[number - 1]?.title ?? '', PAPERS[number])
  while (Object.keys(meeting()?.papers ?? {}).length < PAPER_COUNT) await secretary.page.waitForTimeout(200)
  await settle(secretary.page)
  await secretary.page
    .getByRole('heading', { name: 'Chương trình' })
    .first()
    .evaluate((element) => element.scrollIntoView())
  await forGuide(secretary.page, 'chuan-bi')
  await look(secretary.page, 'prepare')

  const long = await drafted(
    cast,
    LONG_TITLE,
    5,
    ITEMS.map((item) => ({ ...item, title: `${item.title}. ${item.title} ở các thôn vùng cao` })),
  )
  await published(cast, long, MEMBER)
  await published(cast, draft, MEMBER)
  await go(secretary.page, hub, `/meetings/${long.meetingId}/prepare`)
  await look(secretary.page, 'prepare-long')

  const member = await seat(browser, hub, MEMBER)
  await member.page
    .getByText(/Đã tải đủ \d/)
    .first()
    .waitFor()
  await forGuide(member.page, 'ban-viec')
  await forReadme(member.page, 'desk')
  await look(member.page, 'desk')
  await go(member.page, hub, '/meetings')
  await look(member.page, 'meetings')
  await go(member.page, hub, room)
  await member.page
    .getByText(/Đã tải đủ/)
    .first()
    .waitFor()
  await forGuide(member.page, 'loi-moi')
  await look(member.page, 'invitation')
  await go(member.page, hub, `/meetings/${long.meetingId}`)
  await look(member.page, 'invitation-long')

  await heldTo(cast, draft)
  await go(member.page, hub, room)
  await forGuide(member.page, 'dang-hop')
  await look(member.page, 'session')
  const chair = await seat(browser, hub, 'chutich')
  await go(chair.page, hub, room)
  await forReadme(chair.page, 'meeting')
  await look(chair.page, 'session-chair')
  const shared = await seat(browser, hub, 'thuky')
  await go(shared.page, hub, `/screen/${draft.meetingId}`)
  await look(shared.page, 'screen-item')
  await chair.page.getByRole('button', { name: 'Trình chiếu trang này' }).click()
  await shared.page.locator('canvas').first().waitFor()
  await forGuide(shared.page, 'man-hinh-chung', 'desk')
  await look(shared.page, 'screen-page')
  await chair.page.getByRole('button', { name: 'Trình chiếu trang này' }).click()

  await votedThird(cast, draft)
  await settle(shared.page)
  await forReadme(shared.page, 'shared-screen', 'desk')
  await look(shared.page, 'screen-result')
  await member.page.getByRole('button', { name: 'Xem kết quả đầy đủ' }).click()
  await forGuide(member.page, 'ket-qua')
  await look(member.page, 'result')

  await votingFourth(cast, draft, MEMBER)
  await member.page.getByRole('radiogroup').getByText('Tài liệu', { exact: true }).click()
  await settle(member.page)
  await look(member.page, 'vote-question')
  await member.page
    .getByRole('button', { name: 'Tán thành', exact: true })
    .or(member.page.getByRole('radio', { name: 'Tán thành', exact: true }))
    .first()
    .click()
  await member.page.getByText(/Đã ghi nhận/).waitFor()
  await forGuide(member.page, 'bieu-quyet')
  await forReadme(member.page, 'vote')
  await look(member.page, 'vote')
  await look(chair.page, 'vote-chair')
  await look(shared.page, 'screen-vote')

  await go(secretary.page, hub, room)
  await secretary.page.getByRole('radiogroup').getByText('Kết luận', { exact: true }).click()
  await secretary.page.locator('[contenteditable="true"]').click()
  await secretary.page.getByRole('button', { name: 'Danh sách đánh số' }).click()
  for (const [i, line] of CONCLUSIONS.entries()) {
    await secretary.page.keyboard.type(line)
    if (i < CONCLUSIONS.length - 1) await secretary.page.keyboard.press('Enter')
  }
  await forGuide(secretary.page, 'ket-luan')
  await look(secretary.page, 'conclusions')
  await secretary.page
    .getByRole('button', { name: /^Điểm danh/ })
    .first()
    .click()
  await look(secretary.page, 'roll')

  await (await seat(browser, hub, 'vanthu')).context.close() // A device to show.
  const administrator = await seat(browser, hub, 'quantri')
  await go(administrator.page, hub, `/admin/people?person=${samplePersonId('vanthu')}`)
  await forGuide(administrator.page, 'quan-tri')
  await look(administrator.page, 'people')
  for (const place of ['units', 'ledger'] as const) {
    await go(administrator.page, hub, `/admin/${place}`)
    await look(administrator.page, place)
  }
  for (const { complaints } of [secretary, member, chair, shared, administrator]) {
    for (const complaint of complaints) console.error(`the page complained: ${complaint}`)
  }
  await hub.end()
}

const browser = await launchBrowser()
try {
  const papers = await signedPapers(browser, SIGNER)
  await signatureScreens(browser, RENDERER, papers, look)
  await signingScreens(browser, RENDERER, papers, look)
  beginMorning()
  await emptyScreens(browser)
  await meetingScreens(browser)
} finally {
  await browser.close()
}
