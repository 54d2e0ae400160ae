// Which fault a return value of the driver (CKR_…) means for the person at the screen.
import { CKR } from './cryptoki.ts'
import type { SigningFaultCode } from './signing-fault.ts'

/** A fault found inside the signing process; never leaves it: `faultOf` turns it into data. */
export class TokenFault extends Error {
  readonly code: SigningFaultCode
  readonly tried: boolean

  constructor(code: SigningFaultCode, tried = false) {
    super(code)
    this.code = code
    this.tried = tried
  }
}

/** The CKR_ number of an error of pkcs11js, which writes it as `CKR_NAME:number`; null for any other error. */
export function returnValueOf(error: unknown): number | null {
  if (!(error instanceof Error)) return null
  if ('code' in error && typeof error.code === 'number' && error.code > 0) return error.code
  const match = /CKR_\w+:(\d+)/.exec(error.message)
  return match?.[1] === undefined ? null : Number(match[1])
}

/** Drivers answer differently to a pulled token; all of these were seen, and all mean that the session is gone (research 4.2). */
const REMOVED: ReadonlySet<number> = new Set([
  CKR.DEVICE_REMOVED,
  CKR.SESSION_HANDLE_INVALID,
  CKR.SESSION_CLOSED,
  CKR.TOKEN_NOT_PRESENT,
  CKR.TOKEN_NOT_RECOGNIZED,
  CKR.SLOT_ID_INVALID,
])

/** The mechanism is not for this key or this token: another one may be. */
const NO_MECHANISM: ReadonlySet<number> = new Set([
  CKR.MECHANISM_INVALID,
  CKR.MECHANISM_PARAM_INVALID,
  CKR.FUNCTION_NOT_SUPPORTED,
  CKR.KEY_TYPE_INCONSISTENT,
  CKR.KEY_FUNCTION_NOT_PERMITTED,
  CKR.DATA_LEN_RANGE,
])

export function isRemoval(error: unknown): boolean {
  return REMOVED.has(returnValueOf(error) ?? -1)
}

export function isMechanismRefusal(error: unknown): boolean {
  return NO_MECHANISM.has(returnValueOf(error) ?? -1)
}

/** @returns the fault of a call that is no login */
export function faultOf(error: unknown): { readonly code: SigningFaultCode; readonly tried: boolean } {
  if (error instanceof TokenFault) return { code: error.code, tried: error.tried }
  const rv = returnValueOf(error) ?? -1
  if (REMOVED.has(rv)) return { code: 'token-removed', tried: false }
  if (NO_MECHANISM.has(rv)) return { code: 'no-mechanism', tried: false }
  if (rv === CKR.USER_NOT_LOGGED_IN) return { code: 'always-auth', tried: false }
  if (rv === CKR.PIN_EXPIRED) return { code: 'pin-must-change', tried: false }
  return { code: 'failed', tried: false }
}
