// Where drivers are looked for, on the three systems, with the administrator's own first and each file once.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { moduleCandidates, readAdditions, type SearchPlaces } from './module-table.ts'

const folder = mkdtempSync(join(tmpdir(), 'tra-my-modules-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function places(
  platform: NodeJS.Platform,
  files: readonly string[],
  links: Readonly<Record<string, string>> = {},
): SearchPlaces {
  const known = new Set([...files, ...Object.keys(links)])
  return {
    platform,
    systemRoot: 'C:\\Windows',
    exists: (path) => known.has(path),
    realPath: (path) => links[path] ?? path,
  }
}

describe('drivers are found', () => {
  test('on Windows in System32, the newest of an issuer first', () => {
    const files = ['viettel-ca_v4.dll', 'viettel-ca_v6.dll', 'eTPKCS11.dll', 'opensc-pkcs11.dll']
    const found = moduleCandidates(
      places(
        'win32',
        files.map((file) => `C:\\Windows\\System32\\${file}`),
      ),
    )
    expect(found).toEqual([
      { name: 'VGCA (SafeNet)', path: 'C:\\Windows\\System32\\eTPKCS11.dll' },
      { name: 'Viettel-CA', path: 'C:\\Windows\\System32\\viettel-ca_v6.dll' },
      { name: 'Viettel-CA', path: 'C:\\Windows\\System32\\viettel-ca_v4.dll' },
      { name: 'OpenSC', path: 'C:\\Windows\\System32\\opensc-pkcs11.dll' },
    ])
  })

  test('on macOS and Linux in their library folders', () => {
    const mac = moduleCandidates(
      places('darwin', ['/usr/local/lib/libeTPkcs11.dylib', '/Library/OpenSC/lib/opensc-pkcs11.so']),
    )
    expect(mac.map((each) => each.name)).toEqual(['VGCA (SafeNet)', 'OpenSC'])
    const linux = moduleCandidates(places('linux', ['/usr/lib/libeTPkcs11.so', '/usr/lib/softhsm/libsofthsm2.so']))
    expect(linux.map((each) => each.name)).toEqual(['VGCA (SafeNet)', 'SoftHSM'])
  })

  test('once, where two names lead to one file', () => {
    const real = '/usr/lib/softhsm/libsofthsm2.so'
    const link = '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so'
    expect(moduleCandidates(places('linux', [real], { [link]: real }))).toEqual([{ name: 'SoftHSM', path: real }])
  })
})

test('the administrator’s come first, and are listed even when they are missing', () => {
  const own = { name: 'Sở', path: '/opt/so/lib.so' }
  const openSc = '/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so'
  const named = { name: 'Thẻ của xã', path: openSc }
  expect(moduleCandidates(places('linux', [openSc]), [own, named])).toEqual([own, named])
})

describe('the administrator’s file', () => {
  const file = join(folder, 'modules.json')
  test('that is not there adds nothing', () => {
    expect(readAdditions(join(folder, 'none.json'))).toEqual({ ok: true, additions: [] })
  })

  test('names drivers by absolute paths, of any system', () => {
    const modules = [
      { path: '/opt/x.so', name: 'X' },
      { path: 'C:\\CA\\y.dll', name: 'Y' },
    ]
    writeFileSync(file, JSON.stringify({ modules }))
    expect(readAdditions(file)).toEqual({ ok: true, additions: modules })
  })

  test.each([
    ['a relative path', { modules: [{ path: 'x.so', name: 'X' }] }],
    ['an unknown field', { modules: [{ path: '/x.so', name: 'X', args: '' }] }],
    ['too many', { modules: Array.from({ length: 17 }, () => ({ path: '/x.so', name: 'X' })) }],
    ['too much text', { modules: [], more: 'x'.repeat(70_000) }],
  ])('is refused for %s', (_, content) => {
    writeFileSync(file, JSON.stringify(content))
    expect(readAdditions(file)).toEqual({ ok: false, code: 'unreadable' })
  })

  test('is refused when it is no JSON', () => {
    writeFileSync(file, '{')
    expect(readAdditions(file)).toEqual({ ok: false, code: 'unreadable' })
  })
})
