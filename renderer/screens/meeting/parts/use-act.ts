// Performing an act from a button: the screen shows what was accepted, a message says what was not.
import { useCallback } from 'react'
import type { ActBody, ActType } from '../../../../shared/domain.ts'
import { usePerform } from '../../../client/hooks.ts'
import { notifyOutcome } from '../../../components/refusal.tsx'

type Act = <T extends ActType>(type: T, body: ActBody<T>) => Promise<boolean>

/** @returns true when the hub took the act or it is safe in the outbox; a refusal has then been said in a sentence */
export function useAct(): Act {
  const perform = usePerform()
  return useCallback<Act>(async (type, body) => notifyOutcome(await perform(type, body)), [perform])
}
