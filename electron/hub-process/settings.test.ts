// desktop.json: absent means a fresh machine, anything unexpected is refused.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readSettings } from './settings.ts'

const folder = mkdtempSync(join(tmpdir(), 'tra-my-settings-'))
const file = join(folder, 'desktop.json')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function read(text: string): unknown {
  writeFileSync(file, text)
  return readSettings(file)
}

test('a machine without the file has the embedded hub on loopback', () => {
  expect(readSettings(join(folder, 'missing.json'))).toEqual({
    ok: true,
    settings: { hub: { kind: 'embedded', host: '127.0.0.1', port: 0, sampleCommune: true } },
  })
})

test('the office’s hub, or an embedded one for the room', () => {
  expect(read('{"hub":{"kind":"remote","url":"https://hub.example"}}')).toEqual({
    ok: true,
    settings: { hub: { kind: 'remote', url: 'https://hub.example' } },
  })
  expect(read('{"hub":{"kind":"embedded","host":"0.0.0.0","port":4680,"sampleCommune":false}}')).toEqual({
    ok: true,
    settings: { hub: { kind: 'embedded', host: '0.0.0.0', port: 4680, sampleCommune: false } },
  })
})

test.each([
  '',
  '{',
  '[]',
  '{}',
  '{"hub":{"kind":"other"}}',
  '{"hub":{"kind":"remote"}}',
  '{"hub":{"kind":"remote","url":"ftp://x"}}',
  '{"hub":{"kind":"embedded","port":70000}}',
  '{"hub":{"kind":"embedded","host":"evil.example"}}',
  `{"hub":{"kind":"embedded"}}${' '.repeat(20_000)}`,
])('%j is refused', (text) => {
  expect(read(text)).toEqual({ ok: false })
})

test('a folder in its place is refused, not taken for a fresh machine', () => {
  expect(readSettings(folder)).toEqual({ ok: false })
})
