// What the browser's storage says when it fails, as one of two codes that a person can act on, and where screens can watch it.
import type { RefusalCode, Result } from '../../shared/refusal.ts'
import { ok, refuse } from '../../shared/refusal.ts'
import { createValue, type Watchable } from './value.ts'

export type StorageCode = Extract<RefusalCode, 'device-storage-full' | 'device-storage-closed'>

/**
 * Everything that is not "full" is "closed": closed by the browser, by another window with a newer version, damaged,
 * or taken away while the page ran; for each the person does the same, opens the application again.
 */
export function storageCode(error: unknown): StorageCode {
  return hasQuotaError(error, 0) ? 'device-storage-full' : 'device-storage-closed'
}

/** Dexie wraps the browser's error, sometimes twice (a bulk write inside a transaction). */
function hasQuotaError(error: unknown, depth: number): boolean {
  if (typeof error !== 'object' || error === null || depth > 4) return false
  if ('name' in error && error.name === 'QuotaExceededError') return true
  if ('inner' in error && hasQuotaError(error.inner, depth + 1)) return true
  return 'failures' in error && Array.isArray(error.failures) && error.failures.some((e) => hasQuotaError(e, depth + 1))
}

export interface StorageGuard {
  /** Null while the storage works; a full storage that takes a write again is no problem any more. */
  readonly problem: Watchable<StorageCode | null>
  /** Runs work on the storage; its failure comes back as data and is shown to the person. */
  run<T>(work: () => PromiseLike<T>): Promise<Result<T>>
  /** For what the browser tells outside any work: the database was closed under us. */
  note(code: StorageCode): void
}

export function createStorageGuard(): StorageGuard {
  const problem = createValue<StorageCode | null>(null)
  return {
    problem,
    note: (code) => problem.set(code),
    run: async (work) => {
      try {
        const value = await work()
        problem.set(null)
        return ok(value)
      } catch (error) {
        const code = storageCode(error)
        problem.set(code)
        return refuse(code)
      }
    },
  }
}
