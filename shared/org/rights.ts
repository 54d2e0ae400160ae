// Who may do what, from the positions that a person holds on a day. Least right: what is not named here is refused.
import { localDay } from '../text/dates.ts'
import { holdsOn } from './dates.ts'
import type { PositionRole } from './acts.ts'
import type { OrgState, Position } from './state.ts'

/** Roles that sit in a deciding body with a vote (Luật Tổ chức chính quyền địa phương: chair, deputies and members). */
const VOTING_ROLES: readonly PositionRole[] = ['chair', 'deputy-chair', 'member']
const PREPARING_ROLES: readonly PositionRole[] = ['chair', 'secretary']

/** The positions that a person holds at a moment (ISO 8601), in units that still exist on that day. */
export function positionsOf(org: OrgState, personId: string, now: string): readonly Position[] {
  const day = localDay(now)
  return Object.values(org.positions).filter((position) => {
    const unit = org.units[position.unitId]
    return position.personId === personId && holdsOn(position, day) && unit !== undefined && holdsOn(unit, day)
  })
}

export function isAdministrator(org: OrgState, personId: string, now: string): boolean {
  return positionsOf(org, personId, now).some((position) => position.role === 'administrator')
}

/** May this person prepare a meeting of this body? */
export function mayPrepareFor(org: OrgState, personId: string, bodyId: string, now: string): boolean {
  return positionsOf(org, personId, now).some((p) => p.unitId === bodyId && PREPARING_ROLES.includes(p.role))
}

/** The bodies whose meetings this person may prepare. */
export function preparesFor(org: OrgState, personId: string, now: string): readonly string[] {
  const held = positionsOf(org, personId, now).filter((position) => PREPARING_ROLES.includes(position.role))
  return [...new Set(held.map((position) => position.unitId))]
}

/** The voting members of a body on the day of a moment, sorted by id so that every device lists them alike. */
export function votingMembers(org: OrgState, bodyId: string, now: string): readonly string[] {
  const day = localDay(now)
  const body = org.units[bodyId]
  if (body === undefined || !holdsOn(body, day)) return []
  const seats = Object.values(org.positions).filter(
    (position) => position.unitId === bodyId && VOTING_ROLES.includes(position.role) && holdsOn(position, day),
  )
  return [...new Set(seats.map((position) => position.personId))].sort()
}

/** True when the person had a vote in this body once, and has none at the moment: a position that ended. */
export function voteHasEnded(org: OrgState, personId: string, bodyId: string, now: string): boolean {
  // Asked of each ballot: only the seats of this person are looked at, not who else votes.
  const seats = Object.values(org.positions).filter(
    (p) => p.personId === personId && p.unitId === bodyId && VOTING_ROLES.includes(p.role),
  )
  if (seats.length === 0) return false
  const day = localDay(now)
  const body = org.units[bodyId]
  return body === undefined || !holdsOn(body, day) || !seats.some((seat) => holdsOn(seat, day))
}
