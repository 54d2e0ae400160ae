// The CMS inside `/Contents`: a hexadecimal string in the dictionary itself, DER, and then zeros up to the reserved length.
import type { SignatureFinding } from './signature.ts'

const SEQUENCE = 0x30
const ZERO_DIGIT = 0x30

/**
 * Takes the padding off by the length that DER says.
 * @returns the DER, or null where there is none
 */
export function unpadded(contents: Uint8Array, findings: Set<SignatureFinding>): Uint8Array | null {
  if (contents.length === 0) {
    findings.add('contents-empty')
    return null
  }
  if (contents.every((byte) => byte === 0)) {
    findings.add('contents-zero')
    return null
  }
  const length = derLength(contents)
  if (length === null || length > contents.length) {
    findings.add('contents-not-der')
    return null
  }
  if (contents.subarray(length).some((byte) => byte !== 0)) findings.add('contents-padding-not-zero')
  return contents.subarray(0, length)
}

/** Whether the bytes of a string in the file are `<`, hexadecimal digits and `>`, with nothing between them. */
export function isHexadecimal(written: Uint8Array): boolean {
  if (written.length < 2 || written[0] !== 0x3c || written.at(-1) !== 0x3e || written.length % 2 === 1) return false
  return written.subarray(1, -1).every(isHexDigit)
}

/** Bytes of the outermost SEQUENCE with its head; null unless its length is definite. */
function derLength(bytes: Uint8Array): number | null {
  const [tag, first = 0x80] = bytes
  if (tag !== SEQUENCE || first === 0x80 || first > 0x84) return null
  if (first < 0x80) return 2 + first
  let length = 0
  for (let i = 0; i < first - 0x80; i++) length = length * 256 + (bytes[2 + i] ?? 0)
  return 2 + first - 0x80 + length
}

function isHexDigit(byte: number): boolean {
  return (byte >= ZERO_DIGIT && byte <= 0x39) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66)
}
