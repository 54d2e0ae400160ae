// In which role somebody signs: what the signature looks like and what it locks (Decree 30/2020, annex I).
import { assertNever } from '../../assert-never.ts'
import type { Appearance } from './appearance.ts'
import type { SignFault } from './fault.ts'
import { LEADER_LOCK, SEAL_LOCK } from './outgoing.ts'
import type { FieldLock } from './signature-dictionary.ts'
import { vietnamTime } from './time.ts'

export const SIGNING_ROLES = ['personal', 'agency', 'annex', 'copy', 'initials', 'plain'] as const
export type SigningRole = (typeof SIGNING_ROLES)[number]

export interface RoleFacts {
  /** PNG: the blue handwritten signature, or the red seal in real size. */
  readonly picture: Uint8Array | null
  /** Whose signature it is, as the certificate says. */
  readonly name: string
  /** In ms since 1970. */
  readonly time: number
  /** Of the document that an annex belongs to. */
  readonly numberAndSymbol: string
  readonly agency: string
  /** What kind of copy it is, in words of the law: they are data. */
  readonly copyForm: string
  /** What the verifier says of the file: an agency signs only what a person has signed (Decree 30/2020, article 32). */
  readonly hasValidPersonalSignature: boolean
  /** The leader certifies (DocMDP, P=2) instead of approving. */
  readonly certify: boolean
}

export interface RoleTemplate {
  readonly appearance: Appearance
  readonly lock: FieldLock | null
  readonly certify: 2 | null
}

/** Times New Roman upright 10 black (Decree 30/2020, annex I). */
const PRESCRIBED_SIZE = 10
const INITIALS_SIZE = 8

/** @returns `personal-signature-missing` for an agency's signature on a file that nobody has validly signed, `picture-unusable` where the role needs one */
export function roleTemplate(role: SigningRole, facts: RoleFacts): RoleTemplate | SignFault {
  const time = vietnamTime(facts.time)
  switch (role) {
    case 'personal':
      if (facts.picture === null) return { fault: 'picture-unusable' }
      return { appearance: picture(facts.picture), lock: LEADER_LOCK, certify: facts.certify ? 2 : null }
    case 'agency':
      if (!facts.hasValidPersonalSignature) return { fault: 'personal-signature-missing' }
      if (facts.picture === null) return { fault: 'picture-unusable' }
      return { appearance: picture(facts.picture), lock: SEAL_LOCK, certify: null }
    case 'annex':
      return marked([facts.numberAndSymbol, time])
    case 'copy':
      return marked([facts.copyForm, facts.agency, time])
    case 'initials': {
      const text = facts.picture === null ? facts.name : null
      const appearance = { picture: facts.picture, text, size: INITIALS_SIZE, align: 'center' } as const
      return { appearance, lock: null, certify: null }
    }
    case 'plain':
      return { appearance: words([facts.name, time], 'left'), lock: null, certify: null }
    default:
      return assertNever(role)
  }
}

/** A mark at the edge of the page: no picture, and no field changes afterwards. */
function marked(lines: readonly string[]): RoleTemplate {
  return { appearance: words(lines, 'right'), lock: SEAL_LOCK, certify: null }
}

function picture(png: Uint8Array): Appearance {
  return { picture: png, text: null, size: PRESCRIBED_SIZE, align: 'center' }
}

function words(lines: readonly string[], align: Appearance['align']): Appearance {
  return { picture: null, text: lines.filter((line) => line !== '').join('\n'), size: PRESCRIBED_SIZE, align }
}
