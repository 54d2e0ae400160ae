// Whom a form may offer: bodies that I prepare for, members of a body, people of the directory.
import { useMemo } from 'react'
import { positionsOf, preparesFor, votingMembers } from '../../../../shared/org/rights.ts'
import { EMPTY_ORG, type OrgState } from '../../../../shared/org/state.ts'
import { useDirectory, useMe } from '../../../client/hooks.ts'
import { byGivenName } from '../logic/attendance.ts'

interface Option {
  readonly value: string
  readonly label: string
}

export interface Candidates {
  readonly bodies: readonly Option[]
  bodyName(bodyId: string): string
  members(bodyId: string): readonly Option[]
  readonly people: readonly Option[]
  /** First position of a person in this body with this role, for the first suggestion. */
  holder(bodyId: string, role: 'chair' | 'secretary'): string | null
  /** The title that a person holds now; empty when none. */
  titleOf(personId: string): string
}

/** @param now ISO 8601; null while the directory is not on this device */
export function useCandidates(now: string): Candidates | null {
  const directory = useDirectory()
  const { personId } = useMe()
  const day = now.slice(0, 10)
  return useMemo(() => {
    if (directory === null) return null
    const { units, people, positions } = directory
    const at = `${day}T12:00:00.000Z`
    const org: OrgState = { ...EMPTY_ORG, units, positions }
    const option = (id: string): Option => ({ value: id, label: people[id]?.name ?? id })
    const sorted = (ids: readonly string[]) => ids.map(option).sort((a, b) => byGivenName(a.label, b.label))
    return {
      bodies: preparesFor(org, personId, at).map((id) => ({ value: id, label: units[id]?.name ?? id })),
      bodyName: (id) => units[id]?.name ?? '',
      members: (bodyId) => sorted(votingMembers(org, bodyId, at)),
      people: sorted(Object.keys(people).filter((id) => positionsOf(org, id, at).length > 0)),
      holder: (bodyId, role) =>
        Object.values(positions).find((p) => p.unitId === bodyId && p.role === role && p.until === null)?.personId ??
        null,
      titleOf: (id) => positionsOf(org, id, at)[0]?.title ?? '',
    }
  }, [directory, personId, day])
}
