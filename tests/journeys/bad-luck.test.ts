// What goes wrong on an ordinary day: the hub dies in the middle of a vote, clocks are wrong, a disk is full, files are broken, a session is ended.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { PDFDocument } from 'pdf-lib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { samplePersonId } from '../../shared/sample/commune.ts'
import { lockedPaper } from '../fixtures/make-pdfs.ts'
import { spawnHub, temporaryFolder, testHub, type TestHub } from '../support/hub.ts'
import { draftMeeting, MEMBER_NAMES, openVote, publishedMeeting } from '../support/meeting.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { expectAccessible, launchBrowser, logInAs, openApp, openAs, type AppWindow } from './app.ts'

const RENDERER = join(import.meta.dirname, '../../dist/renderer')
const PICTURES = join(import.meta.dirname, '../../node_modules/.cache/pictures')
const PAPERS = join(import.meta.dirname, '../fixtures/nd30')
const SEED = process.env['SEED'] ?? 'bad-luck-1'
const CHOICES = ['Tán thành', 'Không tán thành', 'Không biểu quyết'] as const
const WORDS: Readonly<Record<string, string>> = { for: CHOICES[0], against: CHOICES[1], abstain: CHOICES[2] }
const WAIT = { timeout: 30_000 } as const
const HOUR_MS = 3_600_000

let hub: TestHub
let browser: Browser
let open: AppWindow[] = []
async function windowOf(url: string, username: string): Promise<AppWindow> {
  const window = await openAs(browser, url, username)
  open.push(window)
  return window
}

beforeAll(async () => {
  expect(existsSync(join(RENDERER, 'index.html')), 'the renderer is built').toBe(true)
  hub = await testHub({ rendererFolder: RENDERER })
  browser = await launchBrowser()
})
afterEach(async ({ task }) => {
  for (const [i, window] of open.entries()) {
    if (task.result?.state === 'fail')
      await window.page.screenshot({ path: join(PICTURES, `fail-luck-${i}.png`) }).catch(() => undefined)
    await window.context.close()
  }
  open = []
})
afterAll(async () => {
  await browser.close()
  expect(hub.faults).toEqual([])
  await hub.end()
})

const answer = (page: Page, choice: string) => page.getByRole('button', { name: choice, exact: true })
/** What a person sees at one moment: which answer is marked, and how far it is said to have got. */
function standOf(page: Page): Promise<{ readonly marked: string; readonly said: string }> {
  return page.evaluate(() => ({
    marked: document.querySelector<HTMLElement>('button[data-choice][aria-pressed="true"]')?.innerText.trim() ?? '',
    said: document.querySelector<HTMLElement>('p[role="status"][data-state]')?.innerText ?? '',
  }))
}
const line = (page: Page) => page.getByTitle('Xem trạng thái đường truyền và việc chờ gửi').first()

/** The ballots of one person in the ledger, in order, as the words of the buttons. */
function ballotsInLedger(dataFolder: string, meetingId: string, username: string): string[] {
  const database = new Database(join(dataFolder, 'hub.sqlite'), { readonly: true })
  try {
    const rows = database.prepare('SELECT text FROM ledger ORDER BY stream, seq').pluck().all() as string[]
    return rows
      .map((text) => (JSON.parse(text) as { act: { type: string; actor: string; body: Record<string, string> } }).act)
      .filter((act) => act.type === 'meeting.castBallot' && act.body['meetingId'] === meetingId)
      .filter((act) => act.actor === samplePersonId(username))
      .map((act) => WORDS[act.body['choice'] ?? ''] ?? 'unknown')
  } finally {
    database.close()
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

test('the hub loses its power while two people vote: what either saw recorded is there afterwards, each answer once', async () => {
  console.log(`seed ${SEED}`)
  const random = seededRandom(SEED)
  const dataFolder = temporaryFolder()
  const options = {
    dataFolder,
    host: '127.0.0.1',
    port: await freePort(),
    rendererFolder: RENDERER,
    sampleCommune: true,
  }
  let running = await spawnHub(options)
  try {
    const { meetingId } = await openVote(running.url)
    const names = ['yte', 'giaoduc'] as const
    const people = await Promise.all(
      names.map(async (username) => {
        const window = await windowOf(running.url, username)
        await window.page.goto(`${running.url}/#/meetings/${meetingId}`)
        await answer(window.page, CHOICES[0]).waitFor()
        return { username, window, pressed: [] as string[], recorded: [] as string[] }
      }),
    )
    let dead = false
    const pick = (before: string | undefined) => {
      const others = CHOICES.filter((choice) => choice !== before)
      return others[Math.floor(random() * others.length)] ?? CHOICES[0]
    }
    const vote = async ({ window: { page }, pressed, recorded }: (typeof people)[number]) => {
      while (!dead) {
        const choice = pick(pressed.at(-1))
        pressed.push(choice)
        await answer(page, choice).click()
        await expect
          .poll(async () => {
            const { marked, said } = await standOf(page)
            if (marked === choice && said.includes('Đã ghi nhận')) recorded.push(choice)
            return marked === choice && /Đã ghi nhận|Đang chờ gửi/.test(said)
          }, WAIT)
          .toBe(true)
      }
    }
    const voting = people.map(vote)
    await expect.poll(() => people.every(({ recorded }) => recorded.length > 0), { timeout: 20_000 }).toBe(true)
    await new Promise((resolve) => setTimeout(resolve, random() * 400))
    await running.kill()
    dead = true
    await Promise.all(voting)
    for (const { window, pressed } of people) {
      await expect.poll(() => line(window.page).innerText(), { timeout: 30_000 }).toMatch(/Đang nối lại|Ngoại tuyến/)
      const last = pick(pressed.at(-1))
      pressed.push(last)
      await answer(window.page, last).click()
      await window.page.getByText('Đang chờ gửi.').waitFor()
      expect(await window.page.getByRole('alert').count(), 'nobody is alarmed').toBe(0)
      await expectAccessible(window.page, 'without a hub')
    }
    running = await spawnHub(options)
    for (const { username, window, pressed, recorded } of people) {
      await expect.poll(() => line(window.page).innerText(), { timeout: 60_000 }).toBe('Trực tuyến')
      await expect
        .poll(() => standOf(window.page), WAIT)
        .toMatchObject({ marked: pressed.at(-1), said: expect.stringContaining('Đã ghi nhận') })
      const kept = ballotsInLedger(dataFolder, meetingId, username)
      expect(kept, `every answer of ${username} once and in order (seed ${SEED})`).toEqual(pressed)
      expect(recorded.length).toBeGreaterThan(0)
      expect(window.complaints).toEqual([])
    }
  } finally {
    await running.kill()
    rmSync(dataFolder, { recursive: true, force: true })
  }
})

test.each([
  { shift: HOUR_MS, username: 'vanhoa', notice: /nhanh hơn máy chủ 60 phút/ },
  { shift: -HOUR_MS, username: 'dantoc', notice: /chậm hơn máy chủ 60 phút/ },
])(
  'a clock that is off by $shift ms: the person is told, checks in, and votes',
  async ({ shift, username, notice }) => {
    const window = await openApp(browser, hub.url)
    open.push(window)
    const { page, context } = window
    await context.addInitScript((by) => {
      const Real = Date
      class Shifted extends Real {
        constructor(...given: unknown[]) {
          if (given.length === 0) super(Real.now() + by)
          else super(...(given as [number]))
        }
        static override now(): number {
          return Real.now() + by
        }
      }
      globalThis.Date = Shifted as DateConstructor
    }, shift)
    await page.reload()
    await logInAs(page, username)
    const scene = await publishedMeeting(hub.url)
    const { meetingId } = scene
    const meeting = () => hub.decider.state.meetings.get(meetingId)
    await page.goto(`${hub.url}/#/meetings/${meetingId}`)
    await page.getByText(notice).waitFor()
    await expectAccessible(page, 'a wrong clock')
    await page.getByRole('button', { name: 'Điểm danh có mặt' }).click()
    await expect.poll(() => meeting()?.participants[samplePersonId(username)]?.presence).toBe('present')
    for (const name of new Set(['chutich', ...MEMBER_NAMES]))
      if (name !== username)
        await scene.secretary.perform('meeting.markPresence', {
          meetingId,
          personId: samplePersonId(name),
          presence: 'present',
        })
    expect(await scene.chair.perform('meeting.open', { meetingId })).toBe('ok')
    const motionId = crypto.randomUUID()
    const itemId = scene.itemIds[1] ?? ''
    const motion = { meetingId, motionId, itemId, text: 'Đồng hồ lệch', ruleSetId: 'committee-session' } as const
    expect(await scene.secretary.perform('meeting.proposeMotion', motion)).toBe('ok')
    expect(await scene.chair.perform('meeting.openVote', { meetingId, motionId })).toBe('ok')
    await answer(page, 'Tán thành').click()
    await page.getByText(/Đã ghi nhận/).waitFor()
    expect(meeting()?.motions[motionId]?.ballots[samplePersonId(username)]?.choice).toBe('for')
    expect(window.complaints).toEqual([])
  },
)

test('the storage of the device is full: the ballot is refused there, and nothing goes out until it fits', async () => {
  const window = await windowOf(hub.url, 'nongnghiep')
  const { page, context } = window
  await context.addInitScript(() => {
    const store = IDBObjectStore.prototype
    for (const name of ['put', 'add'] as const) {
      // Called below with the store as its `this`.
      // eslint-disable-next-line @typescript-eslint/unbound-method
      const plain = store[name]
      store[name] = function (...given) {
        if (localStorage.getItem('test.full') === 'yes') throw new DOMException('no room', 'QuotaExceededError')
        return plain.apply(this, given)
      }
    }
  })
  await page.reload()
  const { meetingId } = await openVote(hub.url)
  await page.goto(`${hub.url}/#/meetings/${meetingId}`)
  await answer(page, 'Tán thành').waitFor()
  await expect.poll(() => line(page).innerText()).toBe('Trực tuyến')
  // Ballots alone: the device reports by itself that it holds every paper, whenever it happens to be done.
  const sent: unknown[] = []
  page.on('request', (request) => {
    if (!request.url().endsWith('/api/acts')) return
    const { act } = request.postDataJSON() as { act: { type: string; body: { choice?: string } } }
    if (act.type === 'meeting.castBallot') sent.push(act.body.choice)
  })
  await page.evaluate(() => localStorage.setItem('test.full', 'yes'))
  await answer(page, 'Tán thành').click()
  await page.getByRole('alert').filter({ hasText: 'Máy này hết chỗ trống nên chưa lưu được.' }).first().waitFor()
  await expectAccessible(page, 'a full device')
  expect(await answer(page, 'Tán thành').getAttribute('aria-pressed'), 'nothing pretends to be chosen').toBe('false')
  expect(sent).toEqual([])
  expect(ballotsInLedger(hub.dataFolder, meetingId, 'nongnghiep')).toEqual([])
  await page.evaluate(() => localStorage.setItem('test.full', 'no'))
  await answer(page, 'Không tán thành').click()
  await page.getByText(/Đã ghi nhận/).waitFor()
  expect(ballotsInLedger(hub.dataFolder, meetingId, 'nongnghiep')).toEqual(['Không tán thành'])
  expect(sent).toEqual(['against'])
  expect(await page.getByText('Máy này hết chỗ trống').count(), 'the warning goes when it fits again').toBe(0)
})

test('broken papers each get their own sentence beside the file, and the good ones go on', async () => {
  const { page, complaints } = await windowOf(hub.url, 'thuky')
  const { meetingId } = await draftMeeting(hub.url)
  await page.goto(`${hub.url}/#/meetings/${meetingId}/prepare`)
  const good = readdirSync(PAPERS)
    .filter((name) => name.endsWith('.pdf'))
    .slice(0, 2)
  const whole = readFileSync(join(PAPERS, good[0] ?? ''))
  const long = await PDFDocument.create()
  for (let i = 0; i < 5000; i += 1) long.addPage([200, 100])
  const pdf = (name: string, bytes: Uint8Array) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from(bytes) })
  const bad = [
    { name: 'ghi chú', bytes: Buffer.from('không phải PDF'), says: /^Tệp này không phải PDF\./ },
    { name: 'có khóa', bytes: await lockedPaper(), says: /^Tệp PDF có đặt mật khẩu/ },
    { name: 'cắt cụt', bytes: whole.subarray(0, Math.floor(whole.length / 2)), says: /^Tệp PDF bị thiếu phần cuối\./ },
    { name: 'quá dài', bytes: await long.save(), says: /^Tài liệu có quá nhiều trang\./ },
    { name: 'rỗng', bytes: new Uint8Array(), says: /^Tệp này không phải PDF\./ },
  ]
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Thêm tài liệu PDF cho Kết luận' }).click()
  await (
    await chooser
  ).setFiles([
    ...bad.map(({ name, bytes }) => pdf(`${name}.pdf`, bytes)),
    ...good.map((name, i) => pdf(`tốt ${i}.pdf`, readFileSync(join(PAPERS, name)))),
  ])
  const papers = () => Object.values(hub.decider.state.meetings.get(meetingId)?.papers ?? {}).map(({ name }) => name)
  await expect.poll(() => papers().toSorted(), { timeout: 60_000 }).toEqual(['tốt 0', 'tốt 1'])
  for (const { name, says } of bad) {
    const sending = page.getByRole('list', { name: 'Tài liệu đang gửi của Kết luận' })
    const row = sending.getByRole('listitem').filter({ has: page.getByRole('button', { name: `Thôi gửi ${name}` }) })
    await row.getByRole('alert').waitFor({ timeout: 30_000 })
    expect(await row.getByRole('alert').innerText(), name).toMatch(says)
  }
  await expectAccessible(page, 'refused papers')
  for (const { name } of bad) await page.getByRole('button', { name: `Thôi gửi ${name}` }).click()
  expect(await page.getByRole('alert').count()).toBe(0)
  expect(papers().length).toBe(2)
  expect(complaints).toEqual([])
})

test('a session is ended from another device: back to the login with the reason; what waited is sent after it', async () => {
  const { meetingId } = await publishedMeeting(hub.url)
  const mine = await windowOf(hub.url, 'tuphap')
  const other = await windowOf(hub.url, 'tuphap')
  const confirm = (page: Page) => page.getByRole('button', { name: 'Xác nhận tham dự' })
  await mine.page.goto(`${hub.url}/#/meetings/${meetingId}`)
  await confirm(mine.page).waitFor()
  await mine.context.setOffline(true)
  await confirm(mine.page).click()
  await mine.page.getByText('Đang chờ gửi').first().waitFor()

  await other.page.goto(`${hub.url}/#/settings`)
  await expectAccessible(other.page, 'settings')
  await other.page.getByRole('button', { name: /^Kết thúc phiên đăng nhập trên/ }).click()
  await other.page.getByRole('dialog').getByRole('button', { name: 'Kết thúc phiên' }).click()
  await expect.poll(() => other.page.getByRole('button', { name: /^Kết thúc phiên đăng nhập trên/ }).count()).toBe(0)

  await mine.context.setOffline(false)
  await mine.page.getByText('Phiên đăng nhập đã kết thúc.').waitFor({ timeout: 30_000 })
  await expectAccessible(mine.page, 'session ended')
  const answerOf = () => hub.decider.state.meetings.get(meetingId)?.participants[samplePersonId('tuphap')]?.answer
  expect(answerOf()).toBe('none')
  await mine.page.getByLabel('Mật khẩu', { exact: true }).fill('tramy-2026-mau')
  await mine.page.getByRole('button', { name: 'Đăng nhập' }).click()
  await expect.poll(answerOf, { timeout: 30_000 }).toBe('confirmed')

  // And at once, without a line that was down.
  await other.page.reload()
  await other.page.goto(`${hub.url}/#/settings`)
  await other.page.getByRole('button', { name: /^Kết thúc phiên đăng nhập trên/ }).click()
  await other.page.getByRole('dialog').getByRole('button', { name: 'Kết thúc phiên' }).click()
  await mine.page.getByText('Phiên đăng nhập đã kết thúc.').waitFor({ timeout: 30_000 })
  await other.page.getByRole('navigation').waitFor()
  expect([...mine.complaints, ...other.complaints]).toEqual([])
})
