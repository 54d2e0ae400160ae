// From a password to the key that wraps a profile's data key: Argon2id, as RFC 9106 says, with parameters kept beside what they protect.
import { argon2id } from '@noble/hashes/argon2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'

export interface DerivationParameters {
  /** KiB. */
  readonly memory: number
  readonly passes: number
  readonly lanes: number
}

/**
 * RFC 9106 §4, second recommended option (64 MiB, 3 passes): the first wants 2 GiB, which no tab may take. One lane instead of four, because
 * JavaScript computes lanes one after another: more of them would help only who guesses. Measured about 1 s on a slow office core.
 */
export const DERIVATION: DerivationParameters = { memory: 64 * 1024, passes: 3, lanes: 1 }

/** RFC 9106 §3.1: 16 bytes are recommended for passwords. */
export const SALT_BYTES = 16

export interface DerivationRequest {
  /** NFC, so that "ệ" typed on two keyboards is one password. */
  readonly password: string
  readonly salt: Uint8Array
  readonly parameters: DerivationParameters
}

/** @returns 32 bytes. Takes about a second and must not run on the page's own thread. */
export type DeriveKey = (request: DerivationRequest) => Promise<Uint8Array>

/** The computation itself, synchronous. */
export function deriveKeyNow({ password, salt, parameters }: DerivationRequest): Uint8Array {
  const { memory, passes, lanes } = parameters
  return argon2id(utf8ToBytes(password.normalize('NFC')), salt, { m: memory, t: passes, p: lanes, dkLen: 32 })
}
