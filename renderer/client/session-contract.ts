// What a session is to screens and to the client around it: its states, what may be done, and what it needs.
import type { RefusalCode, Result } from '../../shared/refusal.ts'
import type { DeviceRow } from '../replica/database.ts'
import type { Watchable } from '../replica/value.ts'
import type { Me } from './contract.ts'
import type { CredentialStore } from './credentials.ts'
import type { HubApi } from './hub-api.ts'
import type { ProfileAccess } from './profile-access.ts'

export type SessionState<W> =
  | { readonly kind: 'starting' }
  /** `reason`: why the last session ended, null after an ordinary start or logout. */
  | { readonly kind: 'out'; readonly reason: RefusalCode | null; readonly lastUsername: string | null }
  /** Logged in, but what waits on this device was closed with an older password: `openSealed` or `giveUpSealed`. */
  | { readonly kind: 'sealed'; readonly username: string; readonly unsent: number }
  | { readonly kind: 'in'; readonly me: Me; readonly passwordChangeRequired: boolean; readonly workplace: W }

/** Everything that opens one person's replica. */
export interface Entry {
  readonly me: Me
  readonly dataKey: Uint8Array
  readonly device: DeviceRow
  readonly session: string | null
  readonly passwordChangeRequired: boolean
}

export interface Closable {
  close(): void | Promise<void>
}

export interface SessionOptions<W extends Closable> {
  readonly hub: string
  readonly api: HubApi
  readonly access: ProfileAccess
  readonly credentials: CredentialStore
  /** As the list of devices shows it. */
  readonly deviceName: string
  readonly hubNow: () => number
  openWorkplace(entry: Entry): Promise<Result<W>>
  /** The session that was kept inside the replica, for a start without a line. */
  keptSession(workplace: W): Promise<string | null>
  keepSession(workplace: W, session: string | null): Promise<void>
}

export type LoginResult =
  { readonly ok: true } | { readonly ok: false; readonly code: RefusalCode; readonly waitMs: number | null }

export interface Session<W> {
  readonly state: Watchable<SessionState<W>>
  /** The credential for the hub, or null. */
  credential(): string | null
  /** Once, at the start of the page. */
  start(): Promise<void>
  /**
   * Refuses with the hub's code; without a line with `login-failed`, or `hub-unavailable` for a person who was never here. `waitMs`: how
   * long the hub will not listen to this name, after wrong passwords.
   */
  login(username: string, password: string): Promise<LoginResult>
  openSealed(oldPassword: string): Promise<Result<null>>
  giveUpSealed(): Promise<Result<null>>
  changePassword(current: string, next: string): Promise<Result<null>>
  /** Keeps the sealed replica for the next login, or removes it with everything that was not sent yet. */
  logout(options?: { readonly removeData: boolean }): Promise<void>
  /** The hub ended this session: back to the login, everything stays on the device. */
  ended(session: string, reason: RefusalCode): Promise<void>
  /** The hub is back, and nobody has said who is here: the replica was opened without a line, after a logout. */
  expire(): Promise<void>
}
