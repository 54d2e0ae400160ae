// Which browser of the machine is taken.
import { expect, test } from 'vitest'
import { findChromium } from './system-browser.ts'

const look = (env: Record<string, string>, present: readonly string[]) =>
  findChromium({ platform: 'linux', env, isExecutable: (file) => present.includes(file) })

test('the first of the known names in the search path', () => {
  expect(look({ PATH: '/usr/local/bin:/usr/bin' }, ['/usr/bin/google-chrome', '/usr/bin/chromium'])).toBe(
    '/usr/bin/chromium',
  )
})

test('the one named in the environment comes first, when it is there', () => {
  const present = ['/opt/c', '/usr/bin/chromium']
  expect(look({ PATH: '/usr/bin', CHROMIUM: '/opt/c' }, present)).toBe('/opt/c')
  expect(look({ PATH: '/usr/bin', CHROMIUM: '/opt/missing' }, present)).toBe('/usr/bin/chromium')
})

test('none: null, also without a search path', () => {
  expect(look({ PATH: '/usr/bin' }, [])).toBeNull()
  expect(look({}, ['/usr/bin/chromium'])).toBeNull()
})
