// The mathematics of public keys from Node's OpenSSL, for the desktop and the command line.
import { constants, createHash, createPublicKey, verify, type KeyObject } from 'node:crypto'
import type { HashName, PkiCrypto, SignatureAlgorithm } from '../../shared/pki/crypto.ts'

export const nodePkiCrypto: PkiCrypto = {
  digest(hash, parts) {
    const state = createHash(hash)
    for (const part of parts) state.update(part)
    return Promise.resolve(new Uint8Array(state.digest()))
  },
  verify({ algorithm, spki, signature, data }) {
    try {
      const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
      return Promise.resolve(verifyWith(key, algorithm, data, signature))
    } catch {
      return Promise.resolve(false)
    }
  },
}

/** The key must be of the algorithm's kind: OpenSSL would go by the key alone. */
function verifyWith(key: KeyObject, algorithm: SignatureAlgorithm, data: Uint8Array, signature: Uint8Array): boolean {
  const type = key.asymmetricKeyType
  switch (algorithm.kind) {
    case 'rsa-pkcs1':
      return type === 'rsa' && check(algorithm.hash, { key, padding: constants.RSA_PKCS1_PADDING }, data, signature)
    case 'rsa-pss': {
      const options = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: algorithm.saltLength }
      return (type === 'rsa' || type === 'rsa-pss') && check(algorithm.hash, options, data, signature)
    }
    case 'ecdsa':
      return type === 'ec' && check(algorithm.hash, { key, dsaEncoding: 'der' }, data, signature)
    case 'dsa':
      return type === 'dsa' && check(algorithm.hash, { key, dsaEncoding: 'der' }, data, signature)
    case 'ed25519':
      return type === 'ed25519' && verify(null, data, key, signature)
  }
}

type VerifyOptions = Parameters<typeof verify>[2]

function check(hash: HashName, key: VerifyOptions, data: Uint8Array, signature: Uint8Array): boolean {
  return verify(hash, data, key, signature)
}
