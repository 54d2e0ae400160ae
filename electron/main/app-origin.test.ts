// What counts as our own page: exact parts of the address, and the main frame only.
import { expect, test } from 'vitest'
import { isAppUrl, isOwnMainFrame } from './app-origin.ts'

type Frame = Parameters<typeof isOwnMainFrame>[0]
const frame = (url: string, parent: unknown = null) => ({ url, parent }) as Frame

test.each(['app://bundle', 'app://bundle/', 'app://bundle/index.html#/x', 'APP://bundle/a?b'])('%s is ours', (url) => {
  expect(isAppUrl(url)).toBe(true)
  expect(isOwnMainFrame(frame(url))).toBe(true)
})

test.each([
  '',
  'null',
  'app:',
  'app:bundle',
  'app:///bundle',
  'app://bundle.evil/',
  'app://bundle@evil/',
  'app://evil@bundle/',
  'app://bundle:80/',
  'app://evil/bundle',
  'appx://bundle/',
  'https://bundle/',
  'blob:app://bundle/1',
  'data:text/html,app://bundle',
])('%s is not', (url) => {
  expect(isAppUrl(url)).toBe(false)
  expect(isOwnMainFrame(frame(url))).toBe(false)
})

test('a frame inside our page, or one that has gone, is not', () => {
  expect(isOwnMainFrame(null)).toBe(false)
  expect(isOwnMainFrame(frame('app://bundle/', frame('app://bundle/')))).toBe(false)
})
