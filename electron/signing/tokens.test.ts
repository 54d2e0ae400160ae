// A real PKCS#11 module, SoftHSM2, behind the real pkcs11js.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listTokens } from './tokens.ts'

const MODULE =
  ['/usr/lib/softhsm/libsofthsm2.so', '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so'].find(existsSync) ?? ''
const folder = mkdtempSync(join(tmpdir(), 'tra-my-token-'))

beforeAll(() => {
  mkdirSync(join(folder, 'tokens'))
  writeFileSync(join(folder, 'softhsm2.conf'), `directories.tokendir = ${join(folder, 'tokens')}\n`)
  process.env['SOFTHSM2_CONF'] = join(folder, 'softhsm2.conf')
  execFileSync('softhsm2-util', [
    '--init-token',
    '--free',
    '--label',
    'UBND xa Tra My',
    '--pin',
    '123456',
    '--so-pin',
    '12345678',
  ])
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a token is listed with its label and the state of its PIN, without asking for the PIN', () => {
  const list = listTokens(MODULE)
  const tokens = list.ok ? list.tokens : []
  expect(tokens.filter((token) => token.label === 'UBND xa Tra My')).toMatchObject([
    { manufacturer: 'SoftHSM project', pin: 'ready' },
  ])
})

test('a file that is no PKCS#11 module is refused by name', () => {
  expect(listTokens(join(folder, 'softhsm2.conf'))).toEqual({ ok: false, code: 'module' })
})
