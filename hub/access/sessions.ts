// Sessions: a random credential for one person on one device, stored only as its hash, ended by the person, by an administrator, or by time.
import { createHash, randomBytes } from 'node:crypto'
import { ok, refuse, type Result } from '../../shared/refusal.ts'
import type { OrgState } from '../../shared/org/state.ts'
import type { Clock } from '../clock.ts'
import type { SessionRow, Store } from '../store/store.ts'

const LIFETIME_MS = 30 * 24 * 3_600_000
/** "Last seen" is written at most this often: it is for people, not for the minute. */
const SEEN_EVERY_MS = 10 * 60_000

export interface LiveSession {
  readonly sessionId: string
  readonly personId: string
  readonly deviceId: string
}

export class Sessions {
  readonly #store: Store
  readonly #clock: Clock
  readonly #org: () => OrgState

  constructor(store: Store, clock: Clock, org: () => OrgState) {
    this.#store = store
    this.#clock = clock
    this.#org = org
  }

  async begin(
    personId: string,
    deviceId: string,
  ): Promise<{ readonly credential: string; readonly expiresAt: string }> {
    const credential = randomBytes(32).toString('base64url')
    const now = this.#clock.now()
    const createdAt = new Date(now).toISOString()
    const expiresAt = new Date(now + LIFETIME_MS).toISOString()
    await this.#store.saveSession({ id: idOf(credential), personId, deviceId, createdAt, seenAt: createdAt, expiresAt })
    return { credential, expiresAt }
  }

  /**
   * @param header the `Authorization` header: `Bearer <credential>`
   * @param options.beforePasswordChange also for a person whose temporary password must be replaced first
   */
  async authenticate(
    header: string | undefined,
    options: { readonly beforePasswordChange: boolean } = { beforePasswordChange: false },
  ): Promise<Result<LiveSession>> {
    const credential = /^Bearer ([A-Za-z0-9_-]{43})$/.exec(header ?? '')?.[1]
    if (credential === undefined) return refuse('not-logged-in')
    const row = await this.#store.session(idOf(credential))
    const now = this.#clock.now()
    if (row === null || Date.parse(row.expiresAt) <= now) return refuse('session-ended')
    const { accounts, devices } = this.#org()
    if (accounts[row.personId]?.ended !== false) return refuse('account-ended')
    const device = devices[row.deviceId]
    if (device !== undefined && device.revokedAt !== null) return refuse('device-revoked')
    if (!options.beforePasswordChange && (await this.#store.credential(row.personId))?.mustChange === true) {
      return refuse('password-change-required')
    }
    if (Date.parse(row.seenAt) + SEEN_EVERY_MS < now)
      await this.#store.saveSession({ ...row, seenAt: new Date(now).toISOString() })
    return ok({ sessionId: row.id, personId: row.personId, deviceId: row.deviceId })
  }

  async list(personId: string): Promise<readonly SessionRow[]> {
    return await this.#store.sessions(personId)
  }

  async end(sessionId: string): Promise<void> {
    await this.#store.endSession(sessionId)
  }
}

function idOf(credential: string): string {
  return createHash('sha256').update(credential).digest('hex')
}
