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

/** What moves by itself would make two pictures of one screen differ. */
const STILL = '*, *::before, *::after { animation: none !important; transition: none !important; caret-color: transparent !important }'

/** Drawing is over when the network is quiet and no page of a paper waits for its turn. */
export async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle').catch(() => undefined)
  await page.evaluate(async () => {
    await document.fonts.ready
  })
  await page.waitForTimeout(350)
}

async function keep(page: Page, path: string): Promise<void> {
  mkdirSync(dirname(path), { recursive: true })
  await page.screenshot({ path, style: STILL })
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
        await settle(page)
        await keep(page, join(MATRIX, `${name}-${size}-${ground}${large ? '-large' : ''}.png`))
      }
    }
  }
  await page.evaluate(() => document.documentElement.removeAttribute('data-large-type'))
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(SIZES.laptop)
}
