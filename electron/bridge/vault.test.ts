// The vault's file: sealed, whole, gone when told, and honest when its seal is broken.
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createVault, type Keyring } from './vault.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tra-my-vault-'))
  file = join(folder, 'vault.bin')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Reverses the text and marks it; enough to see sealed from unsealed. */
function keyring(changes: Partial<Keyring> = {}): Keyring {
  const reversed = (text: string) => Buffer.from(text).reverse()
  return {
    available: () => Promise.resolve(true),
    seal: (text) => Promise.resolve(Buffer.concat([Buffer.from('sealed:'), reversed(text)])),
    open: (sealed) => {
      const text = Buffer.from(sealed)
      if (!text.toString('latin1').startsWith('sealed:')) return Promise.reject(new Error('broken'))
      return Promise.resolve({ text: Buffer.from(text.subarray(7)).reverse().toString(), stale: false })
    },
    ...changes,
  }
}

test('what was written is read by the next start, and nobody else may read the file', async () => {
  await createVault(file, keyring()).write('khóa')
  expect(await createVault(file, keyring()).read()).toEqual({ ok: true, value: { value: 'khóa' } })
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual(['vault.bin'])
})

test('calls are done in turn: a read after a write sees it, whole', async () => {
  const vault = createVault(file, keyring())
  const long = 'x'.repeat(60_000)
  const answers = await Promise.all([vault.write('a'), vault.write(long), vault.read(), vault.clear(), vault.read()])
  expect(answers[2]).toEqual({ ok: true, value: { value: long } })
  expect(answers[4]).toEqual({ ok: true, value: { value: null } })
})

test('a damaged file or a reset keyring is said, and the next write heals it', async () => {
  writeFileSync(file, 'garbage')
  const vault = createVault(file, keyring())
  expect(await vault.read()).toEqual({ ok: false, code: 'vault-unreadable' })
  await vault.write('mới')
  expect(await vault.read()).toEqual({ ok: true, value: { value: 'mới' } })
})

test('a stale seal is renewed on reading', async () => {
  await createVault(file, keyring()).write('khóa')
  const stale = keyring({
    open: () => Promise.resolve({ text: 'khóa', stale: true }),
    seal: () => Promise.resolve(Buffer.from('sealed:anew')),
  })
  expect(await createVault(file, stale).read()).toEqual({ ok: true, value: { value: 'khóa' } })
  expect(readFileSync(file, 'utf8')).toBe('sealed:anew')
})

test('without a keyring nothing is written or read; clearing still works', async () => {
  await createVault(file, keyring()).write('khóa')
  const none = createVault(file, keyring({ available: () => Promise.resolve(false) }))
  expect(await none.write('x')).toEqual({ ok: false, code: 'no-keyring' })
  expect(await none.read()).toEqual({ ok: false, code: 'no-keyring' })
  expect(await none.clear()).toEqual({ ok: true, value: {} })
  expect(readdirSync(folder)).toEqual([])
})

test('a fault of the disk rejects the call, and the vault goes on', async () => {
  const vault = createVault(join(file, 'inside-a-file'), keyring())
  writeFileSync(file, 'in the way')
  await expect(vault.write('x')).rejects.toThrow()
  rmSync(file)
  expect(await vault.write('x')).toEqual({ ok: true, value: {} })
})
