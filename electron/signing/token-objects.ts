// Certificates and private keys on a token, and which key belongs to which certificate: by CKA_ID and by public key.
import { X509Certificate, type KeyObject } from 'node:crypto'
import type { Handle, PKCS11 } from 'pkcs11js'
import { CKA, CKC_X_509, CKO } from './cryptoki.ts'
import { isRemoval, TokenFault } from './pkcs11-errors.ts'
import { PROTOCOL_LIMITS } from './protocol.ts'
import { ecPoint } from './signature-encoding.ts'

/** A session of one driver. */
export interface OpenHandle {
  readonly pkcs11: PKCS11
  readonly handle: Handle
}

export interface StoredCertificate {
  readonly der: Buffer
  readonly id: Buffer
  readonly label: string
}

export interface StoredKey {
  readonly handle: Handle
  readonly id: Buffer
  /** Modulus or curve point; null when the token shows neither with the key nor with a public key of the same CKA_ID. */
  readonly publicValue: Buffer | null
  /** CKA_ALWAYS_AUTHENTICATE: every signature wants a login of its own. */
  readonly alwaysAuthenticate: boolean
}

export function readCertificates(session: OpenHandle): readonly StoredCertificate[] {
  const handles = findObjects(session, CKO.CERTIFICATE)
  return handles.flatMap((object) => {
    const type = attribute(session, object, CKA.CERTIFICATE_TYPE)
    const der = attribute(session, object, CKA.VALUE)
    if (der === null || der.length === 0 || der.length > PROTOCOL_LIMITS.certificateBytes) return []
    if (type !== null && type.some((byte) => byte !== CKC_X_509)) return []
    return [{ der, id: idOf(session, object), label: attribute(session, object, CKA.LABEL)?.toString('utf8') ?? '' }]
  })
}

export function readKeys(session: OpenHandle): readonly StoredKey[] {
  const publicKeys = findObjects(session, CKO.PUBLIC_KEY).map((object) => ({
    id: idOf(session, object),
    value: publicValue(session, object),
  }))
  return findObjects(session, CKO.PRIVATE_KEY).map((handle) => {
    const id = idOf(session, handle)
    const partner = id.length === 0 ? undefined : publicKeys.find((key) => key.id.equals(id) && key.value !== null)
    return {
      handle,
      id,
      publicValue: publicValue(session, handle) ?? partner?.value ?? null,
      alwaysAuthenticate: attribute(session, handle, CKA.ALWAYS_AUTHENTICATE)?.[0] === 1,
    }
  })
}

export type KeyMatch = StoredKey | 'missing' | 'mismatch'

/**
 * A key that shows nothing of its public half is taken on its CKA_ID alone: its first signature is verified anyway.
 * A token whose objects have no CKA_ID is matched by the public key.
 */
export function matchKey(certificate: StoredCertificate, publicKey: KeyObject, keys: readonly StoredKey[]): KeyMatch {
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const isPair = (key: StoredKey): boolean => key.publicValue !== null && spki.includes(key.publicValue)
  const sameId = keys.filter((key) => certificate.id.length > 0 && key.id.equals(certificate.id))
  if (sameId.length === 0) return keys.find(isPair) ?? 'missing'
  return sameId.find(isPair) ?? sameId.find((key) => key.publicValue === null) ?? 'mismatch'
}

/** @throws TokenFault `unsupported` when the platform cannot read the certificate or its key */
export function publicKeyOf(der: Uint8Array): KeyObject {
  try {
    return new X509Certificate(der).publicKey
  } catch {
    throw new TokenFault('unsupported')
  }
}

const FIND_AT_ONCE = 32

function findObjects({ pkcs11, handle }: OpenHandle, objectClass: number): readonly Handle[] {
  const found: Handle[] = []
  pkcs11.C_FindObjectsInit(handle, [{ type: CKA.CLASS, value: objectClass }])
  try {
    for (;;) {
      const some = pkcs11.C_FindObjects(handle, FIND_AT_ONCE)
      found.push(...some)
      if (some.length === 0 || found.length >= PROTOCOL_LIMITS.objects) return found.slice(0, PROTOCOL_LIMITS.objects)
    }
  } finally {
    pkcs11.C_FindObjectsFinal(handle)
  }
}

/** The bytes inside SubjectPublicKeyInfo that no other key has; short values prove nothing. */
function publicValue(session: OpenHandle, object: Handle): Buffer | null {
  const modulus = attribute(session, object, CKA.MODULUS)
  const point = modulus === null || modulus.length === 0 ? attribute(session, object, CKA.EC_POINT) : null
  const value = point === null ? withoutLeadingZeros(modulus) : ecPoint(point)
  return value === null || value.length < SHORTEST_PUBLIC_VALUE ? null : value
}

/** The point of Ed25519. */
const SHORTEST_PUBLIC_VALUE = 32

function withoutLeadingZeros(value: Buffer | null): Buffer | null {
  const first = value?.findIndex((byte) => byte !== 0) ?? -1
  return value === null || first < 0 ? null : value.subarray(first)
}

function idOf(session: OpenHandle, object: Handle): Buffer {
  return attribute(session, object, CKA.ID) ?? Buffer.alloc(0)
}

/** One attribute a call: asked for several, a token answers with none when one of them is unknown to it. */
function attribute({ pkcs11, handle }: OpenHandle, object: Handle, type: number): Buffer | null {
  try {
    const value = pkcs11.C_GetAttributeValue(handle, object, [{ type }])[0]?.value
    return Buffer.isBuffer(value) ? value : null
  } catch (error) {
    if (isRemoval(error)) throw error
    return null
  }
}
