// What opens the replica without asking again: on the desktop the system's protected vault, in a browser this tab.
import { z } from 'zod'
import type { Bridge } from '../../shared/desktop/bridge.ts'

const credentialsSchema = z.strictObject({
  /** Host and port of the hub they belong to. */
  hub: z.string(),
  username: z.string(),
  personId: z.uuid(),
  /** Null: opened with the password while the hub was away, and no session was kept. */
  session: z.string().nullable(),
  passwordChangeRequired: z.boolean(),
  /** Base64url of 32 bytes. */
  dataKey: z.string(),
})

export type Credentials = z.infer<typeof credentialsSchema>

export interface CredentialStore {
  read(): Promise<Credentials | null>
  write(credentials: Credentials): Promise<void>
  clear(): Promise<void>
}

const KEY = 'tra-my:credentials'

/** One tab's own storage: a reload and a window opened from it are not asked again, a closed tab is. */
export type TabStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/**
 * Both places hold the same text; the vault is asked first and the tab is used where there is no vault (a browser, or a system without a
 * keyring). Never in both at once.
 */
export function createCredentialStore(bridge: Bridge | null, tab: TabStorage | null): CredentialStore {
  const parse = (text: string | null): Credentials | null => {
    if (text === null) return null
    try {
      const parsed = credentialsSchema.safeParse(JSON.parse(text))
      return parsed.success ? parsed.data : null
    } catch {
      return null
    }
  }
  return {
    read: async () => {
      const kept = bridge === null ? null : await bridge.call('vault.read', {})
      return (kept?.ok === true ? parse(kept.value.value) : null) ?? parse(tab?.getItem(KEY) ?? null)
    },
    write: async (credentials) => {
      const text = JSON.stringify(credentials)
      const kept = bridge === null ? null : await bridge.call('vault.write', { value: text })
      if (kept?.ok === true) tab?.removeItem(KEY)
      else tab?.setItem(KEY, text)
    },
    clear: async () => {
      tab?.removeItem(KEY)
      await bridge?.call('vault.clear', {})
    },
  }
}
