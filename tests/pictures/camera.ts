// Takes the pictures: one for a named place, or one screen in every size, ground and type that people use, for looking.
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Page } from 'playwright-core'
import { SIZES } from '../journeys/app.ts'

const ROOT = join(import.meta.dirname, '../..')
const MATRIX = join(ROOT, 'node_modules/.cache/pictures')
const LARGE_TYPE = [false, true] as const
const GROUNDS = ['light', 'dark'] as const

type Size = keyof typeof SIZES

/** Waits until texts and the open paper are drawn. */
export async function settle(page: Page): Promise<void> {
  await page.mouse.move(0, 0) // Nothing is shown as under the pointer.
  await page.waitForLoadState('networkidle').catch(() => undefined)
  await page.evaluate(async () => {
    await document.fonts.ready
  })
  // An open paper is drawn when its first page has a canvas.
  await page
    .waitForFunction(() => {
      const reader = document.querySelector('[aria-label="Trình đọc tài liệu"]')
      return reader === null || reader.querySelector('canvas') !== null
    })
    .catch(() => undefined)
  await page.waitForTimeout(350)
}

async function keep(page: Page, path: string): Promise<void> {
  mkdirSync(dirname(path), { recursive: true })
  // Motion is reduced already; a style of Playwright's own would break the security policy of the page.
  await page.screenshot({ path, caret: 'initial' })
}

/** The picture `name` of the user guide, 1366 × 768 unless told otherwise. */
export async function forGuide(page: Page, name: string, size: Size = 'laptop'): Promise<void> {
  await page.setViewportSize(SIZES[size])
  await settle(page)
  await keep(page, join(ROOT, 'renderer/guide/pictures', `${name}.png`))
}

/** The picture `name` of the README. */
export async function forReadme(page: Page, name: string, size: Size = 'laptop'): Promise<void> {
  await page.setViewportSize(SIZES[size])
  await settle(page)
  await keep(page, join(ROOT, 'build/pictures', `${name}.png`))
}

/** The screen as it is now, three sizes × two grounds × two sizes of type; afterwards it is as it was before. */
export async function forLooking(page: Page, name: string): Promise<void> {
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport)
    for (const large of LARGE_TYPE) {
      await page.evaluate((on) => document.documentElement.toggleAttribute('data-large-type', on), large)
      for (const ground of GROUNDS) {
        await page.emulateMedia({ colorScheme: ground })
        await page.waitForTimeout(400)
        await keep(page, join(MATRIX, `${name}-${size}-${ground}${large ? '-large' : ''}.png`))
      }
    }
  }
  await page.evaluate(() => document.documentElement.removeAttribute('data-large-type'))
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(SIZES.laptop)
}
