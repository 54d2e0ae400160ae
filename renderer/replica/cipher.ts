// Seals what a profile keeps on this device: AES-256-GCM with one data key, each row bound to the place it belongs to.
import { plainBytes } from './bytes.ts'

export const DATA_KEY_BYTES = 32

/** First byte of every sealed value, so that a later format can be told apart. */
const FORMAT = 1
/** NIST SP 800-38D §8.2.2: 96 random bits, good for 2^32 values under one key; a profile writes far fewer. */
const NONCE_BYTES = 12
const HEADER_BYTES = 1 + NONCE_BYTES

export interface Cipher {
  /**
   * @param place where the value is kept ("outbox/<id>"); a sealed value that was moved to another place does not open
   * @returns format byte, nonce, ciphertext with its 16 byte tag
   */
  seal(plain: Uint8Array, place: string): Promise<Uint8Array<ArrayBuffer>>
  /** @returns null when the bytes were changed, moved, cut, or sealed under another key */
  open(sealed: Uint8Array, place: string): Promise<Uint8Array<ArrayBuffer> | null>
  sealJson(value: unknown, place: string): Promise<Uint8Array<ArrayBuffer>>
  openJson(sealed: Uint8Array, place: string): Promise<unknown>
}

export function newDataKey(): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(DATA_KEY_BYTES))
}

/** @param dataKey 32 bytes */
export async function createCipher(dataKey: Uint8Array): Promise<Cipher> {
  const key = await crypto.subtle.importKey('raw', plainBytes(dataKey), 'AES-GCM', false, ['encrypt', 'decrypt'])
  const parameters = (nonce: Uint8Array<ArrayBuffer>, place: string): AesGcmParams => ({
    name: 'AES-GCM',
    iv: nonce,
    additionalData: new TextEncoder().encode(place),
  })

  const seal: Cipher['seal'] = async (plain, place) => {
    const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES))
    const text = new Uint8Array(await crypto.subtle.encrypt(parameters(nonce, place), key, plainBytes(plain)))
    const sealed = new Uint8Array(HEADER_BYTES + text.length)
    sealed[0] = FORMAT
    sealed.set(nonce, 1)
    sealed.set(text, HEADER_BYTES)
    return sealed
  }
  const open: Cipher['open'] = async (sealed, place) => {
    if (sealed[0] !== FORMAT || sealed.length < HEADER_BYTES) return null
    const whole = plainBytes(sealed)
    const nonce = whole.slice(1, HEADER_BYTES)
    try {
      return new Uint8Array(await crypto.subtle.decrypt(parameters(nonce, place), key, whole.subarray(HEADER_BYTES)))
    } catch {
      // WebCrypto says no more than "OperationError" for every kind of wrong bytes, and neither do we.
      return null
    }
  }
  return {
    seal,
    open,
    sealJson: (value, place) => seal(new TextEncoder().encode(JSON.stringify(value)), place),
    openJson: async (sealed, place) => {
      const plain = await open(sealed, place)
      return plain === null ? null : (JSON.parse(new TextDecoder().decode(plain)) as unknown)
    },
  }
}
