// Evidence is kept until it runs out, within its space, and a disk that refuses only makes it slow.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { readdir, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, test } from 'vitest'
import { evidenceCache } from './evidence-cache.ts'

const root = mkdtempSync(join(tmpdir(), 'tra-my-evidence-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

let folders = 0
const newFolder = () => join(root, String(folders++))
const NOW = 1_700_000_000_000
const HOUR = 3_600_000
const bytes = (length: number, value = 1) => new Uint8Array(length).fill(value)

test('what was put is got until it runs out, and not after', async () => {
  const cache = evidenceCache(newFolder())
  assert.equal(await cache.get('a', NOW), null)
  await cache.put('a', bytes(3), NOW + HOUR, NOW)
  assert.deepEqual(await cache.get('a', NOW + HOUR), bytes(3))
  assert.equal(await cache.get('a', NOW + HOUR + 1), null)
  assert.equal(await cache.get('b', NOW), null)
})

test('a newer one takes the place of an older', async () => {
  const folder = newFolder()
  const cache = evidenceCache(folder)
  await cache.put('a', bytes(3), NOW + HOUR, NOW)
  await cache.put('a', bytes(4), NOW + 2 * HOUR, NOW)
  assert.deepEqual(await cache.get('a', NOW + 2 * HOUR), bytes(4))
  assert.equal((await readdir(folder)).length, 1)
})

test('keys say nothing in file names', async () => {
  const folder = newFolder()
  await evidenceCache(folder).put('http://crl.example/../../x', bytes(3), NOW + HOUR, NOW)
  assert.match((await readdir(folder)).join(), /^[0-9a-f]{64}\.evidence$/)
})

test('what ran out goes first, then what runs out next, until the rest fits', async () => {
  const folder = newFolder()
  const cache = evidenceCache(folder, 100)
  await cache.put('old', bytes(10), NOW + HOUR, NOW)
  await cache.put('soon', bytes(50), NOW + 3 * HOUR, NOW)
  await cache.put('later', bytes(40), NOW + 4 * HOUR, NOW + 2 * HOUR)
  assert.equal((await readdir(folder)).length, 2)
  await cache.put('latest', bytes(40), NOW + 5 * HOUR, NOW + 2 * HOUR)
  const left = await Promise.all(['soon', 'later', 'latest'].map((key) => cache.get(key, NOW + 2 * HOUR)))
  assert.deepEqual(
    left.map((one) => one?.length ?? 0),
    [0, 40, 40],
  )
})

test('what has run out already, or is larger than the space, is not kept', async () => {
  const cache = evidenceCache(newFolder(), 100)
  await cache.put('old', bytes(3), NOW, NOW)
  await cache.put('large', bytes(101), NOW + HOUR, NOW)
  assert.deepEqual([await cache.get('old', NOW), await cache.get('large', NOW)], [null, null])
})

test('a file that grew beyond any list is not read', async () => {
  const folder = newFolder()
  const cache = evidenceCache(folder)
  await cache.put('a', bytes(3), NOW + HOUR, NOW)
  const [name = ''] = await readdir(folder)
  await truncate(join(folder, name), 33 * 1024 * 1024)
  await utimes(join(folder, name), new Date(NOW + HOUR), new Date(NOW + HOUR))
  assert.equal(await cache.get('a', NOW), null)
})

test('other files in the folder are left alone', async () => {
  const folder = newFolder()
  const cache = evidenceCache(folder, 100)
  await cache.put('a', bytes(60), NOW + HOUR, NOW)
  await writeFile(join(folder, 'readme.txt'), 'x'.repeat(1000))
  await cache.put('b', bytes(60), NOW + 2 * HOUR, NOW)
  assert.ok((await readdir(folder)).includes('readme.txt'))
})

test('a folder that cannot be written only makes it slow', async () => {
  const folder = newFolder()
  await writeFile(folder, 'a file')
  const cache = evidenceCache(folder)
  await cache.put('a', bytes(3), NOW + HOUR, NOW)
  assert.equal(await cache.get('a', NOW), null)
})
