// The pairing fragment is read back as it was written, and nothing else passes for one.
import { expect, test } from 'vitest'
import { formatPairing, parsePairing } from './agent-wire.ts'

const code = 'Az09_-'.repeat(7)

test('a fragment is read back as it was written', () => {
  expect(parsePairing(formatPairing({ port: 4680, code }))).toEqual({ port: 4680, code })
})

test.each([
  '',
  '#/',
  '#/screen/1',
  '#pair=',
  `#pair=0.${code}`,
  `#pair=65536.${code}`,
  `#pair=80.short`,
  `#pair=80.${code}.x`,
  `#pair=80.${code}&to=/x`,
  `#pair=-1.${code}`,
  `##pair=80.${code}`,
])('%s is no pairing', (fragment) => {
  expect(parsePairing(fragment)).toBeNull()
})
