// What each event changes in the organisation: the one place where it changes, sharing everything that did not.
import { assertNever } from '../assert-never.ts'
import type { OrgEvent, OrgState, Unit } from './state.ts'

/** A new state that shares everything that did not change. `at` is the hub's time of the entry. */
export function evolveOrg(state: OrgState, event: OrgEvent, at: string): OrgState {
  switch (event.type) {
    case 'unitAdded': {
      const { unitId, name, code, kind, parentId, from } = event.unit
      const unit: Unit = { id: unitId, name, code, kind, parentId, from, until: null, successorId: null }
      return { ...state, units: { ...state.units, [unitId]: unit } }
    }
    case 'unitRenamed':
      return change(state, 'units', event.unitId, { name: event.name, code: event.code })
    case 'unitEnded':
      return change(state, 'units', event.unitId, { until: event.until, successorId: event.successorId })
    case 'personAdded':
    case 'personRenamed': {
      const { personId, name, phone } = event.person
      return { ...state, people: { ...state.people, [personId]: { id: personId, name, phone } } }
    }
    case 'positionGiven': {
      const { positionId, ...rest } = event.position
      return { ...state, positions: { ...state.positions, [positionId]: { id: positionId, ...rest, until: null } } }
    }
    case 'positionEnded':
      return change(state, 'positions', event.positionId, { until: event.until })
    case 'accountOpened': {
      const { personId, username } = event.account
      return { ...state, accounts: { ...state.accounts, [personId]: { personId, username, ended: false } } }
    }
    case 'accountEnded':
      return change(state, 'accounts', event.personId, { ended: true })
    case 'deviceEnrolled':
      return {
        ...state,
        devices: { ...state.devices, [event.device.id]: { ...event.device, enrolledAt: at, revokedAt: null } },
      }
    case 'deviceRevoked':
      return change(state, 'devices', event.deviceId, { revokedAt: at })
    case 'certificateBound':
      return {
        ...state,
        certificates: {
          ...state.certificates,
          [event.binding.fingerprint]: { ...event.binding, boundAt: at, endedAt: null },
        },
      }
    case 'certificateEnded':
      return change(state, 'certificates', event.fingerprint, { endedAt: at })
    case 'trustReplaced':
      return { ...state, trust: { ...event.trust, replacedAt: at } }
    default:
      return assertNever(event)
  }
}

function change<K extends Exclude<keyof OrgState, 'trust'>>(
  state: OrgState,
  table: K,
  id: string,
  values: Partial<OrgState[K][string]>,
): OrgState {
  const row = state[table][id]
  return row === undefined ? state : { ...state, [table]: { ...state[table], [id]: { ...row, ...values } } }
}
