// What this person may open, from the directory on this device; the hub checks every act again.
import { useMemo } from 'react'
import { isAdministrator, preparesFor } from '../../shared/org/rights.ts'
import { EMPTY_ORG, type OrgState } from '../../shared/org/state.ts'
import type { DirectoryBoard } from '../../shared/org/view.ts'
import { useDirectory, useMe, useNow } from '../client/hooks.ts'

export interface Rights {
  readonly administrator: boolean
  /** Bodies whose meetings this person may prepare. */
  readonly preparesFor: readonly string[]
}

/** The part of the organisation that rights are read from. */
export function orgOf(directory: DirectoryBoard): OrgState {
  return { ...EMPTY_ORG, units: directory.units, positions: directory.positions }
}

const HOUR_MS = 3_600_000

/** Positions hold by the day, so looking once an hour is enough. */
export function useRights(): Rights {
  const { personId } = useMe()
  const directory = useDirectory()
  const now = useNow(HOUR_MS)
  return useMemo(() => {
    if (directory === null) return { administrator: false, preparesFor: [] }
    const org = orgOf(directory)
    const at = new Date(now).toISOString()
    return { administrator: isAdministrator(org, personId, at), preparesFor: preparesFor(org, personId, at) }
  }, [directory, personId, now])
}
