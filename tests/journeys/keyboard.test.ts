// A whole meeting without a mouse: every step by keys, the focus always somewhere and always to be seen; large type and English fit the screen.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { SAMPLE_PASSWORD } from '../../shared/sample/accounts.ts'
import { samplePersonId } from '../../shared/sample/commune.ts'
import { testHub, type TestHub } from '../support/hub.ts'
import { draftMeeting, MEMBER_NAMES, type Scene } from '../support/meeting.ts'
import { expectAccessible, launchBrowser, openApp, openAs, type AppWindow } from './app.ts'

const RENDERER = join(import.meta.dirname, '../../dist/renderer')
const PICTURES = join(import.meta.dirname, '../../node_modules/.cache/pictures')
const DECREE = join(import.meta.dirname, '../fixtures/nd30/nghi-dinh-30-2020.pdf')
const ME = 'yte'
/** More presses of Tab than any screen has places. */
const MOST_TABS = 80

let hub: TestHub
let browser: Browser
let scene: Scene
let me: AppWindow
const meeting = () => hub.decider.state.meetings.get(scene.meetingId)
const mine = () => meeting()?.participants[samplePersonId(ME)]

interface Focus {
  readonly tag: string
  readonly name: string
  /** There is a ring, or it is a field with its caret, or a heading that is only read aloud. */
  readonly seen: boolean
  readonly inSight: boolean
}

function focusOf(page: Page): Promise<Focus> {
  return page.evaluate(() => {
    const element = document.activeElement ?? document.body
    const style = getComputedStyle(element)
    const ringed = (of: CSSStyleDeclaration) =>
      (of.outlineStyle !== 'none' && Number.parseFloat(of.outlineWidth) > 0) || of.boxShadow !== 'none'
    // A segment shows the ring of its hidden radio on its label.
    const beside = element.nextElementSibling
    const shape = element.matches('input[type="radio"], input[type="checkbox"]') ? (beside ?? element) : element
    const { left, top, width, height } = shape.getBoundingClientRect()
    const spoken = element.getAttribute('aria-label') ?? ''
    const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])].map((each) => each.innerText) : []
    return {
      tag: element.tagName,
      name: [spoken, ...labels, element instanceof HTMLElement ? element.innerText : ''].join(' ').trim().slice(0, 200),
      seen:
        ['INPUT', 'TEXTAREA', 'H1', 'H2', 'MAIN'].includes(element.tagName) ||
        ringed(style) ||
        (beside !== null && ringed(getComputedStyle(beside))),
      inSight:
        width > 0 && height > 0 && left < innerWidth && top < innerHeight && left + width > 0 && top + height > 0,
    }
  })
}

/** Polled, because a thing that comes into sight with the focus does so in the next frame. */
async function expectSeen(page: Page, when: string): Promise<void> {
  const where = async () => {
    const focus = await focusOf(page)
    return focus.seen && focus.inSight ? 'to be seen' : JSON.stringify(focus)
  }
  await expect.poll(where, { message: `focus ${when}` }).toBe('to be seen')
}

/** After a step the focus must stand somewhere that a person sees. */
async function expectFocus(page: Page, after: string): Promise<void> {
  await expect.poll(async () => (await focusOf(page)).tag, { message: `focus after ${after}` }).not.toBe('BODY')
  await expectSeen(page, `after ${after}`)
}

/** Presses Tab until the named thing has the focus; every stop on the way must be to be seen. */
async function tabTo(page: Page, name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const passed: string[] = []
  for (let i = 0; i < MOST_TABS; i += 1) {
    const focus = await focusOf(page)
    if (name.test(focus.name)) {
      await expectSeen(page, `at ${name.source}`)
      return
    }
    // At the end of the page the browser's own bar comes next: that is the way round, not a loss.
    if (focus.tag !== 'BODY') await expectSeen(page, `on the way to ${name.source}`)
    passed.push(focus.name)
    await page.keyboard.press(key)
  }
  throw new Error(`${name.source} is not reached by ${key}; passed ${passed.join(' | ')}`)
}

beforeAll(async () => {
  expect(existsSync(join(RENDERER, 'index.html')), 'the renderer is built').toBe(true)
  hub = await testHub({ rendererFolder: RENDERER })
  browser = await launchBrowser()
  scene = await draftMeeting(hub.url)
  const secretary = await openAs(browser, hub.url, 'thuky')
  await secretary.page.goto(`${hub.url}/#/meetings/${scene.meetingId}/prepare`)
  const chooser = secretary.page.waitForEvent('filechooser')
  await secretary.page.getByRole('button', { name: 'Thêm tài liệu PDF cho Khai mạc' }).click()
  await (await chooser).setFiles(DECREE)
  await vi.waitUntil(() => Object.keys(meeting()?.papers ?? {}).length === 1, { timeout: 60_000 })
  await secretary.context.close()
  expect(await scene.secretary.perform('meeting.publish', { meetingId: scene.meetingId })).toBe('ok')
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail')
    await me.page.screenshot({ path: join(PICTURES, 'fail-keyboard.png') }).catch(() => undefined)
})
afterAll(async () => {
  await browser.close()
  expect(hub.faults).toEqual([])
  await hub.end()
})

test('logs in', async () => {
  me = await openApp(browser, hub.url)
  const { page } = me
  await page.getByLabel('Tên đăng nhập').waitFor()
  expect((await focusOf(page)).name).toContain('Tên đăng nhập')
  await page.keyboard.type(ME)
  await page.keyboard.press('Tab')
  expect((await focusOf(page)).name).toContain('Mật khẩu')
  await page.keyboard.type('sai mật khẩu')
  await page.keyboard.press('Enter')
  await page.getByText(/Tên đăng nhập hoặc mật khẩu không đúng/).waitFor()
  await expectFocus(page, 'a wrong password')
  expect((await focusOf(page)).name, 'the password is selected to be typed again').toContain('Mật khẩu')
  await page.keyboard.type(SAMPLE_PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Bàn việc' }).waitFor()
  await expectFocus(page, 'the login')
})

test('skips the navigation, and finds the meeting with Ctrl+K', async () => {
  const { page } = me
  await page.getByText('Phiên họp thường kỳ tháng 11').first().waitFor()
  await tabTo(page, /^Đến nội dung chính/, 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expectFocus(page, 'the skip link')
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder('Tìm phần của ứng dụng').waitFor()
  await expect.poll(async () => (await focusOf(page)).tag).toBe('INPUT')
  await expectAccessible(page, 'finding')
  await page.keyboard.type('phien hop thuong ky')
  await page
    .getByRole('button', { name: /Phiên họp thường kỳ tháng 11/ })
    .last()
    .waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Phiên họp thường kỳ tháng 11' }).waitFor()
  await page.getByPlaceholder('Tìm phần của ứng dụng').waitFor({ state: 'detached' })
  await expectFocus(page, 'finding')
})

test('confirms and checks in', async () => {
  const { page } = me
  await tabTo(page, /^Xác nhận tham dự$/)
  await page.keyboard.press('Enter')
  await expect.poll(() => mine()?.answer).toBe('confirmed')
  await page.getByRole('button', { name: 'Xác nhận tham dự' }).waitFor({ state: 'detached' })
  await expectFocus(page, 'confirming')
  await tabTo(page, /^Điểm danh có mặt$/)
  await page.keyboard.press('Space')
  await expect.poll(() => mine()?.presence).toBe('present')
  await page.getByRole('button', { name: 'Điểm danh có mặt' }).waitFor({ state: 'detached' })
  await expectFocus(page, 'checking in')
})

test('reads a paper: turns pages, finds words without marks, and comes back', async () => {
  const { page } = me
  await tabTo(page, /nghi-dinh-30-2020/)
  await page.keyboard.press('Enter')
  await page.locator('[data-reader="open"]').waitFor({ timeout: 30_000 })
  await expectFocus(page, 'opening a paper')
  await tabTo(page, /^Các trang của tài liệu/)
  const field = page.getByRole('textbox', { name: /^Trang \d+ trên/ })
  const at = async () => Number(await field.inputValue())
  const before = await at()
  await page.keyboard.press('PageDown')
  await expect.poll(at).toBe(before + 1)
  await page.keyboard.press('PageDown')
  await expect.poll(at).toBe(before + 2)
  await expectFocus(page, 'PageDown')
  await page.keyboard.press('Control+f')
  await page.getByRole('search').waitFor()
  await expect.poll(async () => (await focusOf(page)).name).toContain('Tìm trong tài liệu')
  await page.keyboard.type('van thu')
  await page
    .getByText(/^\d+ \/ \d+ kết quả/)
    .first()
    .waitFor({ timeout: 30_000 })
  await expectAccessible(page, 'finding in a paper')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.getByRole('search').waitFor({ state: 'detached' })
  await expectFocus(page, 'closing the search')
  await tabTo(page, /^Về chương trình$/, 'Shift+Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Chương trình' }).first().waitFor()
  await expectFocus(page, 'coming back from a paper')
})

test('votes, and changes the answer', async () => {
  const { page } = me
  const { meetingId, secretary, chair, itemIds } = scene
  for (const name of new Set(['chutich', ...MEMBER_NAMES])) {
    const mark = { meetingId, personId: samplePersonId(name), presence: 'present' } as const
    if (name !== ME) expect(await secretary.perform('meeting.markPresence', mark)).toBe('ok')
  }
  expect(await chair.perform('meeting.open', { meetingId })).toBe('ok')
  const motionId = crypto.randomUUID()
  const motion = { meetingId, motionId, itemId: itemIds[0] ?? '', text: 'Bằng phím', ruleSetId: 'committee-session' }
  expect(await secretary.perform('meeting.proposeMotion', motion)).toBe('ok')
  expect(await chair.perform('meeting.openVote', { meetingId, motionId })).toBe('ok')
  await page.getByRole('button', { name: 'Tán thành', exact: true }).waitFor()
  const ballot = () => meeting()?.motions[motionId]?.ballots[samplePersonId(ME)]?.choice
  await tabTo(page, /^Tán thành$/)
  await page.keyboard.press('Space')
  await expect.poll(ballot).toBe('for')
  await page.getByText(/Đã ghi nhận/).waitFor()
  await expectFocus(page, 'voting')
  await tabTo(page, /^Không tán thành$/)
  await page.keyboard.press('Enter')
  await expect.poll(ballot).toBe('against')
  await expectFocus(page, 'changing the answer')
  await page.getByRole('radiogroup').first().waitFor()
  await tabTo(page, /^Tài liệu/, 'Shift+Tab')
  await page.keyboard.press('ArrowRight')
  await expectFocus(page, 'another pane')
  expect(me.complaints).toEqual([])
})

test('nothing moves where stillness is asked for', async () => {
  const { page } = me
  expect(await page.evaluate(() => matchMedia('(prefers-reduced-motion: reduce)').matches)).toBe(true)
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder('Tìm phần của ứng dụng').waitFor()
  const moving = await page.evaluate(() =>
    document
      .getAnimations()
      .filter((each) => Number(each.effect?.getComputedTiming().endTime) > 1)
      .map((each) => (each.effect as KeyframeEffect).target?.className),
  )
  expect(moving).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByPlaceholder('Tìm phần của ứng dụng').waitFor({ state: 'detached' })
  await expectFocus(page, 'closing the search')
})

test('English and large type, chosen by keys, fit a tablet and stay readable', async () => {
  const tablet = await openAs(browser, hub.url, 'quantri', { size: 'tablet' })
  const { page } = tablet
  await page.goto(`${hub.url}/#/settings`)
  await page.getByRole('heading', { level: 1, name: 'Cài đặt' }).waitFor()
  await tabTo(page, /Tiếng Việt/)
  await page.keyboard.press('ArrowRight')
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
  await expectFocus(page, 'changing the language')
  await tabTo(page, /[Ll]arge/)
  await page.keyboard.press('Space')
  await expect.poll(() => page.evaluate(() => 'largeType' in document.documentElement.dataset)).toBe(true)
  await expectFocus(page, 'large type')
  const member = await openAs(browser, hub.url, ME, { size: 'tablet' })
  await member.page.evaluate(
    (kept) => localStorage.setItem('tra-my.preferences', kept),
    await page.evaluate(() => localStorage.getItem('tra-my.preferences') ?? ''),
  )
  await member.page.reload()
  const places: readonly (readonly [Page, string])[] = [
    ...['', 'meetings', 'settings', 'admin/units', 'admin/people', 'admin/ledger'].map((at) => [page, at] as const),
    ...['', 'meetings', `meetings/${scene.meetingId}`].map((at) => [member.page, at] as const),
  ]
  for (const [where, place] of places) {
    await where.goto(`${hub.url}/#/${place}`)
    await where.getByRole('heading', { level: 1 }).waitFor()
    await expect.poll(() => where.getByRole('progressbar').count()).toBe(0)
    const [wanted, given] = await where.evaluate(() => {
      const main = document.getElementById('main')
      return [
        Math.max(
          document.documentElement.scrollWidth - innerWidth,
          (main?.scrollWidth ?? 0) - (main?.clientWidth ?? 0),
        ),
        0,
      ]
    })
    expect(wanted, `nothing sticks out sideways at ${place}`).toBeLessThanOrEqual(given)
    await expectAccessible(where, `large and English: ${place}`)
    expect(await where.locator('main').innerText(), `English at ${place}`).not.toMatch(/\bĐồng chí\b/)
  }
  expect([...tablet.complaints, ...member.complaints]).toEqual([])
})
