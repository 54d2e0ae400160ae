// Opens the replica of a person on this device: finds, makes or wraps anew the data key that seals it.
import { newDataKey } from '../replica/cipher.ts'
import { deleteProfileDatabase, ProfileDatabase, profileDatabaseName, type DeviceRow } from '../replica/database.ts'
import type { DeriveKey, DerivationParameters } from '../replica/key-derivation.ts'
import { unwrapDataKey, wrapDataKey, type Profile, type Profiles } from '../replica/profiles.ts'
import { newDeviceRow, readDeviceRow } from './device-key.ts'

export interface ProfileAccessOptions {
  readonly hub: string
  readonly profiles: Profiles
  readonly derive: DeriveKey
  readonly parameters: DerivationParameters
  readonly now: () => number
}

/** What the data key of a profile is under this password. `sealed`: the password is right at the hub, but the replica was closed with an older one. */
export type KeyFinding =
  | { readonly kind: 'found'; readonly dataKey: Uint8Array }
  | { readonly kind: 'new' }
  | { readonly kind: 'sealed'; readonly profile: Profile; readonly unsent: number }

export interface ProfileAccess {
  databaseName(personId: string): string
  find(username: string): Promise<Profile | null>
  /** The device's key, if this profile has been here before. */
  deviceOf(personId: string): Promise<DeviceRow | null>
  findKey(profile: Profile | null, personId: string, password: string): Promise<KeyFinding>
  unwrap(profile: Profile, password: string): Promise<Uint8Array | null>
  /** A new data key for a profile whose old content is gone or was given up; the device's key stays. */
  startAfresh(personId: string): Promise<Uint8Array>
  /** Wraps the data key under this password and remembers the profile; the older wrapping is gone. */
  remember(username: string, personId: string, dataKey: Uint8Array, password: string): Promise<void>
  touch(profile: Profile): Promise<void>
  saveDevice(personId: string, row: DeviceRow): Promise<void>
  /** Everything of this profile leaves the device. */
  erase(username: string, personId: string): Promise<void>
}

export function createProfileAccess({ hub, profiles, derive, parameters, now }: ProfileAccessOptions): ProfileAccess {
  const databaseName = (personId: string) => profileDatabaseName(hub, personId)
  const withDatabase = async <T>(personId: string, work: (database: ProfileDatabase) => Promise<T>): Promise<T> => {
    const database = new ProfileDatabase(databaseName(personId), 'strict')
    try {
      return await work(database)
    } finally {
      database.close()
    }
  }
  const access: ProfileAccess = {
    databaseName,
    find: (username) => profiles.find(hub, username),
    deviceOf: (personId) => withDatabase(personId, readDeviceRow),
    unwrap: (profile, password) => unwrapDataKey(profile, password, derive),
    findKey: async (profile, personId, password) => {
      if (profile?.personId !== personId) return { kind: 'new' }
      const dataKey = await unwrapDataKey(profile, password, derive)
      if (dataKey !== null) return { kind: 'found', dataKey }
      const unsent = await withDatabase(personId, async ({ outbox, unacknowledged, quarantine }) => {
        const counts = await Promise.all([outbox.count(), unacknowledged.count(), quarantine.count()])
        return counts.reduce((sum, count) => sum + count, 0)
      })
      // The hub can send all the rest again, so nobody needs to be asked for an old password.
      return unsent === 0 ? { kind: 'new' } : { kind: 'sealed', profile, unsent }
    },
    startAfresh: (personId) =>
      withDatabase(personId, async (database) => {
        const others = database.tables.filter((table) => table.name !== database.device.name)
        await database.transaction('rw', others, () => Promise.all(others.map((table) => table.clear())))
        return newDataKey()
      }),
    remember: async (username, personId, dataKey, password) => {
      const wrapped = await wrapDataKey(dataKey, password, personId, derive, parameters)
      await profiles.save({ hub, username, personId, lastUse: new Date(now()).toISOString(), ...wrapped })
    },
    touch: (profile) => profiles.save({ ...profile, lastUse: new Date(now()).toISOString() }),
    saveDevice: (personId, row) =>
      withDatabase(personId, async (database) => {
        await database.device.put(row)
      }),
    erase: async (username, personId) => {
      await deleteProfileDatabase(databaseName(personId))
      await profiles.remove(hub, username)
    },
  }
  return access
}

/** A key pair with a fresh device id. */
export function newDevice(): Promise<DeviceRow> {
  return newDeviceRow(crypto.randomUUID())
}
