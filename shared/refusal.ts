// Every reason for which an act, a socket, an upload or a login can be refused: a closed set, so that each has a sentence on the screen.

export const REFUSAL_CODES = [
  // envelope: what is checked before anyone asks what the act means
  'malformed',
  'too-large',
  'unknown-type',
  'unsigned',
  'bad-signature',
  'device-unknown',
  'device-revoked',
  'actor-mismatch',
  'act-id-reused',
  'future-dated',
  'rate-limited',
  'storage-full',
  'hub-unavailable',
  // access
  'not-logged-in',
  'session-ended',
  'login-failed',
  'login-delayed',
  'account-ended',
  'password-change-required',
  'password-too-weak',
  'forbidden',
  'position-ended',
  'not-found',
  // organisation
  'already-exists',
  'already-ended',
  'unit-has-positions',
  'ends-before-start',
  'unit-cycle',
  'username-taken',
  'last-administrator',
  'certificate-unreadable',
  'certificate-expired',
  // login with a signing device
  'certificate-not-bound',
  'challenge-expired',
  'signature-wrong',
  // meetings
  'meeting-not-draft',
  'meeting-not-published',
  'meeting-not-open',
  'meeting-closed',
  'meeting-cancelled',
  'reason-required',
  'agenda-empty',
  'item-not-found',
  'item-has-parts',
  'item-too-deep',
  'paper-not-found',
  'paper-not-uploaded',
  'participant-not-found',
  'participant-exists',
  'participant-is-member',
  'chair-not-member',
  'secretary-required',
  'not-participant',
  'not-checked-in',
  'quorum-not-met',
  'motion-not-found',
  'motion-not-proposed',
  'vote-not-open',
  'vote-closed',
  'vote-still-open',
  'not-entitled-to-vote',
  'choice-unknown',
  'rule-set-unknown',
  // rooms
  'ticket-missing',
  'ticket-expired',
  'ticket-wrong-room',
  'board-read-only',
  'text-read-only',
  'update-refused',
  'frame-too-large',
  'room-reset',
  // papers
  'paper-not-pdf',
  'paper-encrypted',
  'paper-truncated',
  'paper-too-many-pages',
  'paper-too-large',
  'part-hash-mismatch',
  'part-missing',
  'device-storage-full',
  'device-storage-closed',
] as const

export type RefusalCode = (typeof REFUSAL_CODES)[number]

/** A failure that crosses a boundary as data; the sentence for people is chosen on the screen. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: RefusalCode }

export function ok<T>(value: T): Result<T> {
  return { ok: true, value }
}

export function refuse(code: RefusalCode): { readonly ok: false; readonly code: RefusalCode } {
  return { ok: false, code }
}
