// The list of issuers that an administrator edits: names from the certificates, each certificate once.
import { TRUST_USES, type TrustBody } from '../../../shared/org/acts.ts'
import { certificateOf } from '../../../shared/org/certificates.ts'
import { commonName, displayName } from '../../../shared/pki/names.ts'

export type Anchor = TrustBody['anchors'][number]

/** The longest name that the act takes. */
const NAME_CHARS = 200

/** A new anchor, for both uses until the administrator says otherwise. @param certificate DER as base64, readable */
export function anchorOf(certificate: string): Anchor {
  const parsed = certificateOf(certificate)
  const name = parsed === null ? '' : (commonName(parsed.subject) ?? displayName(parsed.subject))
  return { name: name.slice(0, NAME_CHARS), certificate, uses: [...TRUST_USES] }
}

/** What is there already keeps its place and its uses. */
export function withAnchors(anchors: readonly Anchor[], added: readonly Anchor[]): Anchor[] {
  return [...new Map([...added, ...anchors].map((anchor) => [anchor.certificate, anchor])).values()].sort((a, b) =>
    a.name.localeCompare(b.name, 'vi'),
  )
}
