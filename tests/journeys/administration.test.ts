// What an administrator does by the screens: units, people, positions by date, accounts, devices, and the ledger that shows it all.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { samplePersonId } from '../../shared/sample/commune.ts'
import { testHub, type TestHub } from '../support/hub.ts'
import { draftMeeting } from '../support/meeting.ts'
import { expectAccessible, launchBrowser, logInAs, openApp, openAs, type AppWindow } from './app.ts'

const RENDERER = join(import.meta.dirname, '../../dist/renderer')
const PICTURES = join(import.meta.dirname, '../../node_modules/.cache/pictures')
const PERSON = 'Lò Thị Mai Hương'
const USERNAME = 'huongltm'
const OWN_PASSWORD = 'nuoc-suoi-mat-lanh'
const DAY_MS = 86_400_000

let hub: TestHub
let browser: Browser
let admin: AppWindow
let newcomer: AppWindow
let temporary = ''
const org = () => hub.decider.state.org
const personId = () => Object.values(org().people).find(({ name }) => name === PERSON)?.id ?? ''

/** A day from today, as the ledger keeps it and as a person types it. */
function dayFromNow(days: number): { readonly iso: string; readonly typed: string } {
  // The office's day: Vietnam is seven hours ahead the whole year.
  const iso = new Date(Date.now() + 7 * 3_600_000 + days * DAY_MS).toISOString().slice(0, 10)
  return { iso, typed: iso.split('-').reverse().join('/') }
}
async function choose(dialog: Locator, label: string, option: string): Promise<void> {
  const field = dialog.getByRole('combobox', { name: label }).or(dialog.getByRole('textbox', { name: label }))
  await field.first().click()
  await dialog.page().getByRole('option', { name: option, exact: true }).click()
}
async function typeDay(dialog: Locator, label: string, typed: string): Promise<void> {
  const field = dialog.getByRole('textbox', { name: label })
  await field.fill(typed)
  await field.press('Tab')
}
const dialogOf = (page: Page) => page.getByRole('dialog')
const open = (page: Page, nav: string) => page.getByRole('navigation').getByRole('link', { name: nav }).click()

beforeAll(async () => {
  expect(existsSync(join(RENDERER, 'index.html')), 'the renderer is built').toBe(true)
  hub = await testHub({ rendererFolder: RENDERER })
  browser = await launchBrowser()
})
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  for (const [name, window] of Object.entries<AppWindow | undefined>({ admin, newcomer }))
    await window?.page.screenshot({ path: join(PICTURES, `fail-admin-${name}.png`) }).catch(() => undefined)
})
afterAll(async () => {
  await browser.close()
  expect(hub.faults).toEqual([])
  await hub.end()
})

test('a unit is added, renamed, and ended on a day', async () => {
  admin = await openAs(browser, hub.url, 'quantri')
  const { page } = admin
  await open(page, 'Đơn vị')
  await page.getByRole('heading', { level: 1, name: 'Đơn vị' }).waitFor()
  await expectAccessible(page, 'units')
  await page.getByRole('button', { name: 'Thêm đơn vị', exact: true }).click()
  await dialogOf(page).getByRole('button', { name: 'Thêm đơn vị' }).click()
  await dialogOf(page).getByText('Đồng chí điền mục này.').first().waitFor()
  await expectAccessible(page, 'a new unit with its errors')
  await dialogOf(page).getByLabel('Tên đơn vị').fill('Tổ công nghệ số')
  await dialogOf(page).getByLabel('Ký hiệu').fill('TCNS')
  await choose(dialogOf(page), 'Loại đơn vị', 'Phòng, ban')
  await dialogOf(page).getByRole('button', { name: 'Thêm đơn vị' }).click()
  const unit = () => Object.values(org().units).find(({ code }) => code === 'TCNS')
  await expect.poll(() => unit()).toMatchObject({ kind: 'division', parentId: null, from: dayFromNow(0).iso })
  await dialogOf(page).waitFor({ state: 'detached' })

  await page.getByRole('treeitem', { name: /Tổ công nghệ số/ }).click()
  await page.getByRole('heading', { level: 2, name: 'Tổ công nghệ số' }).waitFor()
  await expectAccessible(page, 'a unit')
  await page.getByRole('button', { name: 'Đổi tên' }).click()
  await dialogOf(page).getByLabel('Tên đơn vị').fill('Tổ chuyển đổi số cộng đồng')
  await dialogOf(page).getByRole('button', { name: 'Đổi tên' }).click()
  await page.getByRole('heading', { level: 2, name: 'Tổ chuyển đổi số cộng đồng' }).waitFor()

  await page.getByRole('button', { name: 'Kết thúc đơn vị' }).click()
  const last = dayFromNow(30)
  await typeDay(dialogOf(page), 'Ngày đầu tiên không còn hoạt động', last.typed)
  await dialogOf(page)
    .getByText(/không thể họp dưới tên “Tổ chuyển đổi số cộng đồng”/)
    .waitFor()
  await expectAccessible(page, 'ending a unit')
  await dialogOf(page).getByRole('button', { name: 'Kết thúc đơn vị' }).click()
  await expect.poll(() => unit()?.until).toBe(last.iso)
  await page.getByText(`Kết thúc ${last.typed}`).first().waitFor()
  await dialogOf(page).waitFor({ state: 'detached' })
  expect(await page.getByRole('button', { name: 'Kết thúc đơn vị' }).count(), 'ended once').toBe(0)
})

test('a unit in which people sit is not ended, and the sentence says what to do first', async () => {
  const { page } = admin
  await page
    .getByRole('treeitem', { name: /Ủy ban nhân dân/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'Kết thúc đơn vị' }).click()
  await dialogOf(page).getByRole('button', { name: 'Kết thúc đơn vị' }).click()
  await page.getByText(/Đơn vị còn người đang giữ chức vụ/).waitFor()
  await dialogOf(page).getByRole('button', { name: 'Để nguyên' }).click()
  await dialogOf(page).waitFor({ state: 'detached' })
})

test('a person is added, holds a position from a day, and until a day', async () => {
  const { page } = admin
  await open(page, 'Người và chức vụ')
  await page.getByRole('listbox').waitFor()
  await expectAccessible(page, 'people')
  await page.getByRole('button', { name: 'Thêm người' }).click()
  await dialogOf(page).getByLabel('Họ và tên').fill(PERSON)
  await dialogOf(page).getByLabel('Số điện thoại').fill('0905 000 111')
  await expectAccessible(page, 'a new person')
  await dialogOf(page).getByRole('button', { name: 'Thêm người' }).click()
  await expect.poll(personId).not.toBe('')
  await dialogOf(page).waitFor({ state: 'detached' })
  await page.getByRole('textbox', { name: 'Tìm theo tên' }).fill('lo thi mai huong')
  await page.getByRole('option', { name: PERSON }).click()
  await page.getByRole('heading', { level: 2, name: PERSON }).waitFor()

  await page.getByRole('button', { name: 'Giao chức vụ' }).click()
  const from = dayFromNow(3)
  await choose(dialogOf(page), 'Đơn vị', 'Phòng Kinh tế')
  await dialogOf(page).getByLabel('Chức danh').fill('Chuyên viên Phòng Kinh tế')
  await choose(dialogOf(page), 'Vai trò', 'Chuyên viên')
  await typeDay(dialogOf(page), 'Giữ chức vụ từ ngày', from.typed)
  await expectAccessible(page, 'giving a position')
  await dialogOf(page).getByRole('button', { name: 'Giao chức vụ' }).click()
  const position = () => Object.values(org().positions).find((each) => each.personId === personId())
  await expect.poll(position).toMatchObject({ role: 'specialist', from: from.iso, until: null })
  await page.getByText('Chưa bắt đầu').waitFor()

  await page.getByRole('button', { name: 'Kết thúc chức vụ Chuyên viên Phòng Kinh tế' }).click()
  const until = dayFromNow(60)
  await typeDay(dialogOf(page), 'Ngày đầu tiên không còn giữ chức vụ', until.typed)
  await dialogOf(page).getByRole('button', { name: 'Kết thúc chức vụ' }).click()
  await expect.poll(() => position()?.until).toBe(until.iso)
  await page.getByText(`từ ${from.typed} đến trước ${until.typed}`).waitFor()
  await expectAccessible(page, 'a person with a position')
})

test('an account is opened; its temporary password is shown once and must be replaced at the first login', async () => {
  const { page } = admin
  await page.getByRole('button', { name: 'Mở tài khoản' }).click()
  const username = dialogOf(page).getByLabel('Tên đăng nhập')
  expect(await username.inputValue()).toBe(USERNAME)
  await username.fill('Hương')
  await dialogOf(page).getByRole('button', { name: 'Mở tài khoản' }).click()
  await dialogOf(page)
    .getByText(/Tên đăng nhập chỉ gồm chữ thường không dấu/)
    .waitFor()
  await username.fill(USERNAME)
  await dialogOf(page).getByRole('button', { name: 'Mở tài khoản' }).click()
  const slip = page.getByRole('dialog', { name: `Mật khẩu tạm của ${PERSON}` })
  await slip.waitFor()
  await expectAccessible(page, 'the temporary password')
  temporary = (await slip.locator('output').innerText()).trim()
  expect(temporary.length).toBeGreaterThanOrEqual(10)
  await slip.getByRole('button', { name: 'Đã trao, đóng lại' }).click()
  await slip.waitFor({ state: 'detached' })
  expect(await page.content(), 'shown once').not.toContain(temporary)
  expect(org().accounts[personId()]).toMatchObject({ username: USERNAME, ended: false })

  newcomer = await openApp(browser, hub.url)
  const { page: theirs } = newcomer
  await theirs.getByLabel('Tên đăng nhập').fill(USERNAME)
  await theirs.getByLabel('Mật khẩu', { exact: true }).fill(temporary)
  await theirs.getByRole('button', { name: 'Đăng nhập' }).click()
  await theirs.getByRole('heading', { name: 'Đặt mật khẩu mới' }).waitFor()
  await expectAccessible(theirs, 'the first password')
  await theirs.goto(`${hub.url}/#/meetings`)
  expect(await theirs.getByRole('navigation').count(), 'nothing else before that').toBe(0)
  await theirs.getByLabel('Mật khẩu tạm').fill(temporary)
  await theirs.getByLabel('Mật khẩu mới', { exact: true }).fill(OWN_PASSWORD)
  await theirs.getByLabel('Nhập lại mật khẩu mới').fill(`${OWN_PASSWORD}!`)
  await theirs.getByRole('button', { name: 'Đặt mật khẩu' }).click()
  await theirs.getByText('Hai lần nhập chưa giống nhau.').waitFor()
  await theirs.getByLabel('Nhập lại mật khẩu mới').fill(OWN_PASSWORD)
  await theirs.getByRole('button', { name: 'Đặt mật khẩu' }).click()
  await theirs.getByRole('navigation').waitFor()
  await theirs.goto(`${hub.url}/#/`)
  await theirs.getByRole('heading', { level: 1, name: 'Bàn việc' }).waitFor()

  const again = await openApp(browser, hub.url)
  await again.page.getByLabel('Tên đăng nhập').fill(USERNAME)
  await again.page.getByLabel('Mật khẩu', { exact: true }).fill(temporary)
  await again.page.getByRole('button', { name: 'Đăng nhập' }).click()
  await again.page.getByText(/Tên đăng nhập hoặc mật khẩu không đúng/).waitFor()
  await logInAs(again.page, USERNAME, OWN_PASSWORD)
  await again.context.close()
})

test('who is no administrator sees none of it and cannot open it', async () => {
  const { page } = newcomer
  const links = await page.getByRole('navigation').getByRole('link').allInnerTexts()
  expect(links.join('|')).not.toMatch(/Đơn vị|Người và chức vụ|Nhật ký/)
  expect(await page.getByRole('navigation').innerText()).not.toContain('Quản trị')
  for (const place of ['people', 'units', 'ledger']) {
    await page.goto(`${hub.url}/#/admin/${place}`)
    await page.getByText('Phần này dành cho quản trị').waitFor()
  }
  await expectAccessible(page, 'denied')
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder('Tìm phần của ứng dụng').fill('nhat ky')
  await page.getByText('Không tìm thấy. Đồng chí thử từ khác, có dấu hay không dấu đều được.').waitFor()
  await page.keyboard.press('Escape')
})

test('the account is ended: their browser goes to the login with the reason, and they cannot come back', async () => {
  const { page } = admin
  await page.getByRole('button', { name: 'Kết thúc tài khoản' }).click()
  await expectAccessible(page, 'ending an account')
  await dialogOf(page).getByRole('button', { name: 'Kết thúc tài khoản' }).click()
  await expect.poll(() => org().accounts[personId()]?.ended).toBe(true)
  await newcomer.page.getByText(/Tài khoản này đã kết thúc/).waitFor()
  await expectAccessible(newcomer.page, 'thrown out')
  await newcomer.page.getByLabel('Tên đăng nhập').fill(USERNAME)
  await newcomer.page.getByLabel('Mật khẩu', { exact: true }).fill(OWN_PASSWORD)
  await newcomer.page.getByRole('button', { name: 'Đăng nhập' }).click()
  await newcomer.page.getByRole('alert').waitFor()
  expect(await newcomer.page.getByRole('navigation').count()).toBe(0)
  expect(newcomer.complaints).toEqual([])
  await newcomer.context.close()
})

test('a device is revoked: that browser is thrown out with the reason, the other stays', async () => {
  newcomer = await openAs(browser, hub.url, 'yte')
  const { page } = admin
  await page.getByRole('textbox', { name: 'Tìm theo tên' }).fill('yte')
  await page.getByRole('option', { name: /Trịnh Thị Hoài Thương/ }).click()
  await page.getByRole('heading', { level: 2, name: 'Trịnh Thị Hoài Thương' }).waitFor()
  await expectAccessible(page, 'a person with a device')
  await page.getByRole('button', { name: /^Thu hồi / }).click()
  await dialogOf(page).getByRole('button', { name: 'Thu hồi thiết bị' }).click()
  await expect
    .poll(() => Object.values(org().devices).filter((each) => each.personId === samplePersonId('yte')))
    .toMatchObject([{ revokedAt: expect.any(String) }])
  await newcomer.page.getByText('Thiết bị này đã bị thu hồi quyền.').waitFor()
  await page.getByText(/^Thu hồi \d\d:\d\d/).waitFor()
  await logInAs(newcomer.page, 'yte')
  expect(newcomer.complaints).toEqual([])
})

test('the ledger lists what was done in Vietnamese words, and says that the chain is whole', async () => {
  const { page } = admin
  await draftMeeting(hub.url)
  await open(page, 'Nhật ký')
  await page.getByText('Chuỗi nguyên vẹn').waitFor()
  const list = page.getByRole('listbox')
  for (const act of ['Thu hồi thiết bị', 'Kết thúc tài khoản', 'Mở tài khoản', 'Đăng ký thiết bị'])
    await list.getByText(act, { exact: true }).first().waitFor()
  expect(await list.innerText(), 'no name of a program').not.toMatch(/org\.|meeting\.|undefined/)
  await expectAccessible(page, 'ledger')
  await list.getByRole('option', { name: /Kết thúc tài khoản/ }).click()
  await dialogOf(page).getByText(PERSON).waitFor()
  await expectAccessible(page, 'an entry of the ledger')
  await dialogOf(page).getByRole('button', { name: 'Đóng' }).click()
  await dialogOf(page).waitFor({ state: 'detached' })
})

test('one byte of the database is changed by a stranger: the screen says that the chain is broken, and in which book', async () => {
  const { page } = admin
  const database = new Database(join(hub.dataFolder, 'hub.sqlite'))
  const stream = database.prepare("SELECT stream FROM ledger WHERE stream LIKE 'meeting%' LIMIT 1").pluck().get()
  expect(stream, 'there is a book of a meeting').toBeTypeOf('string')
  const change = database.prepare(
    'UPDATE ledger SET text = replace(text, ?, ?) WHERE stream = ? AND instr(text, ?) > 0',
  )
  expect(change.run(USERNAME, 'huongltn', 'org', USERNAME).changes).toBe(1)
  await page.getByRole('button', { name: 'Đọc lại' }).click()
  await page.getByText('Chuỗi không còn nguyên vẹn').waitFor()
  await expectAccessible(page, 'a broken chain')
  await page
    .getByRole('combobox', { name: 'Sổ' })
    .or(page.getByRole('textbox', { name: 'Sổ' }))
    .first()
    .click()
  await page.getByRole('option', { name: /^Phiên họp số/ }).click()
  // The whole ledger is meant, whichever of its books is read.
  await page.getByText('Chuỗi không còn nguyên vẹn').waitFor()
  // The byte is put back: the chain holds again, and the boards can be held against it when the hub ends.
  expect(change.run('huongltn', USERNAME, 'org', 'huongltn').changes).toBe(1)
  database.close()
  await page.getByRole('button', { name: 'Đọc lại' }).click()
  await page.getByText('Chuỗi nguyên vẹn').waitFor()
  expect(admin.complaints).toEqual([])
})
