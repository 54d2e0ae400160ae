// What waits for this person, for the desk and for the number beside its name.
import { useMemo } from 'react'
import type { DeskEntry } from '../../../shared/meeting/view.ts'
import { useDesk } from '../../client/hooks.ts'
import { waitingIn } from './desk-order.ts'

export function useWaitingForMe(): readonly DeskEntry[] {
  const desk = useDesk()
  return useMemo(() => Object.values(desk?.meetings ?? {}).filter((entry) => waitingIn(entry) !== null), [desk])
}
