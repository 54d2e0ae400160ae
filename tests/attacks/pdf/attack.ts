// What an attack on a signed PDF is: made from a file that we signed ourselves, and told by codes that it must be found under.
import { LEADER, unsignedPaper, type Changes, type Paper } from './paper.ts'
import { certify, fieldMdp, sign } from './signing.ts'

export type AttackClass =
  | 'universal-signature-forgery'
  | 'incremental-saving'
  | 'signature-wrapping'
  | 'shadow-hide'
  | 'shadow-replace'
  | 'shadow-hide-and-replace'
  | 'evil-annotation'
  | 'sneaky-signature'
  | 'certification-misuse'
  | 'signature-reuse'
  | 'lock-violation'
  | 'form-forgery'
  | 'evidence-forgery'
  | 'document-forgery'

export interface PdfAttack {
  readonly name: string
  readonly class: AttackClass
  /** A paper with at least one signature of ours. */
  readonly signed: () => Paper
  readonly make: (signed: Paper) => Paper | string
  /** The field whose signature is asked about; the leader's unless said. */
  readonly about?: string
  /** Each of these must be among the codes. */
  readonly expect: readonly string[]
}

export const CLERK = ['number', 'date', 'seal', 'archive']

export const approved = (more: Changes = {}) => sign(unsignedPaper(more), LEADER)
export const approvedExcept = (fields: readonly string[] = CLERK) =>
  sign(unsignedPaper(), LEADER, { dict: `/Reference[${fieldMdp('Exclude', fields)}]` })
export const certified = (level: number, references = '', more: Changes = {}) =>
  certify(unsignedPaper(more), LEADER, level, references)

/** One class of attacks on one kind of signed paper. */
export function attacks(
  of: AttackClass,
  signed: () => Paper,
  list: Readonly<Record<string, readonly [make: PdfAttack['make'], ...expect: string[]]>>,
): readonly PdfAttack[] {
  return Object.entries(list).map(([name, [make, ...expect]]) => ({ name, class: of, signed, make, expect }))
}

/** The text of an object that must be there. */
export function textOf(paper: Paper, number: number): string {
  const text = paper.objects.get(number)
  if (text === undefined) throw new Error(`object ${number} is not there`)
  return text
}
