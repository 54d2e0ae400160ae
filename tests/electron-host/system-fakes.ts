// What lies outside any browser: dialogs, the system's shell, its keyring, its displays. Each records what it was asked.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Recorded } from './runtime.ts'

/** What Linux's safeStorage would report; `basic_text` means there is no keyring, `unavailable` that it cannot be reached. */
export type FakeKeyring = 'gnome_libsecret' | 'basic_text' | 'unavailable'

export interface FakeDisplay {
  readonly id: number
  readonly bounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
}

export interface SystemOptions {
  readonly recorded: Recorded
  readonly keyring: FakeKeyring
  readonly keyFile: string
  /** The first is the primary one. */
  readonly displays: readonly [FakeDisplay, ...FakeDisplay[]]
  /** Taken one by one; a dialog without an answer is a fault of the test or of the app. */
  readonly dialogAnswers: unknown[]
}

/** @returns parts of the electron module */
export function systemFakes(options: SystemOptions): Record<string, unknown> {
  const { recorded } = options
  return {
    dialog: fakeDialog(options),
    safeStorage: fakeSafeStorage(options.keyFile, options.keyring),
    screen: fakeScreen(options.displays),
    shell: {
      openExternal: (url: string) => {
        recorded.openExternal.push(url)
        return Promise.resolve()
      },
      openPath: (path: string) => {
        recorded.openPath.push(path)
        return Promise.resolve('')
      },
    },
    Menu: {
      buildFromTemplate: (template: unknown) => ({ items: template }),
      setApplicationMenu: (menu: unknown) => {
        recorded.menu = menu
      },
    },
    Notification: class {
      constructor(options_: unknown) {
        recorded.notifications.push(options_)
      }
      static isSupported(): boolean {
        return true
      }
      show(): void {
        return undefined
      }
    },
    nativeTheme: Object.assign(new EventEmitter(), { shouldUseDarkColors: false, themeSource: 'system' }),
    powerMonitor: new EventEmitter(),
  }
}

function fakeDialog({ recorded, dialogAnswers }: SystemOptions): Record<string, unknown> {
  const kinds = ['showOpenDialog', 'showSaveDialog', 'showMessageBox']
  const asking = kinds.map((kind) => [
    kind,
    (...args: unknown[]) => {
      recorded.dialogs.push({ kind, options: args.at(-1) })
      return dialogAnswers.length > 0
        ? Promise.resolve(dialogAnswers.shift())
        : Promise.reject(new Error(`unexpected ${kind}: the test gave no answer`))
    },
  ])
  const showErrorBox = (title: string, content: string): void => {
    recorded.errorBoxes.push({ title, content })
  }
  return { ...Object.fromEntries(asking), showErrorBox }
}

function fakeScreen(displays: SystemOptions['displays']): object {
  const [primary] = displays
  return Object.assign(new EventEmitter(), {
    getPrimaryDisplay: () => primary,
    getAllDisplays: () => displays,
    getDisplayMatching: ({ x, y }: { x: number; y: number }) =>
      displays.find(({ bounds }) => within(x, bounds.x, bounds.width) && within(y, bounds.y, bounds.height)) ?? primary,
  })
}

function within(value: number, start: number, length: number): boolean {
  return value >= start && value < start + length
}

function fakeSafeStorage(keyFile: string, keyring: FakeKeyring): object {
  if (!existsSync(keyFile)) writeFileSync(keyFile, randomBytes(32), { mode: 0o600 })
  const key = readFileSync(keyFile)
  const encrypt = (text: string): Buffer => {
    const iv = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key, iv)
    return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
  }
  const decrypt = (sealed: Buffer): string => {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12))
    decipher.setAuthTag(sealed.subarray(-16))
    return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]).toString('utf8')
  }
  return {
    getSelectedStorageBackend: () => (keyring === 'basic_text' ? 'basic_text' : 'gnome_libsecret'),
    isAsyncEncryptionAvailable: () => Promise.resolve(keyring !== 'unavailable'),
    encryptStringAsync: (text: string) => Promise.resolve(encrypt(text)),
    decryptStringAsync: async (sealed: Buffer) => Promise.resolve({ result: decrypt(sealed), shouldReEncrypt: false }),
  }
}
