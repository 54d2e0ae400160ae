// The last step of every login: the person is known by now, and the device must be that person's.
import type { ApiResponse } from '../../shared/hub/api.ts'
import type { OrgState } from '../../shared/org/state.ts'
import { ok, refuse, type Result } from '../../shared/refusal.ts'
import type { Store } from '../store/store.ts'
import type { Sessions } from './sessions.ts'

export interface SessionDeps {
  readonly store: Store
  readonly org: () => OrgState
  readonly sessions: Sessions
}

/** Refuses with `device-revoked` a device that was struck off, or that is another person's. */
export async function beginSession(
  { store, org, sessions }: SessionDeps,
  personId: string,
  deviceId: string,
): Promise<Result<ApiResponse<'login'>>> {
  const device = org().devices[deviceId]
  if (device !== undefined && (device.personId !== personId || device.revokedAt !== null))
    return refuse('device-revoked')
  const begun = await sessions.begin(personId, deviceId)
  return ok({
    session: begun.credential,
    personId,
    deviceKnown: device !== undefined,
    passwordChangeRequired: (await store.credential(personId))?.mustChange ?? false,
    expiresAt: begun.expiresAt,
  })
}
