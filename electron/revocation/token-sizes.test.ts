// The space that a signature reserves for its timestamp follows what the services gave before.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, test } from 'vitest'
import { TokenSizes, UNKNOWN_TOKEN_BYTES } from './token-sizes.ts'

const folder = mkdtempSync(join(tmpdir(), 'tra-my-sizes-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const FIRST = { url: 'http://tsa.example/first' }
const SECOND = { url: 'http://tsa.example/second' }

test('a service that was never asked gets the usual space, one that was asked its largest token and a margin', async () => {
  const sizes = await TokenSizes.open(join(folder, 'a.json'))
  assert.equal(sizes.reserve([FIRST]), UNKNOWN_TOKEN_BYTES)
  await sizes.note(FIRST.url, 9_000)
  await sizes.note(FIRST.url, 3_000)
  assert.equal(sizes.reserve([FIRST]), 9_256)
})

test('any service of the list may answer, so the largest counts; no service needs no space', async () => {
  const sizes = await TokenSizes.open(join(folder, 'b.json'))
  await sizes.note(FIRST.url, 3_000)
  assert.equal(sizes.reserve([FIRST]), 3_256)
  assert.equal(sizes.reserve([FIRST, SECOND]), UNKNOWN_TOKEN_BYTES)
  assert.equal(sizes.reserve([]), 0)
})

test('is remembered over a restart, without the secrets of an address', async () => {
  const file = join(folder, 'c.json')
  await (await TokenSizes.open(file)).note('http://user:secret@tsa.example/first?key=secret', 9_000)
  assert.equal((await TokenSizes.open(file)).reserve([FIRST]), 9_256)
  assert.ok(!(await readFile(file, 'utf8')).includes('secret'))
})

test.each(['', '{', '[]', '{"x":-1}', '{"x":1e9}'])('a file with %s is an empty memory', async (content) => {
  const file = join(folder, 'd.json')
  await writeFile(file, content)
  assert.equal((await TokenSizes.open(file)).reserve([FIRST]), UNKNOWN_TOKEN_BYTES)
})
