// The pairing fragment is read back as it was written, and nothing else passes for one.
import { expect, test } from 'vitest'
import { BRIDGE_CHANNELS } from './bridge.ts'
import { packBytes, unpackBytes } from './agent-bytes.ts'
import { carriesDocuments, formatPairing, parsePairing, patienceFor } from './agent-wire.ts'
import { fromBase64, toBase64 } from '../text/base64.ts'

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

test('bytes go through JSON wherever they stand, and come back as bytes', () => {
  const value = { a: [{ bytes: Uint8Array.of(0, 255, 7) }, null, 'x', 1], empty: new Uint8Array(0), $bytes: undefined }
  const sent = JSON.parse(JSON.stringify(packBytes(value, toBase64))) as unknown
  expect(sent).toEqual({ a: [{ bytes: { $bytes: 'AP8H' } }, null, 'x', 1], empty: { $bytes: '' } })
  expect(unpackBytes(sent, fromBase64)).toEqual({ a: value.a, empty: new Uint8Array(0) })
})

test.each([{ $bytes: 'not base64' }, { $bytes: 'AAAA', more: 1 }, { $bytes: 1 }, { $bytes: null }])(
  '%j is no tag, and stays for the contract to refuse',
  (value) => {
    expect(unpackBytes(value, fromBase64)).toEqual(value)
  },
)

test('nesting beyond any shape of the contract is not followed', () => {
  let deep: unknown = { $bytes: 'AAAA' }
  for (let level = 0; level < 40; level++) deep = [deep]
  expect(unpackBytes(deep, fromBase64)).toEqual(deep)
})

test('documents are carried by two calls alone, and a page waits longer where the desktop works', () => {
  expect(BRIDGE_CHANNELS.filter(carriesDocuments)).toEqual(['signing.start', 'signing.raise'])
  expect(patienceFor('app.info')).toBeLessThan(patienceFor('signing.devices'))
  expect(patienceFor('signing.devices')).toBeLessThan(patienceFor('signing.raise'))
})
