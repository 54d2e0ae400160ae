// Which sentence explains why something was not signed: many codes of programs are one thing, and one next step, to a person.
import type { BridgeFailure } from '../../../shared/desktop/bridge.ts'
import type { REVOCATION_CODES, SigningCode, TIMESTAMP_CODES } from '../../../shared/desktop/signing-codes.ts'

export const FAULT_WORDS = {
  'module-missing': 'noDriver',
  'module-not-pkcs11': 'wrongDriver',
  'module-wrong-architecture': 'wrongDriver',
  'driver-crashed': 'driverStopped',
  'driver-hung': 'driverStopped',
  'no-native': 'noNative',
  'token-absent': 'tokenGone',
  'token-removed': 'tokenPulled',
  'token-ambiguous': 'tokenTwice',
  'pin-wrong': 'pinWrong',
  'pin-few-left': 'pinFewLeft',
  'pin-last-try': 'pinLastTry',
  'pin-locked': 'pinLocked',
  'pin-must-change': 'pinMustChange',
  'pin-not-set': 'pinNotSet',
  'pin-cancelled': 'pinCancelled',
  'pin-length': 'pinLength',
  'always-auth': 'pinEachTime',
  'certificate-not-found': 'certificateGone',
  'key-missing': 'keyMissing',
  'key-mismatch': 'keyMissing',
  'no-mechanism': 'unsupported',
  'signature-wrong': 'signatureWrong',
  busy: 'busy',
  'session-ended': 'sessionEnded',
  unsupported: 'unsupported',
  failed: 'tokenFailed',
  'soft-unreadable': 'softUnreadable',
  'soft-password-wrong': 'softPassword',
  'soft-too-large': 'softUnreadable',
  'soft-too-many-iterations': 'softUnreadable',
  'file-unreadable': 'fileUnreadable',
  'file-invalid': 'fileInvalid',
  'file-unsigned': 'fileUnsigned',
  'would-break-signatures': 'wouldBreak',
  'certificate-unreadable': 'certificateUnreadable',
  'certificate-expired': 'certificateExpired',
  'certificate-not-for-signing': 'certificateNotForSigning',
  unreadable: 'fileUnreadable',
  'page-missing': 'pageMissing',
  'field-missing': 'fieldUnusable',
  'field-exists': 'fieldUnusable',
  'field-already-signed': 'fieldSigned',
  'field-unusable': 'fieldUnusable',
  'value-field-unusable': 'fieldUnusable',
  'already-signed': 'alreadySigned',
  'certification-not-first': 'certificationNotFirst',
  'personal-signature-missing': 'personalMissing',
  'time-malformed': 'clockWrong',
  'font-missing': 'fontMissing',
  'character-missing': 'characterMissing',
  'picture-unusable': 'pictureUnusable',
  'reserve-too-small': 'tooLong',
  'confirm-expired': 'confirmExpired',
} as const satisfies Readonly<Record<SigningCode, string>>
export type FaultWords = (typeof FAULT_WORDS)[keyof typeof FAULT_WORDS]

export const CALL_WORDS = {
  forbidden: 'refused',
  'invalid-request': 'refused',
  'unknown-channel': 'oldDesktop',
  'no-keyring': 'failed',
  'vault-unreadable': 'failed',
  'link-refused': 'failed',
  'save-failed': 'failed',
  'not-offered': 'notOffered',
  'agent-unreachable': 'unreachable',
  'not-paired': 'unreachable',
  'too-large': 'tooLarge',
  'batch-unknown': 'forgotten',
  'batches-full': 'full',
  'batch-not-ready': 'notReady',
  'token-absent': 'tokenGone',
  'certificate-not-found': 'tokenGone',
  failed: 'failed',
} as const satisfies Readonly<Record<BridgeFailure, string>>
export type CallWords = (typeof CALL_WORDS)[keyof typeof CALL_WORDS]

export const TIME_WORDS = {
  'tsa-unreachable': 'unreachable',
  'tsa-slow': 'unreachable',
  'tsa-aborted': 'unreachable',
  'tsa-refused': 'refused',
  'tsa-wrong-policy': 'refused',
  'tsa-wrong-nonce': 'wrong',
  'tsa-wrong-imprint': 'wrong',
  'tsa-malformed': 'wrong',
  'tsa-wrong-time': 'clock',
  'tsa-untrusted': 'untrusted',
} as const satisfies Readonly<Record<(typeof TIMESTAMP_CODES)[number], string>>
export type TimeWords = (typeof TIME_WORDS)[keyof typeof TIME_WORDS]

export const REVOCATION_WORDS = {
  unreachable: 'unreachable',
  slow: 'unreachable',
  aborted: 'unreachable',
  refused: 'noAnswer',
  'no-answer': 'noAnswer',
  unknown: 'noAnswer',
  'too-big': 'wrong',
  malformed: 'wrong',
  'wrong-nonce': 'wrong',
  'not-about-it': 'wrong',
  untrusted: 'wrong',
  stale: 'stale',
  future: 'clock',
} as const satisfies Readonly<Record<(typeof REVOCATION_CODES)[number], string>>
export type RevocationWords = (typeof REVOCATION_WORDS)[keyof typeof REVOCATION_WORDS]

/** After these the same key and PIN may be tried again at once; after the others something else comes first. */
const PIN_AGAIN: ReadonlySet<SigningCode> = new Set<SigningCode>([
  'pin-wrong',
  'pin-few-left',
  'pin-last-try',
  'pin-cancelled',
  'pin-length',
  'always-auth',
  'busy',
  'session-ended',
  'confirm-expired',
  'driver-crashed',
  'driver-hung',
  'failed',
])

/** Whether "nhập lại mã PIN" helps after a batch has stopped. */
export function mayTryAgain(code: SigningCode | null): boolean {
  return code === null || PIN_AGAIN.has(code)
}
