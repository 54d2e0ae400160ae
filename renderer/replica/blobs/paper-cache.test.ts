// Papers on the device: nothing false is kept, nothing is fetched twice, and trouble of the browser's storage is told by name.
import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
import { describe, expect, it } from 'vitest'
import { PART_BYTES, cut, type BlobManifest } from '../../../shared/blob/manifest.ts'
import { ok, refuse } from '../../../shared/refusal.ts'
import type { BlobApi } from './blob-api.ts'
import { storageRefusal, type BlobTables } from './blob-tables.ts'
import { createPaperCache, type PaperCache } from './paper-cache.ts'
import { FRUITLESS_ROUNDS, type Pacing } from './retry.ts'

const pacing: Pacing = { wait: async () => {}, random: () => 0 }
const live = new AbortController().signal
const quiet = () => {}

function paper(length: number, mark: number): { bytes: Uint8Array<ArrayBuffer>; manifest: BlobManifest } {
  let x = mark
  const bytes = Uint8Array.from({ length }, () => (x = (Math.imul(x, 1664525) + 1013904223) >>> 0) >>> 24)
  const manifest = cut(bytes)
  if (!manifest.ok) throw new Error(manifest.code)
  return { bytes, manifest: manifest.value }
}

/** Tables in memory, open for the test to damage. */
function memory() {
  const manifests = new Map<string, BlobManifest>()
  const parts = new Map<string, Uint8Array | null>()
  const tables: BlobTables = {
    getManifest: async (sha256) => manifests.get(sha256) ?? null,
    putManifest: async (manifest) => void manifests.set(manifest.sha256, manifest),
    getPart: async (hash) => parts.get(hash) ?? null,
    putPart: async (hash, bytes) => void parts.set(hash, bytes),
    hasParts: async (hashes) => new Set(hashes.filter((hash) => parts.has(hash))),
    deletePart: async (hash) => void parts.delete(hash),
    deletePartsNotIn: async (hashes) =>
      [...parts.keys()].filter((hash) => !hashes.has(hash)).forEach((hash) => parts.delete(hash)),
    deleteManifestsNotIn: async (kept) =>
      [...manifests.keys()].filter((each) => !kept.has(each)).forEach((each) => manifests.delete(each)),
  }
  return { tables, manifests, parts }
}

/** A hub that has these papers; `part` may be scripted. */
function hub(
  papers: readonly ReturnType<typeof paper>[],
  script?: (n: number, good: Uint8Array<ArrayBuffer>) => Awaited<ReturnType<BlobApi['part']>>,
) {
  const asked: string[] = []
  const unused = () => Promise.reject(new Error('not part of reading'))
  const api: BlobApi = {
    missing: unused,
    putPart: unused,
    commit: unused,
    manifest: async (sha256) => {
      const found = papers.find((each) => each.manifest.sha256 === sha256)
      return found === undefined ? refuse('not-found') : ok(found.manifest)
    },
    part: async (sha256, hash) => {
      const found = papers.find((each) => each.manifest.sha256 === sha256)!
      const at = found.manifest.parts.indexOf(hash) * PART_BYTES
      const good = found.bytes.slice(at, at + PART_BYTES)
      asked.push(hash)
      return script?.(asked.length, good) ?? ok(good)
    },
  }
  return { api, asked }
}

const one = paper(3 * PART_BYTES + 5, 1)
const { sha256 } = one.manifest

/** Compared as bytes: an assertion on a million numbers takes seconds. */
async function holds(
  cache: PaperCache,
  paper: { readonly bytes: Uint8Array; readonly manifest: BlobManifest },
): Promise<boolean> {
  const found = await cache.bytes(paper.manifest.sha256)
  return found.ok && found.value !== null && Buffer.from(found.value).equals(paper.bytes)
}

describe('ensure', () => {
  it('brings the whole paper, and nothing twice', async () => {
    const { tables } = memory()
    const { api, asked } = hub([one])
    const cache = createPaperCache(tables, api, pacing)
    expect(await cache.complete(sha256)).toEqual(ok(false))
    expect(await cache.bytes(sha256)).toEqual(ok(null))
    // The prefetch and the viewer at once.
    expect(await Promise.all([1, 2].map(() => cache.ensure(sha256, live, quiet)))).toEqual([ok(null), ok(null)])
    expect(asked).toHaveLength(4)
    expect(await cache.complete(sha256)).toEqual(ok(true))
    expect(await holds(cache, one)).toBe(true)
    // A second version fetches only what is new.
    const grown = new Uint8Array(one.bytes.length + 1000)
    grown.set(one.bytes)
    const manifest = cut(grown)
    if (!manifest.ok) throw new Error(manifest.code)
    const second = hub([{ bytes: grown, manifest: manifest.value }])
    expect(await createPaperCache(tables, second.api, pacing).ensure(manifest.value.sha256, live, quiet)).toEqual(
      ok(null),
    )
    expect(second.asked).toHaveLength(1)
  })

  it('keeps no byte that does not have its name, and asks again', async () => {
    const { tables, parts } = memory()
    const { api, asked } = hub([one], (n, good) => ok(n === 2 ? good.toReversed() : good))
    expect(await createPaperCache(tables, api, pacing).ensure(sha256, live, quiet)).toEqual(ok(null))
    expect(asked).toHaveLength(5)
    expect(parts.size).toBe(4)

    const liar = hub([one], (_, good) => ok(good.toReversed()))
    const empty = memory()
    const refused = await createPaperCache(empty.tables, liar.api, pacing).ensure(sha256, live, quiet)
    expect(refused).toEqual(refuse('part-hash-mismatch'))
    expect([empty.parts.size, empty.manifests.size]).toEqual([0, 0])
    expect(liar.asked.length).toBeLessThanOrEqual(3 * (FRUITLESS_ROUNDS + 1))
  })

  it('does not take good parts in another order, or the manifest of another paper', async () => {
    const swapped = { ...one.manifest, parts: [1, 0, 2, 3].map((at) => one.manifest.parts[at]!) }
    const { tables } = memory()
    const { api } = hub([one])
    const lying: BlobApi = { ...api, manifest: async () => ok(swapped) }
    const cache = createPaperCache(tables, lying, pacing)
    expect(await cache.ensure(sha256, live, quiet)).toEqual(refuse('part-hash-mismatch'))
    expect(await cache.complete(sha256)).toEqual(ok(false))
    const other = paper(10, 9).manifest.sha256
    expect(await cache.ensure(other, live, quiet)).toEqual(refuse('part-hash-mismatch'))
  })

  it('goes on after a broken line with what it has', async () => {
    const { tables } = memory()
    const { api, asked } = hub([one], (n, good) => (n === 3 ? refuse('hub-unavailable') : ok(good)))
    expect(await createPaperCache(tables, api, pacing).ensure(sha256, live, quiet)).toEqual(ok(null))
    expect(asked).toHaveLength(5)
  })

  it('fetches a part again that the device can no longer decrypt', async () => {
    const { tables, parts, manifests } = memory()
    const { api } = hub([one])
    const cache = createPaperCache(tables, api, pacing)
    await cache.ensure(sha256, live, quiet)
    manifests.clear()
    parts.set(one.manifest.parts[2]!, null)
    expect(await cache.ensure(sha256, live, quiet)).toEqual(ok(null))
    expect(await holds(cache, one)).toBe(true)
  })

  it('tells what one may not read from what the line does not give', async () => {
    const { tables } = memory()
    const { api } = hub([])
    expect(await createPaperCache(tables, api, pacing).ensure(sha256, live, quiet)).toEqual(refuse('not-found'))
    const down: BlobApi = { ...api, manifest: async () => refuse('hub-unavailable') }
    expect(await createPaperCache(tables, down, pacing).ensure(sha256, live, quiet)).toEqual(refuse('hub-unavailable'))
  })
})

describe('keepOnly', () => {
  it('removes the others, and leaves what is being fetched', async () => {
    const two = paper(PART_BYTES + 1, 2)
    const three = paper(2 * PART_BYTES + 1, 3)
    const { tables, parts, manifests } = memory()
    const { api } = hub([one, two])
    const cache = createPaperCache(tables, api, pacing)
    await cache.ensure(sha256, live, quiet)
    await cache.ensure(two.manifest.sha256, live, quiet)
    let cleaned = false
    const slow: BlobApi = {
      ...hub([three]).api,
      part: async (paperHash, hash, signal) => {
        if (parts.has(three.manifest.parts[0]!) && !cleaned) {
          cleaned = true
          expect(await fetching.keepOnly(new Set([two.manifest.sha256]))).toEqual(ok(null))
        }
        return hub([three]).api.part(paperHash, hash, signal)
      },
    }
    const fetching = createPaperCache(tables, slow, pacing)
    // One part is here already, so that the cleaning falls between two parts.
    await tables.putPart(three.manifest.parts[0]!, three.bytes.slice(0, PART_BYTES))
    expect(await fetching.ensure(three.manifest.sha256, live, quiet)).toEqual(ok(null))
    expect(cleaned).toBe(true)
    expect([...manifests.keys()].toSorted()).toEqual([two.manifest.sha256, three.manifest.sha256].toSorted())
    expect([...parts.keys()].toSorted()).toEqual([...two.manifest.parts, ...three.manifest.parts].toSorted())
  })
})

describe("trouble of the browser's storage", () => {
  const quota = () => new DOMException('full', 'QuotaExceededError')

  it('has a name, however deep Dexie wraps it', async () => {
    expect(storageRefusal(quota())).toBe('device-storage-full')
    expect(storageRefusal(new Dexie.AbortError('aborted', quota()))).toBe('device-storage-full')
    expect(storageRefusal(Object.assign(new Error('bulk'), { name: 'BulkError', failures: [quota()] }))).toBe(
      'device-storage-full',
    )
    expect(storageRefusal(new DOMException('closing', 'InvalidStateError'))).toBe('device-storage-closed')
    expect(storageRefusal(new TypeError('x is not a function'))).toBeNull()
    expect(storageRefusal('text')).toBeNull()

    const database = new Dexie('closed')
    database.version(1).stores({ blob: 'sha256' })
    await database.open()
    database.close()
    const error: unknown = await database
      .table('blob')
      .get('x')
      .then(
        () => null,
        (reason: unknown) => reason,
      )
    expect(storageRefusal(error)).toBe('device-storage-closed')
  })

  it.each([
    ['device-storage-full', quota],
    ['device-storage-closed', () => new DOMException('closing', 'InvalidStateError')],
  ] as const)('comes out of every call as %s', async (code, trouble) => {
    const { tables } = memory()
    const failing = () => Promise.reject(trouble())
    const { api, asked } = hub([one])
    const writing = createPaperCache({ ...tables, putPart: failing }, api, pacing)
    expect(await writing.ensure(sha256, live, quiet)).toEqual(refuse(code))
    // A full device does not go on downloading.
    expect(asked.length).toBeLessThanOrEqual(3)
    const reading = createPaperCache({ ...tables, getManifest: failing, deleteManifestsNotIn: failing }, api, pacing)
    expect(await reading.bytes(sha256)).toEqual(refuse(code))
    expect(await reading.complete(sha256)).toEqual(refuse(code))
    expect(await reading.keepOnly(new Set())).toEqual(refuse(code))
  })

  it('does not hide mistakes of the program, nor an abort', async () => {
    const { tables } = memory()
    const broken = createPaperCache(
      { ...tables, getManifest: () => Promise.reject(new TypeError('bug')) },
      hub([one]).api,
      pacing,
    )
    await expect(broken.ensure(sha256, live, quiet)).rejects.toThrow('bug')
    const abort = new AbortController()
    const { api } = hub([one], (n, good) => {
      if (n === 2) abort.abort()
      abort.signal.throwIfAborted()
      return ok(good)
    })
    await expect(createPaperCache(tables, api, pacing).ensure(sha256, abort.signal, quiet)).rejects.toThrow(/abort/i)
  })
})
