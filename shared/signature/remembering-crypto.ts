// Signature checks of one file: the same certificates, lists and answers are looked at for each signature, each level and each timestamp.
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { PkiCrypto, SignatureCheck } from '../pki/crypto.ts'

/** Each check is made once, whoever asks. For one judgement: what it remembers is never forgotten. */
export function rememberingCrypto(crypto: PkiCrypto): PkiCrypto {
  const answers = new Map<string, Promise<boolean>>()
  return {
    digest: (hash, parts) => crypto.digest(hash, parts),
    verify: async (check) => {
      const key = bytesToHex(await crypto.digest('sha256', identity(check)))
      const answer = answers.get(key) ?? crypto.verify(check)
      answers.set(key, answer)
      return answer
    },
  }
}

/** By value, since stores of several revisions are parsed anew; the lengths keep one part from running into the next. */
function identity({ algorithm, spki, signature, data }: SignatureCheck): readonly Uint8Array[] {
  const head = JSON.stringify([algorithm, spki.length, signature.length, data.length])
  return [utf8ToBytes(head), spki, signature, data]
}
