// What the paper cache needs of the device's database, and what its failures are called.
import type { BlobManifest } from '../../../shared/blob/manifest.ts'
import { refuse, type RefusalCode, type Result } from '../../../shared/refusal.ts'

/**
 * Tables `blob(sha256 → manifest)` and `blobPart(hash → bytes, encrypted)`. Every call may reject with an error of the
 * browser's storage; the cache turns it into data.
 */
export interface BlobTables {
  /** Null when absent. */
  getManifest(sha256: string): Promise<BlobManifest | null>
  putManifest(manifest: BlobManifest): Promise<void>
  /** Null when absent, and when it cannot be decrypted: then it is fetched again. */
  getPart(hash: string): Promise<Uint8Array | null>
  putPart(hash: string, bytes: Uint8Array): Promise<void>
  /** Those of `hashes` that are there, without reading their bytes. */
  hasParts(hashes: readonly string[]): Promise<ReadonlySet<string>>
  deletePart(hash: string): Promise<void>
  deletePartsNotIn(hashes: ReadonlySet<string>): Promise<void>
  deleteManifestsNotIn(sha256s: ReadonlySet<string>): Promise<void>
}

const CLOSED = new Set([
  // Chromium: the connection was closed by the browser (profile locked, storage cleared, device suspended)
  'InvalidStateError',
  'UnknownError',
  // Dexie's names for: closed, cannot be opened, no IndexedDB here, aborted without another reason
  'DatabaseClosedError',
  'OpenFailedError',
  'MissingAPIError',
  'AbortError',
  'TransactionInactiveError',
])

/**
 * The refusal for an error of the browser's storage, or null for anything else. Dexie wraps what the browser says
 * (`inner`, `cause`, or a list of `failures`), and a full disk often hides in an AbortError: so full wins over closed.
 */
export function storageRefusal(error: unknown): Extract<RefusalCode, `device-storage-${string}`> | null {
  const names = namesOf(error, 0)
  if (names.includes('QuotaExceededError')) return 'device-storage-full'
  return names.some((name) => CLOSED.has(name)) ? 'device-storage-closed' : null
}

function namesOf(error: unknown, depth: number): readonly string[] {
  if (typeof error !== 'object' || error === null || depth > 4) return []
  const { name, inner, cause, failures } = error as Record<'name' | 'inner' | 'cause' | 'failures', unknown>
  const within = [inner, cause, ...(Array.isArray(failures) ? (failures as unknown[]) : [])]
  return [...(typeof name === 'string' ? [name] : []), ...within.flatMap((each) => namesOf(each, depth + 1))]
}

/** Runs `work` with errors of the browser's storage as data. @throws every other error, as it is */
export async function withStorage<T>(signal: AbortSignal | null, work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work()
  } catch (error) {
    // An abort is called AbortError too: what the caller asked for is no trouble of the storage.
    signal?.throwIfAborted()
    const code = storageRefusal(error)
    if (code === null) throw error
    return refuse(code)
  }
}
