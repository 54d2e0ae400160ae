// What happens to the organisation because of an act: events, or the reason why not. Pure and total.
import { assertNever } from '../assert-never.ts'
import { ok, refuse, type RefusalCode, type Result } from '../refusal.ts'
import type { OrgAct } from './acts.ts'
import { localDay } from '../text/dates.ts'
import type { Dated } from './dates.ts'
import { certificateOf, fingerprintOf } from './certificates.ts'
import { isAdministrator } from './rights.ts'
import { HUB_ACTOR, type OrgEvent, type OrgState } from './state.ts'

type Decision = Result<readonly OrgEvent[]>

/** @param now the hub's time, UTC ISO 8601 */
export function decideOrg(state: OrgState, act: OrgAct, now: string): Decision {
  if (act.type === 'org.found') return found(state, act)
  if (act.type === 'org.enrolDevice') return enrol(state, act)
  if (act.type === 'org.revokeDevice' && state.devices[act.body.deviceId]?.personId === act.actor)
    return revoke(state, act)
  if (!isAdministrator(state, act.actor, now)) return refuse('forbidden')
  switch (act.type) {
    case 'org.addUnit':
      return addUnit(state, act)
    case 'org.renameUnit': {
      const unit = state.units[act.body.unitId]
      return unit === undefined ? refuse('not-found') : ok([{ type: 'unitRenamed', ...act.body }])
    }
    case 'org.endUnit':
      return endUnit(state, act)
    case 'org.addPerson':
      if (state.people[act.body.personId] !== undefined) return refuse('already-exists')
      return ok([{ type: 'personAdded', person: act.body }])
    case 'org.renamePerson':
      if (state.people[act.body.personId] === undefined) return refuse('not-found')
      return ok([{ type: 'personRenamed', person: act.body }])
    case 'org.givePosition':
      return givePosition(state, act)
    case 'org.endPosition':
      return endPosition(state, act, now)
    case 'org.openAccount':
      return openAccount(state, act)
    case 'org.endAccount':
      return endAccount(state, act, now)
    case 'org.revokeDevice':
      return revoke(state, act)
    case 'org.bindCertificate':
      return bindCertificate(state, act, now)
    case 'org.endCertificate': {
      const bound = state.certificates[act.body.fingerprint]
      if (bound === undefined) return refuse('not-found')
      if (bound.endedAt !== null) return refuse('already-ended')
      return ok([{ type: 'certificateEnded', fingerprint: bound.fingerprint }])
    }
    case 'org.replaceTrust': {
      // An anchor that cannot be read would be passed over in silence later, and signatures would fail for no visible reason.
      const readable = act.body.anchors.every(({ certificate }) => certificateOf(certificate) !== null)
      return readable ? ok([{ type: 'trustReplaced', trust: act.body }]) : refuse('certificate-unreadable')
    }
    default:
      return assertNever(act)
  }
}

type ActOf<T extends OrgAct['type']> = Extract<OrgAct, { type: T }>

/** A hub is founded once, by itself, before anyone else exists. */
function found(state: OrgState, act: ActOf<'org.found'>): Decision {
  if (act.actor !== HUB_ACTOR) return refuse('forbidden')
  if (state.devices[HUB_ACTOR] !== undefined) return refuse('already-exists')
  const { hubKey, units, people, positions, accounts } = act.body
  return ok([
    { type: 'deviceEnrolled', device: { id: HUB_ACTOR, personId: HUB_ACTOR, name: 'hub', publicKey: hubKey } },
    ...units.map((unit): OrgEvent => ({ type: 'unitAdded', unit })),
    ...people.map((person): OrgEvent => ({ type: 'personAdded', person })),
    ...positions.map((position): OrgEvent => ({ type: 'positionGiven', position })),
    ...accounts.map((account): OrgEvent => ({ type: 'accountOpened', account })),
  ])
}

function enrol(state: OrgState, act: ActOf<'org.enrolDevice'>): Decision {
  const account = state.accounts[act.actor]
  if (account === undefined || account.ended) return refuse('account-ended')
  if (state.devices[act.body.deviceId] !== undefined) return refuse('already-exists')
  const { deviceId, publicKey, name } = act.body
  return ok([{ type: 'deviceEnrolled', device: { id: deviceId, personId: act.actor, publicKey, name } }])
}

function revoke(state: OrgState, act: ActOf<'org.revokeDevice'>): Decision {
  const device = state.devices[act.body.deviceId]
  if (device === undefined || device.personId === HUB_ACTOR) return refuse('not-found')
  if (device.revokedAt !== null) return refuse('already-ended')
  return ok([{ type: 'deviceRevoked', deviceId: device.id }])
}

function addUnit(state: OrgState, act: ActOf<'org.addUnit'>): Decision {
  const { unitId, parentId } = act.body
  if (state.units[unitId] !== undefined) return refuse('already-exists')
  const parent = parentId === null ? null : state.units[parentId]
  if (parent === undefined) return refuse('not-found')
  if (parent !== null && parent.until !== null && parent.until <= act.body.from) return refuse('already-ended')
  return ok([{ type: 'unitAdded', unit: act.body }])
}

/** A unit ends empty: who still sits in it must be moved or ended first, so that nobody loses a right unnoticed. */
function endUnit(state: OrgState, act: ActOf<'org.endUnit'>): Decision {
  const { unitId, until, successorId } = act.body
  const unit = state.units[unitId]
  if (unit === undefined || (successorId !== null && state.units[successorId] === undefined)) return refuse('not-found')
  if (unit.until !== null) return refuse('already-ended')
  if (until < unit.from) return refuse('ends-before-start')
  if (successorId === unitId) return refuse('unit-cycle')
  const occupied =
    Object.values(state.positions).some((p) => p.unitId === unitId && holdsAfter(p, until)) ||
    Object.values(state.units).some((u) => u.parentId === unitId && holdsAfter(u, until))
  return occupied ? refuse('unit-has-positions') : ok([{ type: 'unitEnded', unitId, until, successorId }])
}

function givePosition(state: OrgState, act: ActOf<'org.givePosition'>): Decision {
  const { positionId, personId, unitId, from } = act.body
  const unit = state.units[unitId]
  if (state.positions[positionId] !== undefined) return refuse('already-exists')
  if (unit === undefined || state.people[personId] === undefined) return refuse('not-found')
  if (unit.until !== null && unit.until <= from) return refuse('already-ended')
  return ok([{ type: 'positionGiven', position: act.body }])
}

function endPosition(state: OrgState, act: ActOf<'org.endPosition'>, now: string): Decision {
  const { positionId, until } = act.body
  const position = state.positions[positionId]
  if (position === undefined) return refuse('not-found')
  if (position.until !== null) return refuse('already-ended')
  if (until < position.from) return refuse('ends-before-start')
  const rest = { ...state, positions: { ...state.positions, [positionId]: { ...position, until } } }
  return lastAdministratorGone(rest, now) ?? ok([{ type: 'positionEnded', positionId, until }])
}

function openAccount(state: OrgState, act: ActOf<'org.openAccount'>): Decision {
  const { personId, username } = act.body
  if (state.people[personId] === undefined) return refuse('not-found')
  const current = state.accounts[personId]
  if (current !== undefined && !current.ended) return refuse('already-exists')
  const taken = Object.values(state.accounts).some((a) => a.username === username && a.personId !== personId)
  return taken ? refuse('username-taken') : ok([{ type: 'accountOpened', account: { personId, username } }])
}

function endAccount(state: OrgState, act: ActOf<'org.endAccount'>, now: string): Decision {
  const account = state.accounts[act.body.personId]
  if (account === undefined) return refuse('not-found')
  if (account.ended) return refuse('already-ended')
  const rest = { ...state, accounts: { ...state.accounts, [account.personId]: { ...account, ended: true } } }
  return lastAdministratorGone(rest, now) ?? ok([{ type: 'accountEnded', personId: account.personId }])
}

/**
 * A certificate stands for one person at a time, so that a signature names one. One that was ended may be bound again: to the same person
 * after a mistake, or to another who got the device. One that has run out binds nobody.
 */
function bindCertificate(state: OrgState, act: ActOf<'org.bindCertificate'>, now: string): Decision {
  const { personId, certificate } = act.body
  if (state.people[personId] === undefined) return refuse('not-found')
  const parsed = certificateOf(certificate)
  if (parsed === null) return refuse('certificate-unreadable')
  if (Date.parse(now) > parsed.notAfter) return refuse('certificate-expired')
  const fingerprint = fingerprintOf(certificate)
  if (state.certificates[fingerprint]?.endedAt === null) return refuse('already-exists')
  return ok([{ type: 'certificateBound', binding: { fingerprint, personId, certificate } }])
}

/** On that day or on any later one. */
function holdsAfter(dated: Dated, day: string): boolean {
  return dated.until === null || dated.until > day
}

/** Somebody who can log in must remain able to administer, today and on every later day on which a position ends. */
function lastAdministratorGone(rest: OrgState, now: string): { ok: false; code: RefusalCode } | null {
  const today = localDay(now)
  const ends = Object.values(rest.positions).flatMap((p) =>
    p.role === 'administrator' && p.until !== null ? [p.until] : [],
  )
  const days = [today, ...ends.filter((day) => day > today)]
  const safe = days.every((day) => {
    const moment = day === today ? now : `${day}T00:00:00.000Z`
    return Object.values(rest.accounts).some((a) => !a.ended && isAdministrator(rest, a.personId, moment))
  })
  return safe ? null : refuse('last-administrator')
}
