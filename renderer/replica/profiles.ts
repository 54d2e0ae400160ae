// Who has used the application on this device: user name, and the data key of the profile, wrapped by the person's password.
import { Dexie, type Table } from 'dexie'
import { createCipher } from './cipher.ts'
import { DERIVATION, SALT_BYTES, type DerivationParameters, type DeriveKey } from './key-derivation.ts'

export interface Profile {
  /** Host and port of the hub: one person may have accounts on two. */
  readonly hub: string
  readonly username: string
  readonly personId: string
  readonly salt: Uint8Array
  readonly parameters: DerivationParameters
  /** The data key, sealed under the key that the password gives. */
  readonly wrapped: Uint8Array
  /** Device's clock, UTC ISO 8601. */
  readonly lastUse: string
}

class ProfilesDatabase extends Dexie {
  declare readonly profile: Table<Profile, [string, string]>

  constructor() {
    super('tra-my:profiles', { chromeTransactionDurability: 'strict' })
    this.version(1).stores({ profile: '[hub+username], personId' })
    this.on('versionchange', () => this.close())
  }
}

export interface Profiles {
  find(hub: string, username: string): Promise<Profile | null>
  /** Newest first. */
  list(hub: string): Promise<readonly Profile[]>
  save(profile: Profile): Promise<void>
  remove(hub: string, username: string): Promise<void>
  close(): void
}

export function openProfiles(): Profiles {
  const database = new ProfilesDatabase()
  return {
    find: async (hub, username) => (await database.profile.get([hub, username])) ?? null,
    list: async (hub) => {
      const rows = await database.profile.filter((profile) => profile.hub === hub).toArray()
      return rows.sort((a, b) => b.lastUse.localeCompare(a.lastUse))
    },
    save: async (profile) => {
      await database.profile.put(profile)
    },
    remove: (hub, username) => database.profile.delete([hub, username]),
    close: () => database.close(),
  }
}

const placeOf = (personId: string): string => `data-key/${personId}`

export interface WrappedKey {
  readonly salt: Uint8Array
  readonly parameters: DerivationParameters
  readonly wrapped: Uint8Array
}

/** Wraps a data key with a fresh salt. @param parameters for tests, which have no second to spend */
export async function wrapDataKey(
  dataKey: Uint8Array,
  password: string,
  personId: string,
  derive: DeriveKey,
  parameters: DerivationParameters = DERIVATION,
): Promise<WrappedKey> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES))
  const wrapper = await createCipher(await derive({ password, salt, parameters }))
  return { salt, parameters, wrapped: await wrapper.seal(dataKey, placeOf(personId)) }
}

/** @returns the data key, or null when the password is another one */
export async function unwrapDataKey(
  profile: Profile,
  password: string,
  derive: DeriveKey,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const { salt, parameters, wrapped, personId } = profile
  const wrapper = await createCipher(await derive({ password, salt, parameters }))
  return wrapper.open(wrapped, placeOf(personId))
}
