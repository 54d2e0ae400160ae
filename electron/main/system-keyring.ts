// The system's keyring behind Electron's safeStorage, for the vault.
import { safeStorage } from 'electron'
import type { Keyring } from '../bridge/vault.ts'

/** On Linux without a desktop keyring safeStorage falls back to a key that is built into it: that is no protection, and the vault says so. */
const UNPROTECTED: readonly string[] = ['basic_text', 'unknown']

export function systemKeyring(platform: string): Keyring {
  return {
    available: async () => {
      if (platform === 'linux' && UNPROTECTED.includes(safeStorage.getSelectedStorageBackend())) return false
      return safeStorage.isAsyncEncryptionAvailable()
    },
    seal: (text) => safeStorage.encryptStringAsync(text),
    open: async (sealed) => {
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(sealed))
      return { text: result, stale: shouldReEncrypt }
    },
  }
}
