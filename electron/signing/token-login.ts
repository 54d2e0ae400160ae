// One login to one token: what the token says about its PIN is read first, exactly one C_Login follows, and the PIN is wiped.
import type { Handle } from 'pkcs11js'
import { CKF, CKR, CKS_RO_USER_FUNCTIONS, CKU } from './cryptoki.ts'
import { attempt, type LoadedModule } from './module-loader.ts'
import { openPinPad } from './pin-pad.ts'
import { isRemoval, returnValueOf, TokenFault } from './pkcs11-errors.ts'
import type { PinState, TokenReport } from './protocol.ts'
import { pinState, type FoundToken } from './token-slots.ts'

export interface LoginWish {
  /** null: on the token's own PIN pad. */
  readonly pin: Uint8Array | null
  readonly acceptLastTry: boolean
}

/**
 * Refuses, before any try is spent, what cannot or must not be tried.
 * @throws TokenFault with `tried: false`
 */
export function checkBeforeLogin(report: TokenReport, { pin, acceptLastTry }: LoginWish): void {
  // A token with a protected authentication path wants NULL; anything else may cost it a try.
  if (report.pinPad !== (pin === null)) throw new TokenFault('unsupported')
  if (report.pin === 'locked') throw new TokenFault('pin-locked')
  if (report.pin === 'must-change') throw new TokenFault('pin-must-change')
  if (report.pin === 'last-try' && !acceptLastTry) throw new TokenFault('pin-last-try')
  const { pinLength } = report
  if (pin === null || pinLength === null) return
  if (pin.length < pinLength.min || pin.length > pinLength.max) throw new TokenFault('pin-length')
}

/**
 * A read-only session with its user logged in: some drivers refuse read-write ones, and signing needs none.
 * @throws TokenFault; whatever was opened is closed again
 */
export async function openLoggedIn(module: LoadedModule, token: FoundToken, pin: Uint8Array | null): Promise<Handle> {
  const { pkcs11 } = module
  const handle = pkcs11.C_OpenSession(token.slot, CKF.SERIAL_SESSION)
  try {
    // A logout that failed earlier would let any PIN pass: login state belongs to the whole process, not to a session.
    if (attempt(() => pkcs11.C_GetSessionInfo(handle).state) === CKS_RO_USER_FUNCTIONS) pkcs11.C_Logout(handle)
    await login(module, handle, CKU.USER, pin)
    return handle
  } catch (error) {
    attempt(() => pkcs11.C_CloseSession(handle))
    throw error instanceof TokenFault ? error : loginFault(error, stateAfter(module, token.slot))
  }
}

/** The login that a key with CKA_ALWAYS_AUTHENTICATE wants between C_SignInit and C_Sign (PKCS#11 §5.6.8). @throws TokenFault */
export async function loginForSignature(
  module: LoadedModule,
  place: { readonly slot: Handle; readonly handle: Handle },
  pin: Uint8Array | null,
): Promise<void> {
  try {
    await login(module, place.handle, CKU.CONTEXT_SPECIFIC, pin)
  } catch (error) {
    throw error instanceof TokenFault ? error : loginFault(error, stateAfter(module, place.slot))
  }
}

/** The one place where a PIN becomes a string: pkcs11js takes nothing else, and a string cannot be wiped, so it lives for one call. */
async function login(module: LoadedModule, handle: Handle, user: number, pin: Uint8Array | null): Promise<void> {
  if (pin === null) await openPinPad(module.path)(handle, user)
  else module.pkcs11.C_Login(handle, user, Buffer.from(pin.buffer, pin.byteOffset, pin.byteLength).toString('utf8'))
}

function stateAfter({ pkcs11 }: LoadedModule, slot: Handle): PinState | null {
  return attempt(() => pinState(pkcs11.C_GetTokenInfo(slot).flags))
}

/** @param after what the token says about its PIN now; null when it says nothing */
export function loginFault(error: unknown, after: PinState | null): TokenFault {
  switch (returnValueOf(error) ?? -1) {
    case CKR.PIN_INCORRECT:
      return new TokenFault(afterWrongPin(after), true)
    case CKR.PIN_LOCKED:
      return new TokenFault('pin-locked')
    case CKR.PIN_LEN_RANGE:
    case CKR.PIN_INVALID:
      // Some tokens count this, and none says so.
      return new TokenFault(after === 'locked' ? 'pin-locked' : 'pin-length', true)
    case CKR.PIN_EXPIRED:
      return new TokenFault('pin-must-change')
    case CKR.USER_PIN_NOT_INITIALIZED:
      return new TokenFault('pin-not-set')
    case CKR.CANCEL:
    case CKR.FUNCTION_CANCELED:
    case CKR.FUNCTION_REJECTED:
      return new TokenFault('pin-cancelled')
    default:
      return new TokenFault(isRemoval(error) ? 'token-removed' : 'failed')
  }
}

function afterWrongPin(after: PinState | null): 'pin-wrong' | 'pin-few-left' | 'pin-last-try' | 'pin-locked' {
  if (after === 'locked') return 'pin-locked'
  if (after === 'last-try') return 'pin-last-try'
  return after === 'few-left' ? 'pin-few-left' : 'pin-wrong'
}
