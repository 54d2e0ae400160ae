// Papers on the hub's disk: parts named by their hash, manifests that make papers of them, and nothing that is half there.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { PART_BYTES, Sha256Hex, parseManifest, partLength, type BlobManifest } from '../../shared/blob/manifest.ts'
import { ok, refuse, type Result } from '../../shared/refusal.ts'
import { diskFileSystem, type FileSystem } from './durable-file.ts'
import { openPartClaims, type PartClaims } from './part-claims.ts'
import { openHashFolder, readSlice, type HashFolder } from './part-files.ts'

/** A part that no paper uses, and a paper that no meeting uses, stay this long: an upload may pause over a holiday. */
export const UNREFERENCED_DAYS = 7

/** The bytes of a paper, read from its parts on demand. */
export interface BlobContent {
  readonly size: number
  /** Bytes `start` up to but not including `end`, in pieces of at most one part. */
  read(start: number, end: number): AsyncIterable<Uint8Array>
}

export interface Collected {
  readonly blobs: number
  readonly parts: number
}

export interface BlobStore {
  readonly claims: PartClaims
  /** Durable when it answers; twice is once. Refuses `part-hash-mismatch`, `too-large`, `storage-full`. */
  putPart(hash: string, bytes: Uint8Array): Promise<Result<null>>
  /** Those of `hashes` that are on disk. They will not be collected for the next seven days. */
  hasParts(hashes: readonly string[]): Promise<ReadonlySet<string>>
  /**
   * Makes a paper of its parts once `inspect` has accepted its content, and answers what `inspect` found.
   * Refuses `part-missing` (send again), `part-hash-mismatch` (the parts do not make this paper), `storage-full`, or what `inspect` refuses.
   */
  commit<T>(manifest: BlobManifest, inspect: (content: BlobContent) => Promise<Result<T>>): Promise<Result<T>>
  open(sha256: string): BlobContent | null
  manifest(sha256: string): BlobManifest | null
  /** The papers that contain this part. */
  papersWith(hash: string): readonly string[]
  /**
   * Removes papers that nothing refers to, then parts of no paper, both untouched for seven days. `isReferenced` is asked
   * about one paper at the moment of its removal, so that an act accepted meanwhile still saves it.
   */
  collect(now: Date, isReferenced: (sha256: string) => boolean): Promise<Collected>
  /** Papers whose manifest could not be read at opening; they are answered as not there. */
  readonly damaged: readonly string[]
}

function readManifest(text: string): BlobManifest | null {
  try {
    const manifest = parseManifest(JSON.parse(text))
    return manifest.ok ? manifest.value : null
  } catch {
    return null
  }
}

/** Opens or makes the store in `folder`; files that a crash left half-written are removed. */
export async function openBlobStore(folder: string, files: FileSystem = diskFileSystem): Promise<BlobStore> {
  const temporary = join(folder, 'tmp')
  await files.rm(temporary, { recursive: true, force: true })
  await files.mkdir(temporary, { recursive: true })
  const parts = openHashFolder(files, temporary, join(folder, 'parts'), '')
  const manifests = openHashFolder(files, temporary, join(folder, 'manifests'), '.json')
  const claims = openPartClaims(files, join(folder, 'claims'))

  const papers = new Map<string, BlobManifest>()
  const users = new Map<string, Set<string>>()
  /** Parts of commits under way, with how many: `collect` must not take a part between its check and its manifest. */
  const pinned = new Map<string, number>()
  /** Papers and parts that `collect` is taking away at this moment. */
  const leaving = new Set<string>()

  function index(manifest: BlobManifest): void {
    papers.set(manifest.sha256, manifest)
    for (const hash of manifest.parts) users.set(hash, (users.get(hash) ?? new Set()).add(manifest.sha256))
  }

  function unindex(manifest: BlobManifest): void {
    papers.delete(manifest.sha256)
    for (const hash of new Set(manifest.parts)) {
      const left = users.get(hash)
      left?.delete(manifest.sha256)
      if (left?.size === 0) users.delete(hash)
    }
  }

  // One bad file must not keep a whole commune from its meeting, so it is reported and left out.
  const damaged: string[] = []
  for await (const name of manifests.names()) {
    const manifest = readManifest(await files.readFile(manifests.path(name), 'utf8'))
    if (manifest?.sha256 === name) index(manifest)
    else damaged.push(name)
  }

  function contentOf(manifest: BlobManifest): BlobContent {
    return {
      size: manifest.size,
      async *read(start, end) {
        const last = Math.min(end, manifest.size)
        let at = Math.max(0, start)
        while (at < last) {
          const number = Math.floor(at / PART_BYTES)
          const hash = manifest.parts[number]
          if (hash === undefined) return
          const from = at - number * PART_BYTES
          const to = Math.min(partLength(manifest.size, number), last - number * PART_BYTES)
          yield await readSlice(files, parts.path(hash), from, to)
          at = number * PART_BYTES + to
        }
      },
    }
  }

  async function checkParts(manifest: BlobManifest): Promise<Result<null>> {
    if (leaving.has(manifest.sha256)) return refuse('part-missing')
    for (const [number, hash] of manifest.parts.entries()) {
      const length = leaving.has(hash) ? null : await parts.length(hash)
      if (length === null) return refuse('part-missing')
      if (length !== partLength(manifest.size, number)) return refuse('part-hash-mismatch')
    }
    const whole = createHash('sha256')
    for await (const bytes of contentOf(manifest).read(0, manifest.size)) whole.update(bytes)
    return whole.digest('hex') === manifest.sha256 ? ok(null) : await explainMismatch(manifest)
  }

  /** Either the sender's manifest is wrong, or the disk has changed a part: then the part goes, and is asked for again. */
  async function explainMismatch(manifest: BlobManifest): Promise<Result<null>> {
    let damaged = false
    for (const [number, hash] of manifest.parts.entries()) {
      const bytes = await readSlice(files, parts.path(hash), 0, partLength(manifest.size, number))
      if (createHash('sha256').update(bytes).digest('hex') === hash) continue
      await parts.remove(hash)
      damaged = true
      break
    }
    return refuse(damaged ? 'part-missing' : 'part-hash-mismatch')
  }

  function pin(manifest: BlobManifest, by: 1 | -1): void {
    for (const hash of manifest.parts) {
      const count = (pinned.get(hash) ?? 0) + by
      if (count === 0) pinned.delete(hash)
      else pinned.set(hash, count)
    }
  }

  async function takeAway(name: string, from: HashFolder): Promise<void> {
    leaving.add(name)
    try {
      await from.remove(name)
    } finally {
      leaving.delete(name)
    }
  }

  return {
    claims,
    damaged,

    async putPart(hash, bytes) {
      if (bytes.length > PART_BYTES) return refuse('too-large')
      if (!Sha256Hex.safeParse(hash).success) return refuse('malformed')
      if (createHash('sha256').update(bytes).digest('hex') !== hash) return refuse('part-hash-mismatch')
      if ((await parts.length(hash)) === bytes.length) {
        await parts.touch(hash, new Date())
        return ok(null)
      }
      return parts.write(hash, bytes)
    },

    async hasParts(hashes) {
      const found = new Set<string>()
      for (const hash of hashes) {
        if ((await parts.length(hash)) === null) continue
        if (!users.has(hash)) await parts.touch(hash, new Date())
        found.add(hash)
      }
      return found
    },

    async commit(manifest, inspect) {
      pin(manifest, 1)
      try {
        const checked = await checkParts(manifest)
        if (!checked.ok) return checked
        const inspected = await inspect(contentOf(manifest))
        if (!inspected.ok) return inspected
        const written = await manifests.write(manifest.sha256, new TextEncoder().encode(JSON.stringify(manifest)))
        if (!written.ok) return written
        index(manifest)
        return inspected
      } finally {
        pin(manifest, -1)
      }
    },

    open(sha256) {
      const manifest = papers.get(sha256)
      return manifest === undefined ? null : contentOf(manifest)
    },
    manifest: (sha256) => papers.get(sha256) ?? null,
    papersWith: (hash) => [...(users.get(hash) ?? [])],

    async collect(now, isReferenced) {
      const before = now.getTime() - UNREFERENCED_DAYS * 24 * 60 * 60 * 1000
      const old = (touchedAt: number | null) => touchedAt !== null && touchedAt < before
      const collected = { blobs: 0, parts: 0 }
      for (const manifest of [...papers.values()]) {
        if (!old(await manifests.touchedAt(manifest.sha256)) || isReferenced(manifest.sha256)) continue
        if (manifest.parts.some((hash) => pinned.has(hash))) continue
        unindex(manifest)
        await takeAway(manifest.sha256, manifests)
        collected.blobs += 1
      }
      for await (const hash of parts.names()) {
        if (!old(await parts.touchedAt(hash)) || users.has(hash) || pinned.has(hash)) continue
        await takeAway(hash, parts)
        collected.parts += 1
      }
      await claims.collect(new Date(before))
      return collected
    },
  }
}
