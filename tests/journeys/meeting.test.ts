// A first real meeting through the real screens: prepared, held on several screens, voted with a line that drops, concluded, read again offline.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { samplePersonId } from '../../shared/sample/commune.ts'
import { testHub, type TestHub } from '../support/hub.ts'
import { MEMBER_NAMES } from '../support/meeting.ts'
import { logIn } from '../support/person.ts'
import { expectAccessible, launchBrowser, openAs, type AppWindow } from './app.ts'

const RENDERER = join(import.meta.dirname, '../../dist/renderer')
const PAPERS = join(import.meta.dirname, '../fixtures/nd30')
const TITLE = 'Phiên họp thường kỳ tháng 11 năm 2026'
const MOTION = 'Thông qua phương án thu gom rác thải nông thôn năm 2027'

let hub: TestHub
let browser: Browser
let secretary: AppWindow
let member: AppWindow
let chair: AppWindow
const meetingId = () => [...hub.decider.state.meetings.keys()][0] ?? ''
const meeting = () => hub.decider.state.meetings.get(meetingId())
const room = () => `#/meetings/${meetingId()}`

beforeAll(async () => {
  expect(existsSync(join(RENDERER, 'index.html')), 'the renderer is built').toBe(true)
  hub = await testHub({ rendererFolder: RENDERER })
  browser = await launchBrowser()
})
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  for (const [name, window] of Object.entries<AppWindow | undefined>({ secretary, member, chair })) {
    await window?.page
      .screenshot({ path: join(import.meta.dirname, `../../node_modules/.cache/pictures/fail-${name}.png`) })
      .catch(() => undefined)
  }
})
afterAll(async () => {
  await browser.close()
  expect(hub.faults).toEqual([])
  await hub.end()
})

test('the secretary prepares: frame, agenda by keyboard, seven papers at once, an invitee; then publishes', async () => {
  secretary = await openAs(browser, hub.url, 'thuky')
  const { page } = secretary
  await page.goto(`${hub.url}/#/meetings/new`)
  await page.getByLabel('Tên phiên họp').fill(TITLE)
  await page.getByLabel('Địa điểm').fill('Phòng họp tầng 2')
  await page.getByRole('button', { name: 'Tạo phiên họp' }).click()
  for (const item of ['Khai mạc', 'Báo cáo kinh tế - xã hội', 'Tờ trình về thu gom rác thải nông thôn', 'Kết luận']) {
    const next = page.getByLabel('Nội dung tiếp theo')
    await next.fill(item)
    await next.press('Enter')
    await page.getByRole('button', { name: new RegExp(`^Kéo để sắp xếp: \\d+\\. ${item}$`) }).waitFor()
  }
  await expect.poll(() => Object.keys(meeting()?.items ?? {}).length).toBe(4)
  await page.getByRole('button', { name: /^Kéo để sắp xếp: 3\./ }).focus()
  await page.keyboard.press('Alt+ArrowUp')
  const order = () =>
    Object.values(meeting()?.items ?? {})
      .toSorted((a, b) => a.order - b.order)
      .map((item) => item.title)
  await expect
    .poll(order)
    .toEqual(['Khai mạc', 'Tờ trình về thu gom rác thải nông thôn', 'Báo cáo kinh tế - xã hội', 'Kết luận'])
  const files = readdirSync(PAPERS).filter((name) => name.endsWith('.pdf'))
  expect(files.length).toBe(7)
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Thêm tài liệu PDF cho Tờ trình về thu gom rác thải nông thôn' }).click()
  await (await chooser).setFiles(files.map((name) => join(PAPERS, name)))
  await expect.poll(() => Object.keys(meeting()?.papers ?? {}).length, { timeout: 60_000 }).toBe(7)
  await expectAccessible(page, 'preparing')
  await page.getByRole('button', { name: 'Công bố phiên họp' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Công bố phiên họp' }).click()
  await expect.poll(() => meeting()?.status).toBe('published')
  expect(secretary.complaints).toEqual([])
})

test('a file that is no PDF is refused with a sentence that says what to do, and the others go on', async () => {
  const { page } = secretary
  const before = Object.keys(meeting()?.papers ?? {}).length
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Thêm tài liệu PDF cho Kết luận' }).click()
  await (
    await chooser
  ).setFiles({ name: 'ghi chú.pdf', mimeType: 'application/pdf', buffer: Buffer.from('không phải PDF') })
  await page
    .getByText(/không phải.*PDF|PDF/)
    .first()
    .waitFor()
  await page.waitForTimeout(1500)
  expect(Object.keys(meeting()?.papers ?? {}).length).toBe(before)
})

test('a member sees the meeting on the desk, confirms, and has all papers on the device', async () => {
  member = await openAs(browser, hub.url, 'yte')
  const { page } = member
  await page.getByText(TITLE).first().waitFor()
  await expectAccessible(page, 'desk')
  await page.getByRole('button', { name: 'Xác nhận tham dự' }).first().click()
  await expect.poll(() => meeting()?.participants[samplePersonId('yte')]?.answer).toBe('confirmed')
  await page.goto(`${hub.url}/${room()}`)
  await page
    .getByText(/Đã tải đủ/)
    .first()
    .waitFor({ timeout: 60_000 })
  await expect.poll(() => meeting()?.participants[samplePersonId('yte')]?.papersReady).not.toBeNull()
  await expectAccessible(page, 'invitation')
  await page.getByRole('button', { name: 'Điểm danh có mặt' }).click()
  await expect.poll(() => meeting()?.participants[samplePersonId('yte')]?.presence).toBe('present')
})

test('the chair opens the meeting when the quorum is there, and not before', async () => {
  chair = await openAs(browser, hub.url, 'chutich')
  const { page } = chair
  await page.goto(`${hub.url}/${room()}`)
  await page.getByText(/Còn thiếu \d+ thành viên có mặt/).waitFor()
  const roll = await logIn(hub.url, 'thuky')
  for (const name of MEMBER_NAMES.slice(0, 12)) {
    await roll.perform('meeting.markPresence', {
      meetingId: meetingId(),
      personId: samplePersonId(name),
      presence: 'present',
    })
  }
  await page.getByRole('button', { name: 'Mở phiên họp' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Mở phiên họp' }).click()
  await expect.poll(() => meeting()?.status).toBe('open')
  await page.getByRole('button', { name: /^Mục tiếp theo/ }).click()
  await expect
    .poll(() => meeting()?.items[meeting()?.currentItemId ?? '']?.title)
    .toBe('Tờ trình về thu gom rác thải nông thôn')
})

test('a vote: proposed, ready, opened; a ballot is recorded, changed, kept while the line is down, and counted when it returns', async () => {
  const { page } = chair
  await page.getByRole('button', { name: 'Đề nghị biểu quyết' }).click()
  await page.getByRole('dialog').getByLabel('Nội dung biểu quyết').fill(MOTION)
  await page.getByRole('dialog').getByRole('button', { name: 'Đề nghị biểu quyết' }).click()
  await member.page.getByRole('button', { name: 'Sẵn sàng' }).click()
  const motion = () => Object.values(meeting()?.motions ?? {})[0]
  await expect.poll(() => Object.keys(motion()?.ready ?? {}).length).toBe(1)
  await page.getByRole('button', { name: 'Mở biểu quyết' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Mở biểu quyết' }).click()
  await expect.poll(() => motion()?.status).toBe('open')

  const mine = () => motion()?.ballots[samplePersonId('yte')]?.choice
  const choose = (name: string) =>
    member.page
      .getByRole('radio', { name, exact: true })
      .or(member.page.getByRole('button', { name, exact: true }))
      .first()
      .click()
  await choose('Tán thành')
  await expect.poll(mine).toBe('for')
  await member.page.getByText(/Đã ghi nhận/).waitFor()
  await expectAccessible(member.page, 'voting')
  await member.context.setOffline(true)
  await choose('Không tán thành')
  await member.page
    .getByText(/Đang chờ gửi/)
    .first()
    .waitFor()
  expect(mine()).toBe('for')
  await member.context.setOffline(false)
  await expect.poll(mine, { timeout: 30_000 }).toBe('against')

  await page.getByRole('button', { name: /^Đóng biểu quyết/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Đóng biểu quyết' }).click()
  await expect.poll(() => motion()?.status).toBe('closed')
  expect(motion()?.result).toMatchObject({ counts: { members: 15, collected: 1 }, verdict: { outcome: 'not-adopted' } })
  await page.getByText('Không được thông qua').first().waitFor()
})

test('a ballot that was cast while the line was down and arrives after the close is not counted, and the person is told why', async () => {
  const roll = await logIn(hub.url, 'chutich')
  const motionId = '0b4ad9d5-66f0-4d8e-9f0e-31a1fd0e0b1c'
  const itemId = meeting()?.currentItemId ?? ''
  await roll.perform('meeting.proposeMotion', {
    meetingId: meetingId(),
    motionId,
    itemId,
    text: 'Nội dung thứ hai',
    ruleSetId: 'committee-session',
  })
  await roll.perform('meeting.openVote', { meetingId: meetingId(), motionId })
  const { page, context } = member
  await page.getByText('Nội dung thứ hai').first().waitFor()
  await context.setOffline(true)
  await page
    .getByRole('radio', { name: 'Tán thành', exact: true })
    .or(page.getByRole('button', { name: 'Tán thành', exact: true }))
    .first()
    .click()
  await page
    .getByText(/Đang chờ gửi/)
    .first()
    .waitFor()
  await roll.perform('meeting.closeVote', { meetingId: meetingId(), motionId })
  await context.setOffline(false)
  await page
    .getByText(/[Bb]iểu quyết đã đóng/)
    .first()
    .waitFor({ timeout: 30_000 })
  expect(meeting()?.motions[motionId]?.ballots).toEqual({})
})

test('the shared screen shows the item and the result, large', async () => {
  const screen = await openAs(browser, hub.url, 'thuky', { size: 'desk' })
  await screen.page.goto(`${hub.url}/#/screen/${meetingId()}`)
  await screen.page.getByText('Có mặt').first().waitFor()
  await expectAccessible(screen.page, 'shared screen')
  expect(screen.complaints).toEqual([])
  await screen.context.close()
})

test('secretary and chair write the conclusions together; the meeting closes; everyone reads everything again', async () => {
  const write = async ({ page }: AppWindow, text: string) => {
    await page.goto(`${hub.url}/${room()}`)
    await page.getByRole('radiogroup').getByText('Kết luận', { exact: true }).click()
    const editor = page.locator('[contenteditable="true"]')
    await editor.click()
    await page.keyboard.press('Control+End')
    await page.keyboard.type(text)
  }
  await write(secretary, 'Giao Phòng Kinh tế hoàn thiện phương án.')
  await chair.page.waitForTimeout(500)
  await write(chair, ' Báo cáo trước 15/12/2026.')
  const whole = /Giao Phòng Kinh tế hoàn thiện phương án\. Báo cáo trước 15\/12\/2026\./
  await secretary.page.getByText(whole).waitFor()
  await chair.page.getByRole('button', { name: 'Bước khác' }).click()
  await chair.page.getByRole('menuitem', { name: 'Kết thúc phiên họp' }).click()
  await chair.page.getByRole('dialog').getByRole('button', { name: 'Kết thúc phiên họp' }).click()
  await expect.poll(() => meeting()?.status).toBe('closed')
  await member.page.goto(`${hub.url}/${room()}`)
  await member.page.getByText(MOTION).first().waitFor()
  await member.page.getByRole('tab', { name: 'Kết luận' }).click()
  await member.page.getByText(whole).waitFor()
  await expectAccessible(member.page, 'closed meeting')
})

test('closed and opened again without a line, the meeting and its papers are there', async () => {
  const { context, page } = member
  await page.waitForTimeout(1000)
  await context.route('**/api/**', (route) => route.abort('internetdisconnected'))
  await context.route('**/sync/**', (route) => route.abort('internetdisconnected'))
  await page.close()
  const again = await context.newPage()
  member = { ...member, page: again }
  await again.goto(`${hub.url}/`)
  await again.getByRole('button', { name: 'yte' }).click()
  await again.getByLabel('Mật khẩu', { exact: true }).fill('tramy-2026-mau')
  await again.getByRole('button', { name: 'Đăng nhập' }).first().click()
  await again.getByText(TITLE).first().waitFor()
  await again.goto(`${hub.url}/${room()}`)
  await again.getByText(MOTION).first().waitFor()
})

test('nobody complained meanwhile', () => {
  expect([...secretary.complaints, ...chair.complaints, ...member.complaints]).toEqual([])
})
