// The very first act of a device: its own enrolment, signed by the key that it enrols.
import type { Result } from '../../shared/refusal.ts'
import { ok, refuse } from '../../shared/refusal.ts'
import type { DeviceRow } from '../replica/database.ts'
import { deviceKeyOf } from './device-key.ts'
import type { HubApi } from './hub-api.ts'

/**
 * Sent at once, never queued: nothing that this device signs is taken before.
 * @param name as the list of devices shows it
 * @param now the hub's time, ms
 */
export async function enrolDevice(
  api: HubApi,
  personId: string,
  device: DeviceRow,
  name: string,
  now: number,
): Promise<Result<null>> {
  const { deviceId, publicKey } = device
  const act = await deviceKeyOf(device).sign({
    id: crypto.randomUUID(),
    type: 'org.enrolDevice',
    version: 1,
    body: { deviceId, publicKey, name },
    actor: personId,
    device: deviceId,
    time: new Date(now).toISOString(),
  })
  const answer = await api.call('acts', { act })
  return answer.ok ? ok(null) : refuse(answer.code)
}
