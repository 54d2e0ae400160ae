// The small protected place where a page keeps its wrapped data key and session between starts: one file, sealed by the system's keyring.
import { readFile, rm } from 'node:fs/promises'
import { bridgeFail, bridgeOk, type BridgeResult } from '../../shared/desktop/bridge.ts'
import { writeWholeFile } from './whole-file.ts'

/** The system's keyring, as far as the vault needs it. */
export interface Keyring {
  /** Whether secrets are really protected; a keyring that keeps them under a built-in key answers false. */
  available(): Promise<boolean>
  seal(text: string): Promise<Uint8Array>
  /** `stale`: the system changed its key and the text should be sealed again. @throws when the seal is broken */
  open(sealed: Uint8Array): Promise<{ readonly text: string; readonly stale: boolean }>
}

export interface Vault {
  read(): Promise<BridgeResult<{ value: string | null }>>
  write(value: string): Promise<BridgeResult<Record<string, never>>>
  clear(): Promise<BridgeResult<Record<string, never>>>
}

/** Calls are done one after another, so that a read never sees half of a write. */
export function createVault(file: string, keyring: Keyring): Vault {
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work)
    last = turn.catch(() => undefined)
    return turn
  }
  const seal = async (value: string): Promise<void> => writeWholeFile(file, await keyring.seal(value), 0o600)

  return {
    read: () =>
      inTurn(async () => {
        if (!(await keyring.available())) return bridgeFail('no-keyring')
        const sealed = await readIfThere(file)
        if (sealed === null) return bridgeOk({ value: null })
        const opened = await keyring.open(sealed).catch(() => null)
        if (opened === null) return bridgeFail('vault-unreadable')
        if (opened.stale) await seal(opened.text)
        return bridgeOk({ value: opened.text })
      }),
    write: (value) =>
      inTurn(async () => {
        if (!(await keyring.available())) return bridgeFail('no-keyring')
        await seal(value)
        return bridgeOk({})
      }),
    clear: () =>
      inTurn(async () => {
        await rm(file, { force: true })
        return bridgeOk({})
      }),
  }
}

async function readIfThere(file: string): Promise<Uint8Array | null> {
  try {
    return await readFile(file)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
