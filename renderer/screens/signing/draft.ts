// What the person has chosen so far, what is still missing, and the order that the desktop gets.
import { OUTGOING_FIELDS } from '../../../shared/pdf/sign/outgoing-fields.ts'
import type { SigningRole } from '../../../shared/pdf/sign/roles.ts'
import type { Devices, Token, TokenCertificate } from '../devices/use-devices.ts'
import { shownTokens } from '../devices/plain.ts'
import type { Box } from './place.ts'
import { isRefused } from './scan-words.ts'
import type { Level, Start } from './use-batch.ts'
import type { PictureRole } from './use-picture.ts'
import type { Paper, ReadyPaper } from './use-papers.ts'

export const COPY_FORMS = ['SAO Y', 'SAO LỤC', 'TRÍCH SAO'] as const

export interface Draft {
  readonly role: SigningRole
  readonly certify: boolean
  readonly visible: boolean
  /** From 1. */
  readonly page: number
  /** Where the mark was put; null: where the role has it first. */
  readonly box: Box | null
  readonly number: string
  readonly date: string
  readonly copyForm: (typeof COPY_FORMS)[number]
  readonly level: Level
  /** Key of `choicesOf`; null: not chosen by the person. */
  readonly choice: string | null
}

export function firstDraft(hasTimestampService: boolean): Draft {
  return {
    role: 'personal',
    certify: false,
    visible: true,
    page: 1,
    box: null,
    number: '',
    date: '',
    copyForm: 'SAO Y',
    level: hasTimestampService ? 'B-LT' : 'B-B',
    choice: null,
  }
}

/** Which picture a role shows; only initials do without. */
export function pictureRole(role: SigningRole): PictureRole | null {
  return role === 'personal' || role === 'agency' || role === 'initials' ? role : null
}

export interface Choice {
  readonly key: string
  readonly token: Token
  readonly certificate: TokenCertificate
  readonly usable: boolean
}

/** Certificates that can sign first. */
export function choicesOf(devices: Devices): readonly Choice[] {
  const all = shownTokens(devices).flatMap((token) =>
    token.certificates.map((certificate) => ({
      key: `${token.id.module}\n${token.id.serial}\n${token.id.label}\n${certificate.fingerprint}`,
      token,
      certificate,
      usable: certificate.obstacles.length === 0 && !['locked', 'must-change', 'not-set'].includes(token.pin),
    })),
  )
  return [...all.filter(({ usable }) => usable), ...all.filter(({ usable }) => !usable)]
}

/** The one that was chosen while it is there; without a choice the only one that can sign. */
export function chosenOf(choices: readonly Choice[], key: string | null): Choice | null {
  const usable = choices.filter((each) => each.usable)
  if (key !== null) return usable.find((each) => each.key === key) ?? null
  return usable.length === 1 ? (usable[0] ?? null) : null
}

const OWN_FIELDS: Partial<Record<SigningRole, string>> = {
  personal: OUTGOING_FIELDS.leader,
  agency: OUTGOING_FIELDS.seal,
}

/** The paper says itself where this role signs. */
export function hasOwnField(paper: ReadyPaper, role: SigningRole): boolean {
  const own = OWN_FIELDS[role]
  return own !== undefined && paper.waiting.includes(own)
}

export type Lack = 'papers' | 'looking' | 'unreadable' | 'refused' | 'invalid' | 'picture' | 'personal' | 'certificate'

/** The first thing that keeps from signing, so that a sentence may say it. */
export function lackOf(
  papers: readonly Paper[],
  draft: Draft,
  choice: Choice | null,
  hasPicture: boolean,
): Lack | null {
  if (papers.length === 0) return 'papers'
  if (papers.some(({ state }) => state === 'failed')) return 'unreadable'
  const ready = papers.flatMap((paper) => (paper.state === 'ready' ? [paper] : []))
  if (ready.length < papers.length) return 'looking'
  if (ready.some(({ report }) => report.status === 'invalid')) return 'invalid'
  if (ready.some(({ findings }) => isRefused(findings))) return 'refused'
  if (draft.role === 'agency' && !ready.every(hasPersonalSignature)) return 'personal'
  if ((draft.role === 'personal' || draft.role === 'agency') && !hasPicture) return 'picture'
  return choice === null ? 'certificate' : null
}

/** As the desktop judges it (Decree 30/2020, article 32). */
function hasPersonalSignature({ report }: ReadyPaper): boolean {
  return report.signatures.some(
    ({ kind, role, status }) =>
      kind === 'signature' && role !== 'agency' && role !== 'initials' && status !== 'invalid',
  )
}

export interface OrderParts {
  readonly rectangle: [number, number, number, number] | null
  readonly picture: Uint8Array | null
}

export function orderOf(draft: Draft, { rectangle, picture }: OrderParts): Start['order'] {
  const { role, certify, visible, page, number, date, copyForm, level } = draft
  const filled = (text: string) => (text.trim() === '' ? null : text.trim())
  return {
    role,
    certify: role === 'personal' && certify,
    place: visible && rectangle !== null ? { page: page - 1, rectangle } : null,
    picture: pictureRole(role) === null ? null : picture && new Uint8Array(picture),
    number: role === 'agency' || role === 'annex' ? filled(number) : null,
    date: role === 'agency' ? filled(date) : null,
    copyForm: role === 'copy' ? copyForm : '',
    reason: null,
    level,
  }
}

/** `to-trinh.pdf` becomes `to-trinh-da-ky.pdf`. */
export function signedName(name: string): string {
  return `${name.replace(/\.pdf$/i, '')}-da-ky.pdf`
}
