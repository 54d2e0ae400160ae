// Every reason that a page may hear about signing: closed lists, free of zod and of the desktop's code, so that each has a sentence on
// the screen. electron/signing-desk/wire-codes.ts proves that they say what the desktop's own lists say.

/** Of a driver, a token, a PIN or a certificate: electron/signing/signing-fault.ts. */
export const TOKEN_CODES = [
  'module-missing',
  'module-not-pkcs11',
  'module-wrong-architecture',
  'driver-crashed',
  'driver-hung',
  'no-native',
  'token-absent',
  'token-removed',
  'token-ambiguous',
  'pin-wrong',
  'pin-few-left',
  'pin-last-try',
  'pin-locked',
  'pin-must-change',
  'pin-not-set',
  'pin-cancelled',
  'pin-length',
  'always-auth',
  'certificate-not-found',
  'key-missing',
  'key-mismatch',
  'no-mechanism',
  'signature-wrong',
  'busy',
  'session-ended',
  'unsupported',
  'failed',
  'soft-unreadable',
  'soft-password-wrong',
  'soft-too-large',
  'soft-too-many-iterations',
] as const

/** Of a document: electron/signature/signature-fault.ts and shared/pdf/sign/fault.ts. */
export const DOCUMENT_CODES = [
  'file-unreadable',
  'file-invalid',
  'file-unsigned',
  'would-break-signatures',
  'certificate-unreadable',
  'certificate-expired',
  'certificate-not-for-signing',
  'unreadable',
  'page-missing',
  'field-missing',
  'field-exists',
  'field-already-signed',
  'field-unusable',
  'value-field-unusable',
  'already-signed',
  'certification-not-first',
  'personal-signature-missing',
  'time-malformed',
  'font-missing',
  'character-missing',
  'picture-unusable',
  'reserve-too-small',
] as const

/** Nobody answered the PIN window in its time. */
export const DESK_CODES = ['confirm-expired'] as const

export const SIGNING_CODES = [...TOKEN_CODES, ...DOCUMENT_CODES, ...DESK_CODES] as const
export type SigningCode = (typeof SIGNING_CODES)[number]

/** Why a timestamp service gave none: electron/revocation/tsa-client.ts. */
export const TIMESTAMP_CODES = [
  'tsa-unreachable',
  'tsa-slow',
  'tsa-refused',
  'tsa-wrong-nonce',
  'tsa-wrong-imprint',
  'tsa-wrong-time',
  'tsa-wrong-policy',
  'tsa-malformed',
  'tsa-untrusted',
  'tsa-aborted',
] as const

/** Why a source of revocation data gave none: electron/revocation/revocation-types.ts. */
export const REVOCATION_CODES = [
  'unreachable',
  'refused',
  'slow',
  'too-big',
  'aborted',
  'malformed',
  'no-answer',
  'wrong-nonce',
  'stale',
  'future',
  'not-about-it',
  'untrusted',
  'unknown',
] as const

export const PIN_STATES = ['ready', 'few-left', 'last-try', 'locked', 'must-change', 'not-set'] as const
export type PinStateCode = (typeof PIN_STATES)[number]

export const CERTIFICATE_OBSTACLES = [
  'unreadable',
  'expired',
  'not-yet-valid',
  'not-for-signing',
  'no-private-key',
  'key-mismatch',
] as const

/** Where a batch stands. `confirming`: the PIN window is open, or its address was given and waits to be opened. */
export const BATCH_PHASES = ['confirming', 'signing', 'waiting-for-token', 'stopped', 'done', 'cancelled'] as const
export type BatchPhase = (typeof BATCH_PHASES)[number]

export const DOCUMENT_STATES = ['waiting', 'signing', 'signed', 'failed'] as const
export type DocumentState = (typeof DOCUMENT_STATES)[number]
