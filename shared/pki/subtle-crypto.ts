// The mathematics of public keys from WebCrypto, for browsers and the hub. The platform comes in as an argument.
import { concatBytes } from '@noble/hashes/utils.js'
import { publicKeyKind, type CurveName } from './algorithms.ts'
import type { HashName, PkiCrypto, SignatureAlgorithm, SignatureCheck } from './crypto.ts'
import { FieldReader, orNull, readElement, readIntegerHex, TAG, type DerElement } from './der-reader.ts'

/** WebCrypto's own names. */
export interface SubtleAlgorithm {
  readonly name: string
  readonly hash?: string
  readonly namedCurve?: string
  readonly saltLength?: number
}

/** As much of SubtleCrypto as is needed. `Key` is the platform's CryptoKey, which nobody looks into. */
export interface SubtleLike<Key> {
  digest(algorithm: string, data: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>
  importKey(
    format: 'spki',
    key: Uint8Array<ArrayBuffer>,
    algorithm: SubtleAlgorithm,
    extractable: boolean,
    usages: 'verify'[],
  ): Promise<Key>
  verify(
    algorithm: SubtleAlgorithm,
    key: Key,
    signature: Uint8Array<ArrayBuffer>,
    data: Uint8Array<ArrayBuffer>,
  ): Promise<boolean>
}

/** SHA-224 is not among WebCrypto's. */
const HASHES: Readonly<Partial<Record<HashName, string>>> = {
  sha1: 'SHA-1',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
}

const COORDINATE_BYTES: Readonly<Record<CurveName, number>> = { 'P-256': 32, 'P-384': 48, 'P-521': 66 }

/**
 * RSA with both paddings, ECDSA on P-256, P-384 and P-521, and Ed25519 where the platform has it. DSA, SHA-224 and RSA keys
 * that are marked for PSS only are not there: such signatures verify as false. `digest` rejects for SHA-224.
 */
export function subtlePkiCrypto<Key>(subtle: SubtleLike<Key>): PkiCrypto {
  return {
    async digest(hash, parts) {
      const name = HASHES[hash]
      if (name === undefined) throw new RangeError('no such hash')
      return new Uint8Array(await subtle.digest(name, owned(concatBytes(...parts))))
    },
    async verify(check) {
      const terms = termsOf(check.algorithm, check.spki)
      const signature = terms && signatureOf(terms, check)
      if (terms === null || signature === null) return false
      try {
        const key = await subtle.importKey('spki', owned(check.spki), terms.algorithm, false, ['verify'])
        return await subtle.verify(terms.algorithm, key, owned(signature), owned(check.data))
      } catch {
        // Unreadable keys and algorithms that the platform lacks are told by exceptions of its own kinds.
        return false
      }
    },
  }
}

interface Terms {
  readonly algorithm: SubtleAlgorithm
  /** Set for ECDSA. */
  readonly curve: CurveName | null
}

function termsOf(algorithm: SignatureAlgorithm, spki: Uint8Array): Terms | null {
  if (algorithm.kind === 'ed25519') return { algorithm: { name: 'Ed25519' }, curve: null }
  const hash = HASHES[algorithm.hash]
  if (hash === undefined) return null
  switch (algorithm.kind) {
    case 'rsa-pkcs1':
      return { algorithm: { name: 'RSASSA-PKCS1-v1_5', hash }, curve: null }
    case 'rsa-pss':
      return { algorithm: { name: 'RSA-PSS', hash, saltLength: algorithm.saltLength }, curve: null }
    case 'ecdsa': {
      const key = publicKeyKind(spki)
      if (key?.kind !== 'ec' || key.curve === null) return null
      return { algorithm: { name: 'ECDSA', hash, namedCurve: key.curve }, curve: key.curve }
    }
    case 'dsa':
      return null
  }
}

/** WebCrypto wants r and s one after the other, each as long as the curve's field (IEEE P1363). */
function signatureOf(terms: Terms, { signature }: SignatureCheck): Uint8Array | null {
  const { curve } = terms
  if (curve === null) return signature
  return orNull(() => {
    const fields = new FieldReader(readElement(signature))
    const [r, s] = [fields.take(TAG.integer), fields.take(TAG.integer)]
    fields.end()
    const parts = [r, s].map((element) => coordinate(element, COORDINATE_BYTES[curve]))
    return parts.includes(null) ? null : concatBytes(...parts.filter((part) => part !== null))
  })
}

function coordinate(element: DerElement, size: number): Uint8Array | null {
  if (readIntegerHex(element).startsWith('-')) return null
  const digits = element.content[0] === 0 ? element.content.subarray(1) : element.content
  if (digits.length > size) return null
  const padded = new Uint8Array(size)
  padded.set(digits, size - digits.length)
  return padded
}

/** A copy in memory of its own: WebCrypto refuses views of shared memory, and our bytes are views of anything. */
function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(bytes)
}
