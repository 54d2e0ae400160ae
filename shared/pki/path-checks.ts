// The checks of a path that need no cryptography (RFC 5280 §6.1.3–6.1.5): dates, extensions, authority, lengths, purposes.
import { isSelfIssued, type Certificate } from './certificate.ts'
import {
  basicConstraints,
  EXTENSION,
  extendedKeyUsage,
  KEY_PURPOSE,
  keyUsage,
  UNDERSTOOD,
  unreadableExtensions,
} from './extensions.ts'
import { nameConstraintFault } from './name-constraints.ts'
import type { CandidateChain } from './path-build.ts'
import type { PathPurpose, PathReason, PathReasonCode, PathRequest, TrustAnchor } from './path-types.ts'
import { policyFault } from './policies.ts'

type Question = Pick<PathRequest, 'at' | 'purpose' | 'policies'>

/** Everything that speaks against a chain apart from signatures and revocation; empty: nothing. */
export function chainReasons(chain: CandidateChain, question: Question): readonly PathReason[] {
  const each = chain.certificates.flatMap((certificate, index) => {
    const role = index === 0 ? purposeFaults(certificate, question.purpose) : authorityFaults(certificate)
    return [...ownFaults(certificate, question.at), ...role].map((code) => ({ code, index }))
  })
  const used: readonly PathReason[] = isInUse(chain.anchor, question)
    ? []
    : [{ code: 'anchor-out-of-use', index: null }]
  return [...each, ...used, ...pathFaults(chain, question)]
}

function ownFaults(certificate: Certificate, at: number): readonly PathReasonCode[] {
  const faults: PathReasonCode[] = []
  if (at < certificate.notBefore) faults.push('not-yet-valid')
  if (at > certificate.notAfter) faults.push('expired')
  const critical = [...certificate.extensions].filter(([, extension]) => extension.critical)
  if (critical.some(([oid]) => !UNDERSTOOD.has(oid))) faults.push('unknown-critical-extension')
  if (unreadableExtensions(certificate).length > 0) faults.push('extension-unreadable')
  return faults
}

/** §6.1.4 k and n. */
function authorityFaults(certificate: Certificate): readonly PathReasonCode[] {
  const faults: PathReasonCode[] = []
  const basic = basicConstraints(certificate)
  if (basic === null || basic === 'unreadable' || !basic.ca) faults.push('not-a-ca')
  if (!mayUse(certificate, 'keyCertSign')) faults.push('key-cert-sign-missing')
  return faults
}

/** Whether the key may be used so: an absent key usage leaves everything open, an unreadable one nothing. */
export function mayUse(
  certificate: Certificate,
  ...usages: readonly ('keyCertSign' | 'cRLSign' | 'digitalSignature' | 'nonRepudiation')[]
): boolean {
  const usage = keyUsage(certificate)
  return usage === null || (usage !== 'unreadable' && usages.some((one) => usage.has(one)))
}

/** What spans the chain; positions are counted from the target again. */
function pathFaults({ certificates, anchor }: CandidateChain, { policies }: Question): readonly PathReason[] {
  const path = [...certificates].reverse()
  const found: [PathReasonCode, number | null][] = [
    ['path-too-long', pathLengthFault(path, anchor.certificate)],
    ['name-constraint', nameConstraintFault(path, anchor.certificate)],
    ['policy', policyFault(path, policies)],
  ]
  return found.flatMap(([code, index]) => (index === null ? [] : [{ code, index: path.length - 1 - index }]))
}

/** §6.1.4 l and m: how many certificates that are not self-issued may follow. @returns the first one too many */
function pathLengthFault(path: readonly Certificate[], anchor: Certificate): number | null {
  let left = pathLengthOf(anchor) ?? path.length
  for (const [index, certificate] of path.slice(0, -1).entries()) {
    if (!isSelfIssued(certificate)) {
      if (left === 0) return index
      left -= 1
    }
    left = Math.min(left, pathLengthOf(certificate) ?? left)
  }
  return null
}

function pathLengthOf(certificate: Certificate): number | null {
  const basic = basicConstraints(certificate)
  return basic === null || basic === 'unreadable' ? null : basic.pathLength
}

/** Purposes under which people and organisations sign documents; a key kept for servers, code or time is none of theirs. */
const DOCUMENT_PURPOSES: readonly string[] = [
  KEY_PURPOSE.any,
  KEY_PURPOSE.documentSigning,
  KEY_PURPOSE.emailProtection,
  KEY_PURPOSE.clientAuth,
  KEY_PURPOSE.microsoftDocumentSigning,
  KEY_PURPOSE.adobeDocumentSigning,
]

/** What the target's key is kept for (§4.2.1.3, §4.2.1.12, RFC 3161 §2.3, RFC 6960 §4.2.2.2). */
function purposeFaults(target: Certificate, purpose: PathPurpose): readonly PathReasonCode[] {
  const extended = extendedKeyUsage(target)
  const purposes: ReadonlySet<string> = extended === null || extended === 'unreadable' ? new Set() : extended
  const faults: PathReasonCode[] = []
  switch (purpose) {
    case 'any':
      break
    case 'crl':
      if (!mayUse(target, 'cRLSign')) faults.push('key-usage')
      break
    case 'signing':
      if (!mayUse(target, 'digitalSignature', 'nonRepudiation')) faults.push('key-usage')
      if (extended !== null && !DOCUMENT_PURPOSES.some((oid) => purposes.has(oid))) faults.push('extended-key-usage')
      break
    case 'timestamping': {
      if (!mayUse(target, 'digitalSignature', 'nonRepudiation')) faults.push('key-usage')
      // "The corresponding certificate MUST contain only one instance of the extended key usage field … critical."
      const critical = target.extensions.get(EXTENSION.extendedKeyUsage)?.critical === true
      if (!critical || purposes.size !== 1 || !purposes.has(KEY_PURPOSE.timeStamping)) faults.push('extended-key-usage')
      break
    }
    case 'ocsp':
      if (!mayUse(target, 'digitalSignature', 'nonRepudiation')) faults.push('key-usage')
      if (!purposes.has(KEY_PURPOSE.ocspSigning)) faults.push('extended-key-usage')
      break
  }
  return faults
}

/** Signers of evidence are judged by the anchor of whom they speak about, whatever its use. */
function isInUse(anchor: TrustAnchor, { at, purpose }: Question): boolean {
  const { use, validFrom, validUntil } = anchor
  if (at < (validFrom ?? -Infinity) || at > (validUntil ?? Infinity)) return false
  return (purpose !== 'signing' && purpose !== 'timestamping') || use === undefined || use.includes(purpose)
}
