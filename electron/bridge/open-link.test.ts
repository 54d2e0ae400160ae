// Only plain https leaves for the system's browser.
import { expect, test } from 'vitest'
import { openLink } from './open-link.ts'

async function attempt(value: unknown): Promise<string[]> {
  const opened: string[] = []
  const said = await openLink(value, (url) => {
    opened.push(url)
    return Promise.resolve()
  })
  expect(said).toBe(opened.length === 1)
  return opened
}

test('https is opened, in its normal form', async () => {
  expect(await attempt('HTTPS://Vanban.Example/luật?a=1#b')).toEqual(['https://vanban.example/lu%E1%BA%ADt?a=1#b'])
})

test.each([
  'http://vanban.example/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,x',
  'smb://server/share',
  'ms-word:ofe|u|https://x.example',
  'https://user@vanban.example/',
  'https://user:secret@vanban.example/',
  '\\\\server\\share',
  '--help',
  'https://',
  '',
  `https://x.example/${'a'.repeat(2048)}`,
  undefined,
  null,
  { toString: () => 'https://vanban.example' },
])('%s is not', async (value) => {
  expect(await attempt(value)).toEqual([])
})
