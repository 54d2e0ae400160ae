// The key of this device: made here, never leaves it, signs the acts of one person. P-256 by WebCrypto, not extractable.
import type { PublicKey } from '../../shared/org/acts.ts'
import { bytesToSign, type Act, type UnsignedAct } from '../../shared/ledger/act.ts'
import { plainBytes, toBase64Url } from '../replica/bytes.ts'
import type { DeviceRow, ProfileDatabase } from '../replica/database.ts'

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const
const SIGNING = { name: 'ECDSA', hash: 'SHA-256' } as const

export interface DeviceKey {
  readonly deviceId: string
  readonly publicKey: PublicKey
  readonly sign: (act: UnsignedAct) => Promise<Act>
}

/** Makes a key for a device id; nothing is stored yet. */
export async function newDeviceRow(deviceId: string): Promise<DeviceRow> {
  const pair = await crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify'])
  const { x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  if (x === undefined || y === undefined) throw new Error('the browser exported a key without coordinates')
  return { id: 'this', deviceId, privateKey: pair.privateKey, publicKey: { kty: 'EC', crv: 'P-256', x, y } }
}

export function deviceKeyOf({ deviceId, privateKey, publicKey }: DeviceRow): DeviceKey {
  return {
    deviceId,
    publicKey,
    sign: async (act) => {
      // WebCrypto gives r and s, 32 bytes each, which is the form that the envelope wants.
      const signature = await crypto.subtle.sign(SIGNING, privateKey, plainBytes(bytesToSign(act)))
      return { ...act, signature: toBase64Url(new Uint8Array(signature)) }
    },
  }
}

/** The device row of a profile, readable before the profile is unlocked: the hub wants to know the device at login. */
export async function readDeviceRow(database: ProfileDatabase): Promise<DeviceRow | null> {
  return (await database.device.get('this')) ?? null
}
