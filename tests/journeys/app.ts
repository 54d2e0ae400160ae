// The application as a person has it: the built renderer from the hub, in a browser of one's own, logged in.
import axe, { type AxeResults, type RunOptions } from 'axe-core'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { SAMPLE_PASSWORD } from '../../shared/sample/accounts.ts'

export const SIZES = {
  laptop: { width: 1366, height: 768 },
  desk: { width: 1920, height: 1080 },
  tablet: { width: 1024, height: 768 },
} as const

export async function launchBrowser(): Promise<Browser> {
  return await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-background-networking', '--no-first-run'],
  })
}

export interface AppWindow {
  readonly page: Page
  readonly context: BrowserContext
  /** What the page complained about: errors, and anything the content security policy blocked. */
  readonly complaints: string[]
}

export interface OpenOptions {
  readonly size?: keyof typeof SIZES
  readonly dark?: boolean
  readonly path?: string
}

/** A browser profile of its own, as on a device of its own. */
export async function openApp(browser: Browser, url: string, options: OpenOptions = {}): Promise<AppWindow> {
  const context = await browser.newContext({
    viewport: SIZES[options.size ?? 'laptop'],
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    colorScheme: options.dark === true ? 'dark' : 'light',
    reducedMotion: 'reduce',
    acceptDownloads: true,
  })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    // A line that is cut on purpose is reported by the browser itself; that is not a fault of ours.
    if (
      message.type() === 'error' &&
      !/ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|Failed to load resource|WebSocket connection/.test(
        message.text(),
      )
    ) {
      complaints.push(message.text())
    }
  })
  await page.goto(`${url}/${options.path ?? ''}`)
  return { page, context, complaints }
}

export async function logInAs(page: Page, username: string, password = SAMPLE_PASSWORD): Promise<void> {
  await page.getByLabel('Tên đăng nhập').fill(username)
  await page.getByLabel('Mật khẩu', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Đăng nhập' }).click()
  await page.getByRole('heading', { level: 1, name: 'Bàn việc' }).waitFor()
}

export async function openAs(
  browser: Browser,
  url: string,
  username: string,
  options: OpenOptions = {},
): Promise<AppWindow> {
  const window = await openApp(browser, url, options)
  await logInAs(window.page, username)
  return window
}

/** WCAG 2.2 A and AA, as axe can judge them, on what is on the screen now. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  await page.evaluate(axe.source)
  const violations = await page.evaluate(async () => {
    const { axe: judge } = window as unknown as {
      axe: { run(page: Document, options: RunOptions): Promise<AxeResults> }
    }
    const found = await judge.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(' | ')}`)
  })
  expect(violations, what).toEqual([])
}
