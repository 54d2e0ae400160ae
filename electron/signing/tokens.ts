// Which tokens a PKCS#11 module sees: label, maker, serial number, whether the PIN is near its lock. Reads only; asks for no PIN.
import { createRequire } from 'node:module'
import type { PKCS11 } from 'pkcs11js'

export interface TokenInfo {
  readonly slot: string
  readonly label: string
  readonly manufacturer: string
  readonly serialNumber: string
  readonly pin: 'ready' | 'few-tries-left' | 'last-try' | 'locked'
}

export type TokenList =
  | { readonly ok: true; readonly tokens: readonly TokenInfo[] }
  /** `no-reader`: this machine could not build the optional native package; `module`: the vendor's library does not load. */
  | { readonly ok: false; readonly code: 'no-reader' | 'module' }

/** Bits of CK_TOKEN_INFO.flags (PKCS#11 3.0 §3.2). */
const PIN_COUNT_LOW = 0x10000
const PIN_FINAL_TRY = 0x20000
const PIN_LOCKED = 0x40000

/** @param modulePath the vendor's PKCS#11 library. Runs in the calling process: never call it in one that shows windows. */
export function listTokens(modulePath: string): TokenList {
  const native = loadNative()
  if (native === null) return { ok: false, code: 'no-reader' }
  const pkcs11 = new native.PKCS11()
  try {
    pkcs11.load(modulePath)
    pkcs11.C_Initialize()
  } catch {
    return { ok: false, code: 'module' }
  }
  try {
    return { ok: true, tokens: pkcs11.C_GetSlotList(true).map((slot) => tokenIn(pkcs11, slot)) }
  } catch {
    return { ok: false, code: 'module' }
  } finally {
    pkcs11.C_Finalize()
    pkcs11.close()
  }
}

function tokenIn(pkcs11: PKCS11, slot: Buffer): TokenInfo {
  const token = pkcs11.C_GetTokenInfo(slot)
  return {
    slot: pkcs11.C_GetSlotInfo(slot).slotDescription.trim(),
    label: token.label.trim(),
    manufacturer: token.manufacturerID.trim(),
    serialNumber: token.serialNumber.trim(),
    pin: pinState(token.flags),
  }
}

function pinState(flags: number): TokenInfo['pin'] {
  if ((flags & PIN_LOCKED) !== 0) return 'locked'
  if ((flags & PIN_FINAL_TRY) !== 0) return 'last-try'
  return (flags & PIN_COUNT_LOW) !== 0 ? 'few-tries-left' : 'ready'
}

/** The package is optional: a machine without a compiler installs all the same, and says so here. */
function loadNative(): { readonly PKCS11: new () => PKCS11 } | null {
  try {
    return createRequire(import.meta.url)('pkcs11js') as { readonly PKCS11: new () => PKCS11 }
  } catch {
    return null
  }
}
