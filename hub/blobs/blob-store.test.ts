// The blob store on a real disk, and on a disk that fails: what was answered is there, what was refused left nothing.
import { mkdtemp, readFile, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import * as fs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PART_BYTES, cut, nameOf, type BlobManifest } from '../../shared/blob/manifest.ts'
import { ok, refuse } from '../../shared/refusal.ts'
import { UNREFERENCED_DAYS, openBlobStore, type BlobStore } from './blob-store.ts'
import type { FileSystem } from './durable-file.ts'

const accept = () => Promise.resolve(ok(null))
const DAY = 24 * 60 * 60 * 1000

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tra-my-blobs-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

function paper(length: number, mark: number): { bytes: Uint8Array; manifest: BlobManifest } {
  let x = mark
  const bytes = Uint8Array.from({ length }, () => (x = (Math.imul(x, 1664525) + 1013904223) >>> 0) >>> 24)
  const manifest = cut(bytes)
  if (!manifest.ok) throw new Error(manifest.code)
  return { bytes, manifest: manifest.value }
}

function partOf(bytes: Uint8Array, index: number): Uint8Array {
  return bytes.subarray(index * PART_BYTES, (index + 1) * PART_BYTES)
}

async function putAll(store: BlobStore, bytes: Uint8Array, manifest: BlobManifest): Promise<void> {
  for (const [index, hash] of manifest.parts.entries()) {
    expect(await store.putPart(hash, partOf(bytes, index))).toEqual(ok(null))
  }
}

async function readAll(store: BlobStore, sha256: string, start: number, end: number): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of store.open(sha256)!.read(start, end)) pieces.push(piece)
  return Buffer.concat(pieces)
}

async function filesUnder(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name)
}

const partPath = (hash: string) => join(folder, 'parts', hash.slice(0, 2), hash.slice(2, 4), hash)

describe('a paper', () => {
  it('is there after its parts and its commit, whole, in ranges, and for the next process', async () => {
    const { bytes, manifest } = paper(2 * PART_BYTES + 333, 1)
    const store = await openBlobStore(folder)
    await putAll(store, bytes, manifest)
    expect(store.open(manifest.sha256)).toBeNull()
    expect(await store.commit(manifest, accept)).toEqual(ok(null))

    const next = await openBlobStore(folder)
    for (const each of [store, next]) {
      expect(each.manifest(manifest.sha256)).toEqual(manifest)
      expect(each.papersWith(manifest.parts[1]!)).toEqual([manifest.sha256])
      expect((await readAll(each, manifest.sha256, 0, manifest.size)).equals(bytes)).toBe(true)
    }
    for (const [start, end] of [
      [0, 1],
      [PART_BYTES - 1, PART_BYTES + 1],
      [PART_BYTES, 2 * PART_BYTES],
      [10, manifest.size - 10],
      [manifest.size - 1, manifest.size],
      [5, manifest.size + 1000],
      [7, 7],
    ] as const) {
      expect((await readAll(next, manifest.sha256, start, end)).equals(bytes.subarray(start, end))).toBe(true)
    }
  })

  it('keeps each part once, however many papers have it', async () => {
    const first = paper(2 * PART_BYTES + 5, 1)
    const second = new Uint8Array(first.bytes.length + 60_000)
    second.set(first.bytes)
    const grown = cut(second)
    if (!grown.ok) throw new Error(grown.code)
    const store = await openBlobStore(folder)
    await putAll(store, first.bytes, first.manifest)
    await store.commit(first.manifest, accept)
    expect((await store.hasParts(grown.value.parts)).size).toBe(2)
    await putAll(store, second, grown.value)
    expect(await store.commit(grown.value, accept)).toEqual(ok(null))
    expect(await filesUnder(join(folder, 'parts'))).toHaveLength(4)
  })

  it('is not made of parts that are missing, or that make another whole', async () => {
    const { bytes, manifest } = paper(PART_BYTES + 10, 2)
    const store = await openBlobStore(folder)
    await store.putPart(manifest.parts[0]!, partOf(bytes, 0))
    expect(await store.commit(manifest, accept)).toEqual(refuse('part-missing'))
    await store.putPart(manifest.parts[1]!, partOf(bytes, 1))
    expect(await store.commit({ ...manifest, sha256: nameOf(new Uint8Array(1)) }, accept)).toEqual(
      refuse('part-hash-mismatch'),
    )
    expect(await store.commit({ ...manifest, size: manifest.size + 1 }, accept)).toEqual(refuse('part-hash-mismatch'))
    expect(await filesUnder(join(folder, 'manifests'))).toEqual([])
  })

  it('is not there when its content was refused', async () => {
    const { bytes, manifest } = paper(100, 3)
    const store = await openBlobStore(folder)
    await putAll(store, bytes, manifest)
    expect(await store.commit(manifest, () => Promise.resolve(refuse('paper-not-pdf')))).toEqual(
      refuse('paper-not-pdf'),
    )
    expect(store.open(manifest.sha256)).toBeNull()
    expect((await openBlobStore(folder)).open(manifest.sha256)).toBeNull()
  })

  it('asks again for a part that the disk has changed', async () => {
    const { bytes, manifest } = paper(PART_BYTES + 10, 4)
    const store = await openBlobStore(folder)
    await putAll(store, bytes, manifest)
    const rotten = Buffer.from(partOf(bytes, 1))
    rotten[0]! ^= 1
    await writeFile(partPath(manifest.parts[1]!), rotten)
    expect(await store.commit(manifest, accept)).toEqual(refuse('part-missing'))
    expect([...(await store.hasParts(manifest.parts))]).toEqual([manifest.parts[0]])
    await putAll(store, bytes, manifest)
    expect(await store.commit(manifest, accept)).toEqual(ok(null))
  })

  it('with a damaged manifest is reported and does not keep the others from being read', async () => {
    const good = paper(100, 5)
    const store = await openBlobStore(folder)
    await putAll(store, good.bytes, good.manifest)
    await store.commit(good.manifest, accept)
    const { sha256 } = good.manifest
    const damaged = 'f'.repeat(64)
    await fs.mkdir(join(folder, 'manifests', 'ff', 'ff'), { recursive: true })
    await writeFile(join(folder, 'manifests', 'ff', 'ff', `${damaged}.json`), '{"sha2')
    const next = await openBlobStore(folder)
    expect(next.damaged).toEqual([damaged])
    expect(next.manifest(sha256)).toEqual(good.manifest)
  })
})

describe('a part', () => {
  it('is refused under a name that is not its hash', async () => {
    const store = await openBlobStore(folder)
    const bytes = new Uint8Array([1, 2, 3])
    expect(await store.putPart(nameOf(new Uint8Array([1, 2, 4])), bytes)).toEqual(refuse('part-hash-mismatch'))
    expect(await store.putPart('../../escape', bytes)).toEqual(refuse('malformed'))
    expect(await store.putPart(nameOf(bytes), new Uint8Array(PART_BYTES + 1))).toEqual(refuse('too-large'))
    expect(await filesUnder(folder)).toEqual([])
  })

  it('half-written by a process that died is gone after the next opening', async () => {
    await openBlobStore(folder)
    await writeFile(join(folder, 'tmp', 'half'), 'half a part')
    await openBlobStore(folder)
    expect(await filesUnder(folder)).toEqual([])
  })
})

/** The real file system, whose `step` fails as a full disk does once `failing.now` is set. */
function fullDisk(
  step: 'write' | 'sync' | 'mkdir' | 'rename' | 'open',
  code: string,
  failing: { now: boolean },
): FileSystem {
  const full = () => Promise.reject(Object.assign(new Error(`${code}: no space`), { code }))
  const open: FileSystem['open'] = async (path, flags, mode) => {
    if (failing.now && step === 'open' && flags === 'wx') return full()
    const handle = await fs.open(path, flags, mode)
    if (!failing.now || flags !== 'wx') return handle
    // As a real disk does: some of the bytes still fit.
    if (step === 'write') {
      handle.writeFile = async (data) => {
        await handle.write((data as Uint8Array).subarray(0, 10))
        return full()
      }
    }
    if (step === 'sync') handle.sync = full
    return handle
  }
  const mkdir = ((path: string, options: { recursive: true }) =>
    failing.now && step === 'mkdir' ? full() : fs.mkdir(path, options)) as FileSystem['mkdir']
  const rename: FileSystem['rename'] = (from, to) => (failing.now && step === 'rename' ? full() : fs.rename(from, to))
  return { ...fs, open, mkdir, rename }
}

describe('a full disk', () => {
  const cases = (['open', 'write', 'sync', 'mkdir', 'rename'] as const).flatMap((step) =>
    ['ENOSPC', 'EDQUOT'].map((code) => [step, code] as const),
  )

  it.each(cases)(
    'at %s with %s refuses a part, leaves nothing, and serves again when there is room',
    async (step, code) => {
      const failing = { now: false }
      const store = await openBlobStore(folder, fullDisk(step, code, failing))
      const { bytes, manifest } = paper(PART_BYTES + 9, 6)
      failing.now = true
      expect(await store.putPart(manifest.parts[0]!, partOf(bytes, 0))).toEqual(refuse('storage-full'))
      expect(await filesUnder(folder)).toEqual([])
      expect((await store.hasParts(manifest.parts)).size).toBe(0)

      failing.now = false
      await putAll(store, bytes, manifest)
      failing.now = true
      expect(await store.commit(manifest, accept)).toEqual(refuse('storage-full'))
      expect(store.open(manifest.sha256)).toBeNull()
      expect(await filesUnder(join(folder, 'manifests'))).toEqual([])
      expect(await filesUnder(join(folder, 'tmp'))).toEqual([])

      failing.now = false
      expect(await store.commit(manifest, accept)).toEqual(ok(null))
      expect((await readAll(store, manifest.sha256, 0, manifest.size)).equals(bytes)).toBe(true)
    },
  )

  it('is told apart from a broken one', async () => {
    const failing = { now: true }
    const store = await openBlobStore(folder, fullDisk('write', 'EIO', failing))
    const bytes = new Uint8Array([9])
    await expect(store.putPart(nameOf(bytes), bytes)).rejects.toThrow('EIO')
    expect(await filesUnder(folder)).toEqual([])
  })
})

describe('collect', () => {
  async function age(path: string, days: number): Promise<void> {
    const then = new Date(Date.now() - days * DAY)
    await utimes(path, then, then)
  }
  const manifestPath = (sha256: string) =>
    join(folder, 'manifests', sha256.slice(0, 2), sha256.slice(2, 4), `${sha256}.json`)

  it('takes what nothing has used for seven days, and only that', async () => {
    const store = await openBlobStore(folder)
    const used = paper(PART_BYTES + 1, 10)
    const dropped = paper(PART_BYTES + 2, 20)
    const fresh = paper(300, 30)
    const stray = new Uint8Array([4, 4, 4])
    for (const each of [used, dropped, fresh]) {
      await putAll(store, each.bytes, each.manifest)
      await store.commit(each.manifest, accept)
    }
    await store.putPart(nameOf(stray), stray)
    await store.claims.add('lan', nameOf(stray))
    for (const each of [used, dropped]) {
      await age(manifestPath(each.manifest.sha256), UNREFERENCED_DAYS + 1)
      for (const hash of each.manifest.parts) await age(partPath(hash), UNREFERENCED_DAYS + 1)
    }
    const onlyUsed = (sha256: string) => sha256 === used.manifest.sha256

    expect(await store.collect(new Date(), onlyUsed)).toEqual({ blobs: 1, parts: 2 })
    expect(store.open(dropped.manifest.sha256)).toBeNull()
    for (const each of [used, fresh]) {
      expect((await readAll(store, each.manifest.sha256, 0, each.manifest.size)).equals(each.bytes)).toBe(true)
    }
    expect((await store.hasParts([nameOf(stray)])).size).toBe(1)

    const later = new Date(Date.now() + (UNREFERENCED_DAYS + 1) * DAY)
    expect(await store.collect(later, onlyUsed)).toEqual({ blobs: 1, parts: 2 })
    expect((await filesUnder(folder)).sort()).toEqual([...used.manifest.parts, `${used.manifest.sha256}.json`].sort())
  })

  it('leaves the parts of a commit that is under way', async () => {
    const store = await openBlobStore(folder)
    const { bytes, manifest } = paper(500, 40)
    await putAll(store, bytes, manifest)
    await age(partPath(manifest.parts[0]!), UNREFERENCED_DAYS + 1)
    const committed = await store.commit(manifest, async () => {
      expect(await store.collect(new Date(), () => false)).toEqual({ blobs: 0, parts: 0 })
      return ok(null)
    })
    expect(committed).toEqual(ok(null))
    expect((await readFile(partPath(manifest.parts[0]!))).equals(bytes)).toBe(true)
  })

  it('starts the seven days anew for a part that an upload asked about', async () => {
    const store = await openBlobStore(folder)
    const { bytes, manifest } = paper(500, 50)
    await putAll(store, bytes, manifest)
    await age(partPath(manifest.parts[0]!), UNREFERENCED_DAYS + 1)
    await store.hasParts(manifest.parts)
    expect(await store.collect(new Date(), () => false)).toEqual({ blobs: 0, parts: 0 })
    expect((await stat(partPath(manifest.parts[0]!))).size).toBe(500)
  })
})
