// Sends one paper to the hub over a line that may drop at any moment: only missing parts travel, and nothing travels twice.
import { MAX_BLOB_BYTES, PART_BYTES, createCutter, type BlobManifest } from '../../../shared/blob/manifest.ts'
import { PARALLEL_PARTS, type AdmittedPaper } from '../../../shared/blob/transfer.ts'
import { ok, refuse, type RefusalCode, type Result } from '../../../shared/refusal.ts'
import type { BlobApi } from './blob-api.ts'
import { devicePacing, eachInParallel, mayPass, persist, type Pacing, type Round } from './retry.ts'

export interface TransferProgress {
  /** `reading` on this device, `moving` over the line, `checking` at the hub or after the download. */
  readonly phase: 'reading' | 'moving' | 'checking'
  /** Bytes of the paper that are through this phase; parts the other side had already count as moved. */
  readonly done: number
  readonly total: number
}

export type OnProgress = (progress: TransferProgress) => void

/**
 * Cuts the file part by part. Reading each part gives the page back to the browser; hashing one takes about 5 ms, so
 * that nothing freezes, and the same code runs where a worker does not.
 */
async function fingerprint(file: Blob, onProgress: OnProgress, signal: AbortSignal): Promise<Result<BlobManifest>> {
  if (file.size > MAX_BLOB_BYTES) return refuse('paper-too-large')
  if (file.size === 0) return refuse('paper-not-pdf')
  const cutter = createCutter()
  for (let at = 0; at < file.size; at += PART_BYTES) {
    signal.throwIfAborted()
    const part = await readPart(file, at)
    if (part === null) return refuse('paper-truncated')
    cutter.push(part)
    onProgress({ phase: 'reading', done: Math.min(at + PART_BYTES, file.size), total: file.size })
  }
  return cutter.finish()
}

/** Null when the file was changed or taken away after it was chosen: the browser then refuses to read it. */
async function readPart(file: Blob, start: number): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await file.slice(start, start + PART_BYTES).arrayBuffer())
  } catch {
    return null
  }
}

/**
 * Sends `file` and waits until the hub has accepted it as a paper.
 * Refuses what the hub refuses; `hub-unavailable` when nothing has moved for about two minutes (call again later: what has
 * arrived stays); `paper-truncated` when the file changed or vanished while it was read; `paper-not-pdf` for an empty file.
 * @throws the reason of `signal` when it is aborted
 */
export async function uploadPaper(
  file: Blob,
  api: BlobApi,
  onProgress: OnProgress,
  signal: AbortSignal,
  pacing: Pacing = devicePacing,
): Promise<Result<AdmittedPaper>> {
  const read = await fingerprint(file, onProgress, signal)
  if (!read.ok) return read
  const manifest = read.value
  const offsets = new Map(manifest.parts.map((hash, index) => [hash, index * PART_BYTES]))
  const total = manifest.size

  async function sendPart(hash: string): Promise<Result<null>> {
    const bytes = await readPart(file, offsets.get(hash) ?? 0)
    return bytes === null ? refuse('paper-truncated') : api.putPart(hash, bytes, signal)
  }

  /** Not acknowledged by the hub: what is acknowledged is durable there, and need not be asked about after each break. */
  const unsent = new Set(offsets.keys())
  let fewest = Infinity

  function report(): void {
    const left = manifest.parts.filter((hash) => unsent.has(hash)).length
    onProgress({ phase: 'moving', done: Math.max(0, total - left * PART_BYTES), total })
  }

  /** Counts only what has never been so few: a hub that takes a part and forgets it must not keep us for ever. */
  function movedSinceLast(): number {
    const moved = unsent.size < fewest ? 1 : 0
    fewest = Math.min(fewest, unsent.size)
    return moved
  }

  async function askMissing(): Promise<Result<null>> {
    if (unsent.size === 0) return ok(null)
    const asked = await api.missing([...unsent], signal)
    if (!asked.ok) return asked
    const missing = new Set(asked.value)
    for (const hash of [...unsent]) if (!missing.has(hash)) unsent.delete(hash)
    return ok(null)
  }

  async function round(): Promise<Round<AdmittedPaper>> {
    const asked = await askMissing()
    if (!asked.ok) return failed(asked.code, 0)
    report()
    const { failure } = await eachInParallel([...unsent], PARALLEL_PARTS, async (hash) => {
      const sent = await sendPart(hash)
      if (sent.ok && unsent.delete(hash)) report()
      return sent
    })
    const moved = movedSinceLast()
    if (failure !== null) return failed(failure, moved)

    onProgress({ phase: 'checking', done: total, total })
    const committed = await api.commit(manifest, signal)
    if (committed.ok) return { kind: 'done', value: committed.value }
    if (committed.code === 'part-missing') for (const hash of offsets.keys()) unsent.add(hash)
    // All parts are right and the whole is not: sending them again makes the same whole.
    if (committed.code === 'part-hash-mismatch') return { kind: 'refused', code: committed.code }
    return failed(committed.code, moved)
  }

  return persist(round, pacing, signal)
}

function failed(code: RefusalCode, moved: number): Round<never> {
  return mayPass(code) ? { kind: 'broken', code, moved } : { kind: 'refused', code }
}
