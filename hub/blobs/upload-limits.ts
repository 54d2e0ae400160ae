// How much one person may send: so that one runaway client cannot fill the disk or take every socket of a meeting.
import { ok, refuse, type Result } from '../../shared/refusal.ts'

/** More than a 100 Mbit/s office network carries in a minute: five of the largest papers. */
export const UPLOAD_BYTES_PER_MINUTE = 1024 * 1024 * 1024

/** Two windows of one person, each with three parts and one commit under way. */
export const UPLOADS_AT_ONCE = 8

export interface UploadLimits {
  /**
   * Takes `bytes` from what `person` may send now. The answer must be called when the request has ended, however it ended.
   * Refuses `rate-limited`. Bytes of a request that broke off stay counted: they have travelled.
   */
  begin(person: string, bytes: number): Result<() => void>
}

interface Account {
  bytesLeft: number
  /** Milliseconds on the caller's clock. */
  filledAt: number
  underway: number
}

/** @param now a clock in milliseconds that never runs backwards */
export function createUploadLimits(now: () => number): UploadLimits {
  const accounts = new Map<string, Account>()

  function accountOf(person: string): Account {
    const at = now()
    const known = accounts.get(person) ?? { bytesLeft: UPLOAD_BYTES_PER_MINUTE, filledAt: at, underway: 0 }
    const earned = ((at - known.filledAt) / 60_000) * UPLOAD_BYTES_PER_MINUTE
    known.bytesLeft = Math.min(UPLOAD_BYTES_PER_MINUTE, known.bytesLeft + earned)
    known.filledAt = at
    accounts.set(person, known)
    return known
  }

  return {
    begin(person, bytes) {
      const account = accountOf(person)
      if (account.underway >= UPLOADS_AT_ONCE || account.bytesLeft < bytes) return refuse('rate-limited')
      account.underway += 1
      account.bytesLeft -= bytes
      let ended = false
      return ok(() => {
        if (ended) return
        ended = true
        account.underway -= 1
      })
    },
  }
}
