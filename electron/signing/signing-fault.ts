// What can go wrong between this application and a token: one closed list of codes, and the result type that carries them as data.

export const SIGNING_FAULTS = [
  // The driver (PKCS#11 module) and the process that holds it.
  'module-missing',
  'module-not-pkcs11',
  /** Built for another processor or word length than this application. */
  'module-wrong-architecture',
  'driver-crashed',
  'driver-hung',
  /** An optional native package could not be built or loaded on this machine. */
  'no-native',
  // The token.
  'token-absent',
  'token-removed',
  /** Several tokens answer to this name, and no serial number says which one is meant. */
  'token-ambiguous',
  // The PIN. `SigningFault.tried` says whether one of the limited tries was spent.
  'pin-wrong',
  'pin-few-left',
  'pin-last-try',
  'pin-locked',
  'pin-must-change',
  'pin-not-set',
  /** Cancelled on the keys of the PIN pad, or its time ran out. */
  'pin-cancelled',
  'pin-length',
  /** The key wants its PIN for every signature, and this session does not hold it. */
  'always-auth',
  // The certificate and its key.
  'certificate-not-found',
  'key-missing',
  'key-mismatch',
  'no-mechanism',
  /** The token answered, but the certificate's public key does not verify what it answered. */
  'signature-wrong',
  // The call.
  'busy',
  'session-ended',
  'unsupported',
  'failed',
  // A certificate in a file (PKCS#12).
  'soft-unreadable',
  'soft-password-wrong',
  'soft-too-large',
  'soft-too-many-iterations',
] as const

export type SigningFaultCode = (typeof SIGNING_FAULTS)[number]

export interface SigningFault {
  readonly code: SigningFaultCode
  /** True when this very call spent one of the token's limited PIN tries. */
  readonly tried: boolean
}

export type SigningResult<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: SigningFault }

export function done<T>(value: T): SigningResult<T> {
  return { ok: true, value }
}

export function fault(code: SigningFaultCode, tried = false): { readonly ok: false; readonly fault: SigningFault } {
  return { ok: false, fault: { code, tried } }
}
