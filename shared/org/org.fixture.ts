// The sample commune as a state, and the acts that change it: for tests only.
import { SAMPLE_COMMUNE, sampleId } from '../sample/commune.ts'
import type { RefusalCode } from '../refusal.ts'
import type { OrgAct, OrgActType, PublicKey } from './acts.ts'
import { decideOrg } from './decide.ts'
import { evolveOrg } from './evolve.ts'
import { EMPTY_ORG, HUB_ACTOR, type OrgState } from './state.ts'

export const FOUNDED_AT = '2026-01-05T01:00:00.000Z'
export const TODAY = '2026-11-23'
/** Nine in the morning of `TODAY` in Vietnam. */
export const NOW = '2026-11-23T02:00:00.000Z'

export const PUBLIC_KEY: PublicKey = { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'B'.repeat(43) }

/** A real certificate of "Nguyễn Văn Ưởng", valid from 25 November 2026 for ten years; nobody has its key. DER as base64. */
export const CERTIFICATE =
  'MIIBzjCCAXWgAwIBAgIBBzAKBggqhkjOPQQDAjBIMQswCQYDVQQGEwJWTjEZMBcGA1UECgwQVUJORCB4w6MgVHLDoCBNeTEeMBwG' +
  'A1UEAwwVTmd1eeG7hW4gVsSDbiDGr+G7n25nMB4XDTI2MTEyNTA5MDEzM1oXDTM2MTEyMjA5MDEzM1owSDELMAkGA1UEBhMCVk4x' +
  'GTAXBgNVBAoMEFVCTkQgeMOjIFRyw6AgTXkxHjAcBgNVBAMMFU5ndXnhu4VuIFbEg24gxq/hu59uZzBZMBMGByqGSM49AgEGCCqG' +
  'SM49AwEHA0IABC+hqYpyF+ICxDkAwpdLOHYbtGTJypr23JkKJLVKKl4bhy6apq5W/4dXSx9HgGlbdQVOzYrVRHz5Yb5RaaaEcJuj' +
  'UDBOMB0GA1UdDgQWBBTZamXJBjP26Y2JQWjxRzoFU6ZPBzAfBgNVHSMEGDAWgBTZamXJBjP26Y2JQWjxRzoFU6ZPBzAMBgNVHRMB' +
  'Af8EAjAAMAoGCCqGSM49BAMCA0cAMEQCIEcRxSuD1sgyez4VfCiEW3ux7yoUxtfEa+GqZ6DDn/uyAiAT3Y1u/UxZ1b9J9LXNx6zc' +
  'DoheT3Xymj2/xSezQ/VQMQ=='
export const FINGERPRINT = '53a246061145dfd43c503478116774f307eff3cd7d96b1f1dc3947a800da2127'
/** A moment in which the certificate holds. */
export const CERTIFIED_AT = '2026-12-01T02:00:00.000Z'

export const ADMIN = sampleId('person/quantri')
export const ADMIN_POSITION = sampleId('position/quantri/0')
export const STRANGER = sampleId('person/stranger')

export type OrgBody<T extends OrgActType> = Extract<OrgAct, { type: T }>['body']

export function orgAct<T extends OrgActType>(type: T, body: OrgBody<T>, actor = ADMIN): OrgAct {
  // Type and body belong together by the signature; TypeScript cannot see it through the union.
  return { type, actor, body } as unknown as OrgAct
}

export const FOUNDING = orgAct(
  'org.found',
  {
    hubKey: PUBLIC_KEY,
    units: [...SAMPLE_COMMUNE.units],
    people: [...SAMPLE_COMMUNE.people],
    positions: [...SAMPLE_COMMUNE.positions],
    accounts: [...SAMPLE_COMMUNE.accounts],
  },
  HUB_ACTOR,
)

/** The state after an act that must be accepted. @throws with the code when it is refused */
export function afterOrg(state: OrgState, act: OrgAct, now = NOW): OrgState {
  const decision = decideOrg(state, act, now)
  if (!decision.ok) throw new Error(`${act.type} was refused: ${decision.code}`)
  return decision.value.reduce((next, event) => evolveOrg(next, event, now), state)
}

/** The code with which an act is refused; null when it is accepted. */
export function orgRefusal(state: OrgState, act: OrgAct, now = NOW): RefusalCode | null {
  const decision = decideOrg(state, act, now)
  return decision.ok ? null : decision.code
}

export const COMMUNE: OrgState = afterOrg(EMPTY_ORG, FOUNDING, FOUNDED_AT)
