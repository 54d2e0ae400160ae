// Whether the certifications of a file fit together: at most one, the first signature, and the one that `/Perms` names (ISO 32000-2, 12.8.2.2).
import type { RevisionedPdf } from './revisions.ts'
import type { Draft } from './read-signatures.ts'
import { dictOf, refOf } from './values.ts'

/** Adds to the findings of each certification what is wrong with it. */
export function certificationFindings(pdf: RevisionedPdf, drafts: readonly Draft[]): void {
  const newest = pdf.revisions.at(-1)
  const named = newest === undefined ? null : namedIn(pdf, newest.index)
  const certifications = drafts.filter(
    ({ signature, findings }) => signature.docMdp !== null || findings.has('doc-mdp-malformed'),
  )
  certifications.forEach(({ signature, findings, notes }, i) => {
    if (i > 0) findings.add('second-certification')
    const approvedBefore = drafts.some(
      (other) =>
        other.signature.docMdp === null &&
        other.signature.kind === 'signature' &&
        !other.notes.has('usage-rights') &&
        other.signature.appearsIn < signature.appearsIn,
    )
    if (approvedBefore) findings.add('certification-after-approval')
    const number = signature.dictRef?.number ?? null
    const first = namedIn(pdf, signature.appearsIn)
    if (first === null) notes.add('certification-without-perms')
    else if (first !== number) findings.add('perms-mismatch')
    if (first !== null && named !== first) findings.add('perms-removed')
  })
  // A name in `/Perms` makes no certification of a signature that does not say so itself.
  for (const { signature, findings } of drafts) {
    const isNamed = signature.dictRef !== null && namedIn(pdf, signature.appearsIn) === signature.dictRef.number
    if (isNamed && signature.docMdp === null) findings.add('perms-mismatch')
  }
}

/** Number of the signature dictionary that `/Perms` calls the certification, as of a revision. */
function namedIn(pdf: RevisionedPdf, index: number): number | null {
  const revision = pdf.revisions[index]
  if (revision === undefined) return null
  const { file, trailer } = revision
  const perms = dictOf(file, dictOf(file, trailer.entries.get('Root'))?.entries.get('Perms'))
  return refOf(perms?.entries.get('DocMDP'))?.number ?? null
}
