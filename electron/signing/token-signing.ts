// One signature on a token: the mechanisms are tried in order, and the answer must verify with the certificate before it is given out.
import type { KeyObject } from 'node:crypto'
import type { Handle } from 'pkcs11js'
import { CKF } from './cryptoki.ts'
import { signingWays, type SigningAlgorithm, type SigningHash, type SigningWay } from './mechanisms.ts'
import { attempt, type LoadedModule } from './module-loader.ts'
import { isMechanismRefusal, isRemoval, TokenFault } from './pkcs11-errors.ts'
import { signatureVerifies } from './signature-check.ts'
import { loginForSignature } from './token-login.ts'
import type { StoredKey } from './token-objects.ts'

export interface SigningPlace {
  readonly module: LoadedModule
  readonly slot: Handle
  readonly handle: Handle
  /** null: on the PIN pad; undefined: not held, so a key that asks again cannot sign. */
  readonly pin: Uint8Array | null | undefined
}

export interface SignatureWish {
  readonly publicKey: KeyObject
  readonly data: Uint8Array
  readonly hash: SigningHash
  readonly prefer: 'pkcs1' | 'pss'
}

export interface TokenSignature {
  readonly algorithm: SigningAlgorithm
  readonly signature: Uint8Array<ArrayBuffer>
}

/** @throws TokenFault, or what the driver threw */
export async function signOnToken(place: SigningPlace, key: StoredKey, wish: SignatureWish): Promise<TokenSignature> {
  const { pkcs11 } = place.module
  const listed = attempt(() => pkcs11.C_GetMechanismList(place.slot))
  for (const way of signingWays({ ...wish, key: wish.publicKey }, listed)) {
    const answer = await trySigning(place, key, way)
    if (answer === null) continue
    const signature = way.finish(answer)
    if (signature === null || !signatureVerifies(wish.publicKey, way.algorithm, wish.data, signature)) {
      throw new TokenFault('signature-wrong')
    }
    return { algorithm: way.algorithm, signature: Uint8Array.from(signature) }
  }
  throw new TokenFault('no-mechanism')
}

/** RSA-16384; the answer of every other key is shorter. */
const MOST_ANSWER_BYTES = 2048

/** @returns null when the token does not take this mechanism for this key: the next one may do */
async function trySigning(place: SigningPlace, key: StoredKey, way: SigningWay): Promise<Buffer | null> {
  const { pkcs11 } = place.module
  if (key.alwaysAuthenticate && place.pin === undefined) throw new TokenFault('always-auth')
  try {
    pkcs11.C_SignInit(place.handle, way.mechanism, key.handle)
  } catch (error) {
    if (isMechanismRefusal(error)) return null
    throw error
  }
  if (key.alwaysAuthenticate && place.pin !== undefined) await loginForSignature(place.module, place, place.pin)
  try {
    // Asynchronous: a token takes 0.2 to 1.5 s, and the loop must go on answering meanwhile.
    return await pkcs11.C_SignAsync(place.handle, way.input, Buffer.alloc(MOST_ANSWER_BYTES))
  } catch (error) {
    if (isMechanismRefusal(error)) return null
    throw isRemoval(error) || isTokenGone(place) ? new TokenFault('token-removed') : error
  }
}

/** Pulled in the middle, some drivers answer CKR_GENERAL_ERROR or CKR_DEVICE_ERROR: then the slot is asked. */
function isTokenGone({ module, slot }: SigningPlace): boolean {
  return attempt(() => (module.pkcs11.C_GetSlotInfo(slot).flags & CKF.TOKEN_PRESENT) === 0) ?? false
}
