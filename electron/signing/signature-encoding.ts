// The encodings between a token's raw answer and what CMS carries: DigestInfo before the token, DER of (r, s) after it.
import type { SigningHash } from './mechanisms.ts'

/** DER of DigestInfo up to the digest itself (RFC 8017 §9.2, note 1). */
const DIGEST_INFO_PREFIX: Readonly<Record<SigningHash, string>> = {
  sha256: '3031300d060960864801650304020105000420',
  sha384: '3041300d060960864801650304020205000430',
  sha512: '3051300d060960864801650304020305000440',
}

/** What CKM_RSA_PKCS pads and signs. */
export function digestInfo(hash: SigningHash, digest: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(DIGEST_INFO_PREFIX[hash], 'hex'), digest])
}

/**
 * r ‖ s of equal length, as CKM_ECDSA answers (PKCS#11 §6.3.1) → DER SEQUENCE { INTEGER r, INTEGER s } (RFC 3279 §2.2.3).
 * @returns null when the length is odd or zero, or too long for a short-form-or-0x81 DER length
 */
export function ecdsaDer(raw: Uint8Array): Buffer | null {
  if (raw.length === 0 || raw.length % 2 !== 0 || raw.length > 2 * MOST_FIELD_BYTES) return null
  const half = raw.length / 2
  const content = Buffer.concat([derInteger(raw.subarray(0, half)), derInteger(raw.subarray(half))])
  const length = content.length < 0x80 ? [content.length] : [0x81, content.length]
  return Buffer.concat([Buffer.from([0x30, ...length]), content])
}

/** P-521, the largest curve in use. */
const MOST_FIELD_BYTES = 66

function derInteger(unsigned: Uint8Array): Buffer {
  const first = unsigned.findIndex((byte) => byte !== 0)
  const digits = first < 0 ? Uint8Array.of(0) : unsigned.subarray(first)
  const sign = (digits[0] ?? 0) >= 0x80 ? [0] : []
  return Buffer.concat([Buffer.from([0x02, digits.length + sign.length, ...sign]), digits])
}

/** Bytes of an uncompressed point of P-256, P-384, P-521, and of a point of Ed25519 and Ed448. */
const POINT_BYTES: readonly number[] = [65, 97, 133, 32, 57]

/**
 * CKA_EC_POINT is the DER OCTET STRING of the point; some drivers give the bare point, which also starts with 0x04: the length decides.
 * @returns the bare point
 */
export function ecPoint(attribute: Buffer): Buffer {
  const header = attribute[1] === 0x81 ? 3 : 2
  const inner = attribute.subarray(header)
  const wrapped = attribute[0] === 0x04 && attribute[header - 1] === inner.length
  return wrapped && POINT_BYTES.includes(inner.length) ? inner : attribute
}
