// Base64 (RFC 4648 §4) without a platform: strict in, canonical out.

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const VALUES = new Map(Array.from(ALPHABET, (character, value) => [character, value]))

export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second, third] = bytes.subarray(at, at + 3)
    const group = (first << 16) | ((second ?? 0) << 8) | (third ?? 0)
    text += ALPHABET.charAt(group >> 18) + ALPHABET.charAt((group >> 12) & 63)
    text += second === undefined ? '=' : ALPHABET.charAt((group >> 6) & 63)
    text += third === undefined ? '=' : ALPHABET.charAt(group & 63)
  }
  return text
}

/** @returns null for anything but the one canonical form: no white space, padded, unused bits zero */
export function fromBase64(text: string): Uint8Array | null {
  if (text.length % 4 !== 0) return null
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const bytes = new Uint8Array((text.length / 4) * 3 - padding)
  let group = 0
  for (let i = 0; i < text.length; i++) {
    const padded = i >= text.length - padding
    const value = padded ? 0 : VALUES.get(text.charAt(i))
    if (value === undefined) return null
    group = (group << 6) | value
    if (i % 4 !== 3) continue
    const at = ((i - 3) / 4) * 3
    // Bytes beyond the end of a typed array are dropped, which is what the padding stands for.
    for (let k = 0; k < 3; k++) bytes[at + k] = (group >> (16 - 8 * k)) & 255
    group = 0
  }
  return toBase64(bytes) === text ? bytes : null
}
