// The organisation as it stands, and the events that change it; evolve.ts says how.
import type {
  AccountBody,
  PersonBody,
  PositionBody,
  PositionRole,
  PublicKey,
  TrustBody,
  UnitBody,
  UnitKind,
} from './acts.ts'
import type { Dated } from './dates.ts'

export interface Unit extends Dated {
  readonly id: string
  readonly name: string
  readonly code: string
  readonly kind: UnitKind
  readonly parentId: string | null
  readonly successorId: string | null
}
export interface Person {
  readonly id: string
  readonly name: string
  readonly phone: string
}
export interface Position extends Dated {
  readonly id: string
  readonly personId: string
  readonly unitId: string
  readonly title: string
  readonly role: PositionRole
}
export interface Account {
  readonly personId: string
  readonly username: string
  readonly ended: boolean
}
export interface Device {
  readonly id: string
  readonly personId: string
  readonly name: string
  readonly publicKey: PublicKey
  readonly enrolledAt: string
  readonly revokedAt: string | null
}

/** A certificate that stands for a person until it is ended; its own validity is looked at where it is used. */
export interface BoundCertificate {
  /** SHA-256 of the DER, hexadecimal: the key of the table. */
  readonly fingerprint: string
  readonly personId: string
  /** DER as base64. */
  readonly certificate: string
  readonly boundAt: string
  readonly endedAt: string | null
}

/** Whose certificates the office believes; signed by the administrator's device and dated by the hub, as every act is. */
export interface Trust extends TrustBody {
  readonly replacedAt: string
}

export interface OrgState {
  readonly units: Readonly<Record<string, Unit>>
  readonly people: Readonly<Record<string, Person>>
  readonly positions: Readonly<Record<string, Position>>
  readonly accounts: Readonly<Record<string, Account>>
  readonly devices: Readonly<Record<string, Device>>
  readonly certificates: Readonly<Record<string, BoundCertificate>>
  /** null until an administrator has said whom to believe: then nothing is believed. */
  readonly trust: Trust | null
}

export const EMPTY_ORG: OrgState = {
  units: {},
  people: {},
  positions: {},
  accounts: {},
  devices: {},
  certificates: {},
  trust: null,
}

/** The hub acts too, when it founds the organisation; its key stands in the ledger as any other device's does. */
export const HUB_ACTOR = '00000000-0000-4000-8000-000000000001'

export type OrgEvent =
  | { readonly type: 'unitAdded'; readonly unit: UnitBody }
  | { readonly type: 'unitRenamed'; readonly unitId: string; readonly name: string; readonly code: string }
  | { readonly type: 'unitEnded'; readonly unitId: string; readonly until: string; readonly successorId: string | null }
  | { readonly type: 'personAdded' | 'personRenamed'; readonly person: PersonBody }
  | { readonly type: 'positionGiven'; readonly position: PositionBody }
  | { readonly type: 'positionEnded'; readonly positionId: string; readonly until: string }
  | { readonly type: 'accountOpened'; readonly account: AccountBody }
  | { readonly type: 'accountEnded'; readonly personId: string }
  | { readonly type: 'deviceEnrolled'; readonly device: Omit<Device, 'enrolledAt' | 'revokedAt'> }
  | { readonly type: 'deviceRevoked'; readonly deviceId: string }
  | { readonly type: 'certificateBound'; readonly binding: Omit<BoundCertificate, 'boundAt' | 'endedAt'> }
  | { readonly type: 'certificateEnded'; readonly fingerprint: string }
  | { readonly type: 'trustReplaced'; readonly trust: TrustBody }
