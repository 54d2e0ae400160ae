// Performs an act of an administrator and says what became of it.
import type { ActBody } from '../../../shared/domain.ts'
import type { OrgActType } from '../../../shared/org/acts.ts'
import { usePerform } from '../../client/hooks.ts'
import { notifyOutcome } from '../../components/refusal.tsx'

/** @returns true when the hub took it or will be asked as soon as there is a line */
export type PerformOrgAct = <T extends OrgActType>(type: T, body: ActBody<T>, done: string) => Promise<boolean>

export function useOrgAct(): PerformOrgAct {
  const perform = usePerform()
  return async (type, body, done) => notifyOutcome(await perform(type, body), done)
}
