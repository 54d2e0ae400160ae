// What the tests of tokens share: the entry of the signing process, PINs as bytes, and results that must be good.
import { join } from 'node:path'
import type { TokenState } from '../../../electron/signing/client.ts'
import type { SigningResult } from '../../../electron/signing/signing-fault.ts'
import { SOFT_PIN } from '../pki/soft-token.ts'

export const SIGNING_ENTRY = join(import.meta.dirname, '../../../electron/signing/signing-process.ts')

/** New bytes each time: the client zeroes what it is given. */
export function pinBytes(pin: string = SOFT_PIN): Uint8Array {
  return new TextEncoder().encode(pin)
}

/** @throws with the fault's code when the result is none */
export function valueOf<T>(result: SigningResult<T>): T {
  if (!result.ok) throw new Error(`fault ${result.fault.code}`)
  return result.value
}

export function faultCode(result: SigningResult<unknown>): string {
  return result.ok ? 'none' : result.fault.code
}

/** @throws when no token has this label */
export function tokenNamed(tokens: readonly TokenState[], label: string): TokenState {
  const found = tokens.find((token) => token.id.label === label)
  if (found === undefined) throw new Error(`no token ${label} among ${tokens.map((token) => token.id.label).join()}`)
  return found
}
