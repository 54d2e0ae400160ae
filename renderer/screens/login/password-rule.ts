// The rule for a new password, as the hub applies it, so that a person is told while typing; the hub has the last word.

export const MIN_LENGTH = 10
const MIN_DIFFERENT = 4

export type PasswordFault =
  { readonly kind: 'tooShort'; readonly missing: number } | { readonly kind: 'monotone' | 'hasUsername' | 'same' }

/** @param current what it replaces; @returns the first thing that is wrong, or null */
export function passwordFault(next: string, current: string, username: string): PasswordFault | null {
  const plain = next.normalize('NFC')
  if (plain.length < MIN_LENGTH) return { kind: 'tooShort', missing: MIN_LENGTH - plain.length }
  if (new Set(plain).size < MIN_DIFFERENT) return { kind: 'monotone' }
  if (username !== '' && plain.toLowerCase().includes(username)) return { kind: 'hasUsername' }
  return plain === current.normalize('NFC') ? { kind: 'same' } : null
}
