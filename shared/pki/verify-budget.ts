// Signature checks of one question: each is made once, and hostile certificates cannot have us make ever more of them.
import type { PkiCrypto, SignatureCheck } from './crypto.ts'

/** A path with its lists and their signers needs some ten; each costs a tenth of a millisecond. */
export const MAX_SIGNATURE_CHECKS = 1000

export interface BudgetedVerify {
  readonly verify: (check: SignatureCheck) => Promise<boolean>
  /** Whether checks were refused. */
  readonly spent: () => boolean
}

/** Same signature and key, taken by identity, get the same answer: parsed data never changes. */
export function budgetedVerify(crypto: PkiCrypto): BudgetedVerify {
  const answers = new WeakMap<Uint8Array, WeakMap<Uint8Array, Promise<boolean>>>()
  let made = 0
  return {
    verify: (check) => {
      const bySignature = answers.get(check.signature) ?? new WeakMap<Uint8Array, Promise<boolean>>()
      answers.set(check.signature, bySignature)
      const known = bySignature.get(check.spki)
      if (known !== undefined) return known
      made += 1
      const answer = made > MAX_SIGNATURE_CHECKS ? Promise.resolve(false) : crypto.verify(check)
      bySignature.set(check.spki, answer)
      return answer
    },
    spent: () => made > MAX_SIGNATURE_CHECKS,
  }
}
