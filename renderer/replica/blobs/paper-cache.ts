// Papers on this device: fetched in parts, verified part by part and as a whole, and readable without a line.
import {
  PART_BYTES,
  createWholeHash,
  matchesWhole,
  missing,
  nameOf,
  type BlobManifest,
} from '../../../shared/blob/manifest.ts'
import { PARALLEL_PARTS } from '../../../shared/blob/transfer.ts'
import { ok, refuse, type Result } from '../../../shared/refusal.ts'
import type { BlobApi } from './blob-api.ts'
import { withStorage, type BlobTables } from './blob-tables.ts'
import { devicePacing, eachInParallel, mayPass, persist, type Pacing, type Round } from './retry.ts'
import type { OnProgress } from './upload-paper.ts'

/** Errors of the browser's storage come out as `device-storage-full` or `device-storage-closed`. */
export interface PaperCache {
  /**
   * Fetches what is missing. When it answers ok, the whole paper was read back from the device and has this hash.
   * Refuses what the hub refuses (`not-found` also for a paper one may not read), `hub-unavailable` when nothing has moved
   * for about two minutes, `part-hash-mismatch` when the hub keeps sending other bytes.
   * @throws the reason of `signal` when it is aborted
   */
  ensure(sha256: string, signal: AbortSignal, onProgress: OnProgress): Promise<Result<null>>
  /** Null when the paper is not wholly on the device. */
  bytes(sha256: string): Promise<Result<Uint8Array<ArrayBuffer> | null>>
  /** Is the whole paper on the device? */
  complete(sha256: string): Promise<Result<boolean>>
  /** Removes all other papers, and parts of none; what is being fetched stays. */
  keepOnly(sha256s: ReadonlySet<string>): Promise<Result<null>>
}

export function createPaperCache(tables: BlobTables, api: BlobApi, pacing: Pacing = devicePacing): PaperCache {
  /** Parts being fetched, whose manifest is not in the table yet. */
  const underway = new Set<BlobManifest>()
  const turns = new Map<string, Promise<unknown>>()

  async function isComplete(manifest: BlobManifest): Promise<boolean> {
    return missing(manifest, await tables.hasParts(manifest.parts)).length === 0
  }

  /** Stores only bytes that have the name they were asked for. */
  async function fetchPart(sha256: string, hash: string, signal: AbortSignal): Promise<Result<null>> {
    const fetched = await api.part(sha256, hash, signal)
    if (!fetched.ok) return fetched
    if (nameOf(fetched.value) !== hash) return refuse('part-hash-mismatch')
    await tables.putPart(hash, fetched.value)
    return ok(null)
  }

  /** Reads everything back, so that "on the device" is said of what the device can give; a part it cannot is fetched again. */
  async function verify(manifest: BlobManifest, onProgress: OnProgress, signal: AbortSignal): Promise<Result<null>> {
    const whole = createWholeHash()
    for (const [index, hash] of manifest.parts.entries()) {
      signal.throwIfAborted()
      const part = await tables.getPart(hash)
      if (part === null) {
        await tables.deletePart(hash)
        return refuse('part-missing')
      }
      whole.push(part)
      const done = Math.min((index + 1) * PART_BYTES, manifest.size)
      onProgress({ phase: 'checking', done, total: manifest.size })
    }
    return matchesWhole(manifest, whole)
  }

  async function fetchPaper(manifest: BlobManifest, onProgress: OnProgress, signal: AbortSignal): Promise<Round<null>> {
    const total = manifest.size
    const unfetched = new Set(missing(manifest, await tables.hasParts(manifest.parts)))
    const report = () => {
      const left = manifest.parts.filter((hash) => unfetched.has(hash)).length
      onProgress({ phase: 'moving', done: Math.max(0, total - left * PART_BYTES), total })
    }
    report()
    const { moved, failure } = await eachInParallel([...unfetched], PARALLEL_PARTS, async (hash) => {
      const fetched = await fetchPart(manifest.sha256, hash, signal)
      if (fetched.ok && unfetched.delete(hash)) report()
      return fetched
    })
    if (failure !== null)
      return mayPass(failure) ? { kind: 'broken', code: failure, moved } : { kind: 'refused', code: failure }

    const verified = await verify(manifest, onProgress, signal)
    if (!verified.ok) {
      // Good parts that make another paper are the hub's mistake; asking again gives the same.
      if (verified.code !== 'part-missing') return { kind: 'refused', code: verified.code }
      return { kind: 'broken', code: verified.code, moved: 0 }
    }
    await tables.putManifest(manifest)
    return { kind: 'done', value: null }
  }

  async function askManifest(sha256: string, signal: AbortSignal): Promise<Round<BlobManifest>> {
    const asked = await api.manifest(sha256, signal)
    if (!asked.ok) {
      if (mayPass(asked.code)) return { kind: 'broken', code: asked.code, moved: 0 }
      return { kind: 'refused', code: asked.code }
    }
    if (asked.value.sha256 !== sha256) return { kind: 'refused', code: 'part-hash-mismatch' }
    return { kind: 'done', value: asked.value }
  }

  async function fetchAll(sha256: string, signal: AbortSignal, onProgress: OnProgress): Promise<Result<null>> {
    const known = await tables.getManifest(sha256)
    if (known !== null && (await isComplete(known))) return ok(null)
    const asked = await persist(() => askManifest(sha256, signal), pacing, signal)
    if (!asked.ok) return asked
    underway.add(asked.value)
    try {
      return await persist(() => fetchPaper(asked.value, onProgress, signal), pacing, signal)
    } finally {
      underway.delete(asked.value)
    }
  }

  /** A viewer and the prefetch may want the same paper: the second waits, and finds it there. */
  async function inTurn<T>(sha256: string, work: () => Promise<T>): Promise<T> {
    const before = turns.get(sha256)
    const mine = before === undefined ? work() : before.then(work, work)
    turns.set(sha256, mine)
    try {
      return await mine
    } finally {
      if (turns.get(sha256) === mine) turns.delete(sha256)
    }
  }

  return {
    ensure: (sha256, signal, onProgress) =>
      withStorage(signal, () => inTurn(sha256, () => fetchAll(sha256, signal, onProgress))),

    bytes: (sha256) =>
      withStorage(null, async () => {
        const manifest = await tables.getManifest(sha256)
        if (manifest === null) return ok(null)
        const bytes = new Uint8Array(manifest.size)
        let filled = 0
        for (const hash of manifest.parts) {
          const part = await tables.getPart(hash)
          if (part === null || filled + part.length > bytes.length) return ok(null)
          bytes.set(part, filled)
          filled += part.length
        }
        return ok(filled === bytes.length ? bytes : null)
      }),

    complete: (sha256) =>
      withStorage(null, async () => {
        const manifest = await tables.getManifest(sha256)
        return ok(manifest !== null && (await isComplete(manifest)))
      }),

    keepOnly: (sha256s) =>
      withStorage(null, async () => {
        const kept = new Set([...underway].flatMap((manifest) => manifest.parts))
        for (const sha256 of sha256s) {
          for (const hash of (await tables.getManifest(sha256))?.parts ?? []) kept.add(hash)
        }
        await tables.deleteManifestsNotIn(sha256s)
        await tables.deletePartsNotIn(kept)
        return ok(null)
      }),
  }
}
