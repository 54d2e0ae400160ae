// What is plugged in: slots, the tokens in them and the state of their PINs. Reads only, asks for no PIN, spends no try.
import type { Handle, PKCS11, TokenInfo } from 'pkcs11js'
import { CKF } from './cryptoki.ts'
import { unpad } from './module-loader.ts'
import { TokenFault } from './pkcs11-errors.ts'
import { PROTOCOL_LIMITS, type PinState, type SlotReport, type TokenReport } from './protocol.ts'

export interface TokenName {
  readonly serial: string
  readonly label: string
}

/**
 * Asks for all slots and looks into each: C_GetSlotList(true) of some drivers keeps showing a token that was pulled, and a driver may throw
 * while a card is being powered, which says nothing about the other slots.
 */
export function readSlots(pkcs11: PKCS11): readonly SlotReport[] {
  return pkcs11
    .C_GetSlotList(false)
    .slice(0, PROTOCOL_LIMITS.slots)
    .map((slot) => readSlot(pkcs11, slot))
    .filter((report) => report !== null)
}

/** @returns null for a slot whose token was never initialised: SoftHSM always shows one, and nobody can sign with it */
function readSlot(pkcs11: PKCS11, handle: Handle): SlotReport | null {
  const slot = handle.toString('hex')
  let description = ''
  try {
    const info = pkcs11.C_GetSlotInfo(handle)
    description = unpad(info.slotDescription)
    if ((info.flags & CKF.TOKEN_PRESENT) === 0) return { slot, description, state: 'empty' }
    const token = pkcs11.C_GetTokenInfo(handle)
    if ((token.flags & CKF.TOKEN_INITIALIZED) === 0) return null
    return { slot, description, state: 'token', token: tokenReport(token) }
  } catch {
    return { slot, description, state: 'unsettled' }
  }
}

function tokenReport(token: TokenInfo): TokenReport {
  const { minPinLen: min, maxPinLen: max } = token
  return {
    name: { serial: unpad(token.serialNumber), label: unpad(token.label) },
    manufacturer: unpad(token.manufacturerID),
    model: unpad(token.model),
    pin: pinState(token.flags),
    pinPad: (token.flags & CKF.PROTECTED_AUTHENTICATION_PATH) !== 0,
    pinLength: min >= 0 && max >= Math.max(min, 1) && max <= PROTOCOL_LIMITS.pinBytes ? { min, max } : null,
  }
}

/** The gravest first: a locked token usually has the other bits set as well. */
export function pinState(flags: number): PinState {
  if ((flags & CKF.USER_PIN_LOCKED) !== 0) return 'locked'
  if ((flags & CKF.USER_PIN_FINAL_TRY) !== 0) return 'last-try'
  if ((flags & CKF.USER_PIN_TO_BE_CHANGED) !== 0) return 'must-change'
  if ((flags & CKF.USER_PIN_INITIALIZED) === 0) return 'not-set'
  return (flags & CKF.USER_PIN_COUNT_LOW) !== 0 ? 'few-left' : 'ready'
}

export interface FoundToken {
  readonly slot: Handle
  readonly report: TokenReport
}

/**
 * The slot a token is in now.
 * @throws TokenFault `token-absent`; `token-ambiguous` when several answer to the name: a PIN given to the wrong one would cost it a try
 */
export function findToken(pkcs11: PKCS11, name: TokenName): FoundToken {
  const matches = readSlots(pkcs11).flatMap((slot) =>
    slot.state === 'token' && isNamed(slot.token, name) ? [slot] : [],
  )
  const [only, second] = matches
  if (only === undefined) throw new TokenFault('token-absent')
  if (second !== undefined) throw new TokenFault('token-ambiguous')
  return { slot: Buffer.from(only.slot, 'hex'), report: only.token }
}

function isNamed(token: TokenReport, name: TokenName): boolean {
  return token.name.label === name.label && (name.serial === '' || token.name.serial === name.serial)
}
