// Pages of the ledger from the hub, newest first; older ones on demand.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { ApiResponse } from '../../../shared/hub/api.ts'
import type { RefusalCode } from '../../../shared/refusal.ts'
import { useClient } from '../../client/provider.tsx'

export type LedgerEntry = ApiResponse<'ledger'>['entries'][number]

export interface LedgerPages {
  readonly streams: ApiResponse<'ledger'>['streams']
  readonly entries: readonly LedgerEntry[]
  /** Where the first chain does not hold; null while all do. */
  readonly brokenAt: ApiResponse<'ledger'>['brokenAt']
  /** The first entry was reached. */
  readonly complete: boolean
}

const PAGE = 100

export interface LedgerReading {
  /** Null until the first page is here. */
  readonly pages: LedgerPages | null
  readonly busy: boolean
  readonly problem: RefusalCode | null
  readonly older: () => void
  readonly reload: () => void
}

/** @param stream one book at a time: `before` counts within it */
export function useLedger(stream: string): LedgerReading {
  const { api } = useClient()
  const [pages, setPages] = useState<LedgerPages | null>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<RefusalCode | null>(null)
  // An answer for a stream that is no longer looked at is thrown away.
  const asked = useRef(0)

  const read = useCallback(
    async (before: LedgerPages | null) => {
      const mine = ++asked.current
      setBusy(true)
      const last = before?.entries.at(-1)
      const answer = await api.call('ledger', { stream, before: last?.seq ?? null, limit: PAGE })
      if (mine !== asked.current) return
      setBusy(false)
      setProblem(answer.ok ? null : answer.code)
      if (!answer.ok) return
      const { streams, entries, brokenAt } = answer.value
      setPages({
        streams,
        brokenAt,
        entries: [...(before?.entries ?? []), ...entries],
        complete: entries.length < PAGE,
      })
    },
    [api, stream],
  )
  useEffect(() => {
    setPages(null)
    void read(null)
    return () => {
      asked.current += 1
    }
  }, [read])
  return { pages, busy, problem, older: () => void read(pages), reload: () => void read(null) }
}
