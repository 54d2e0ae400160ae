// A paper as parts: how bytes are cut and named, so that two sides can tell which parts still have to travel.
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { z } from 'zod'
import { ok, refuse, type Result } from '../refusal.ts'

/**
 * One part size for every line and every device: two versions of a paper share parts only when both were cut at the
 * same places, so a part size chosen per line would send a whole paper again after a change of line. 256 KiB is what a
 * cut connection loses at most; on a 1 Mbit/s line it is 2 s. The price on a fast line is one request (about 0.3 kB of
 * headers, 0.1 %) and one fsync a part.
 */
export const PART_BYTES = 256 * 1024

/** Largest paper: a scanned volume of about 1,000 pages; also what one tablet can hold in memory to show it. */
export const MAX_BLOB_BYTES = 200 * 1024 * 1024

/** Follows from the two above; a manifest is at most about 54 kB of JSON. */
export const MAX_PARTS = MAX_BLOB_BYTES / PART_BYTES

/** SHA-256 in lower-case hexadecimal: the one spelling that is ever used as a name. */
export const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/)

export const BlobManifest = z
  .strictObject({
    /** Of the whole paper. */
    sha256: Sha256Hex,
    /** Bytes of the whole paper; an empty file is no paper. */
    size: z.int().min(1).max(MAX_BLOB_BYTES),
    partBytes: z.literal(PART_BYTES),
    /** Hashes of the parts in order; all are `partBytes` long but the last. */
    parts: z.array(Sha256Hex).min(1).max(MAX_PARTS).readonly(),
  })
  .readonly()
  .refine((manifest) => manifest.parts.length === Math.ceil(manifest.size / manifest.partBytes))

export type BlobManifest = z.infer<typeof BlobManifest>

/** Reads what another side calls a manifest. Refuses `paper-too-large` for an honest but too big paper, else `malformed`. */
export function parseManifest(input: unknown): Result<BlobManifest> {
  const claimed = z.object({ size: z.int() }).safeParse(input)
  if (claimed.success && claimed.data.size > MAX_BLOB_BYTES) return refuse('paper-too-large')
  const parsed = BlobManifest.safeParse(input)
  return parsed.success ? ok(parsed.data) : refuse('malformed')
}

/** The SHA-256 of these bytes, as a name. */
export function nameOf(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes))
}

/** How many parts a paper of `size` bytes has. */
export function partCount(size: number): number {
  return Math.ceil(size / PART_BYTES)
}

/** Length in bytes of part `index` of a paper of `size` bytes. */
export function partLength(size: number, index: number): number {
  return Math.min(PART_BYTES, size - index * PART_BYTES)
}

/** Takes the bytes of a paper in order, in pieces of any length, and names the whole without ever holding it. */
export interface WholeHash {
  push(bytes: Uint8Array): void
  /** Ends it: call once, last. */
  finish(): { readonly sha256: string; readonly size: number }
}

export function createWholeHash(): WholeHash {
  const hash = sha256.create()
  let size = 0
  return {
    push(bytes) {
      hash.update(bytes)
      size += bytes.length
    },
    finish: () => ({ sha256: bytesToHex(hash.digest()), size }),
  }
}

/** Takes a paper part by part, so that a page can hash 200 MB with pauses between the parts. */
export interface Cutter {
  /** The next part; every part but the last must be exactly `PART_BYTES` long. @throws RangeError otherwise */
  push(part: Uint8Array): void
  /** Refuses `malformed` for an empty file and `paper-too-large`. Call once, last. */
  finish(): Result<BlobManifest>
}

export function createCutter(): Cutter {
  const whole = createWholeHash()
  const parts: string[] = []
  let ended = false
  return {
    push(part) {
      if (ended || part.length === 0 || part.length > PART_BYTES) throw new RangeError('parts are cut at PART_BYTES')
      ended = part.length < PART_BYTES
      whole.push(part)
      parts.push(nameOf(part))
    },
    finish: () => parseManifest({ ...whole.finish(), partBytes: PART_BYTES, parts }),
  }
}

/** Cuts a paper that is wholly in memory. Refuses `malformed` for an empty file and `paper-too-large`. */
export function cut(bytes: Uint8Array): Result<BlobManifest> {
  if (bytes.length > MAX_BLOB_BYTES) return refuse('paper-too-large')
  const cutter = createCutter()
  for (let at = 0; at < bytes.length; at += PART_BYTES) cutter.push(bytes.subarray(at, at + PART_BYTES))
  return cutter.finish()
}

/** The parts of `manifest` that are not in `have`, each once, in the order of the paper: page 1 travels first. */
export function missing(manifest: BlobManifest, have: ReadonlySet<string>): readonly string[] {
  return [...new Set(manifest.parts)].filter((hash) => !have.has(hash))
}

/** Are these the bytes the manifest names? Refuses `paper-truncated` for another length, `part-hash-mismatch` for other bytes. */
export function verifyWhole(manifest: BlobManifest, bytes: Uint8Array): Result<null> {
  const whole = createWholeHash()
  whole.push(bytes)
  return matchesWhole(manifest, whole)
}

/** As `verifyWhole`, for bytes that were pushed piece by piece; ends `whole`. */
export function matchesWhole(manifest: BlobManifest, whole: WholeHash): Result<null> {
  const found = whole.finish()
  if (found.size !== manifest.size) return refuse('paper-truncated')
  return found.sha256 === manifest.sha256 ? ok(null) : refuse('part-hash-mismatch')
}
