// Whether what was typed is safe: one small state for the line "Đã lưu 09:12".
import { useCallback, useState } from 'react'
import type { ActOutcome } from '../../../client/contract.ts'

export type Saved =
  { readonly state: 'idle' | 'saving' | 'waiting' | 'refused' } | { readonly state: 'saved'; readonly at: string }

/** @returns the state, and a wrapper that follows one saving act */
export function useSaved(): readonly [Saved, (outcome: Promise<ActOutcome>) => Promise<ActOutcome>] {
  const [saved, setSaved] = useState<Saved>({ state: 'idle' })
  const follow = useCallback(async (pending: Promise<ActOutcome>) => {
    setSaved({ state: 'saving' })
    const outcome = await pending
    if (outcome.state === 'accepted') setSaved({ state: 'saved', at: outcome.at })
    else setSaved({ state: outcome.state === 'waiting' ? 'waiting' : 'refused' })
    return outcome
  }, [])
  return [saved, follow]
}
