// Which sentence explains a reason: many codes of programs are one thing to a person who looks at a paper.
import type { ChangeCode } from '../../../shared/pdf/changes/change.ts'
import type { SignatureFinding } from '../../../shared/pdf/revisions/signature.ts'
import type { StructureCode } from '../../../shared/pdf/revisions/finding.ts'
import type { PaperRefusal } from '../../../shared/pdf/fault.ts'
import { CMS_REASONS, type CmsReason } from '../../../shared/pki/cms-reasons.ts'
import type { PathReasonCode } from '../../../shared/pki/path-types.ts'
import type { TimestampReason } from '../../../shared/pki/timestamp.ts'

export type SentenceKey =
  | 'unreadable'
  | 'encrypted'
  | 'structure'
  | 'coverage'
  | 'dictionary'
  | 'removed'
  | 'certification'
  | 'broken'
  | 'altered'
  | 'otherCertificate'
  | 'weak'
  | 'oldForm'
  | 'unknownAlgorithm'
  | 'noCertificate'
  | 'noChain'
  | 'tooComplex'
  | 'anchor'
  | 'notYetValid'
  | 'expired'
  | 'notForSigning'
  | 'issuerRules'
  | 'revoked'
  | 'revocationUnknown'
  | 'timestampWrong'
  | 'timestampExpired'
  | 'timestampUnknown'
  | 'changedContent'
  | 'changedLocked'
  | 'changedCover'
  | 'changedHidden'
  | 'changedForm'
  | 'changedSignature'
  | 'changedCertification'

const FILE: Partial<Record<PaperRefusal, SentenceKey>> = { 'paper-encrypted': 'encrypted' }

const STRUCTURE: Partial<Record<StructureCode, SentenceKey>> = { encrypted: 'encrypted' }

const FIELD: Partial<Record<SignatureFinding, SentenceKey>> = {
  'signature-removed': 'removed',
  'perms-removed': 'removed',
  'certification-after-approval': 'certification',
  'second-certification': 'certification',
  'perms-mismatch': 'certification',
  'doc-mdp-duplicate': 'certification',
  'doc-mdp-malformed': 'certification',
  'byte-range-beyond-file': 'coverage',
  'byte-range-end-not-revision': 'coverage',
  'byte-range-indirect': 'coverage',
  'byte-range-malformed': 'coverage',
  'byte-range-missing': 'coverage',
  'byte-range-negative': 'coverage',
  'byte-range-overlapping': 'coverage',
  'byte-range-start-not-zero': 'coverage',
  'gap-not-contents': 'coverage',
}

const CMS: Partial<Record<CmsReason, SentenceKey>> = {
  'message-digest-mismatch': 'altered',
  'signature-invalid': 'broken',
  'signer-certificate-missing': 'noCertificate',
  'signer-certificate-ambiguous': 'otherCertificate',
  'certificate-swapped': 'otherCertificate',
  'ess-issuer-mismatch': 'otherCertificate',
  'ess-missing': 'oldForm',
  'signature-algorithm-unknown': 'unknownAlgorithm',
  'digest-algorithm-unknown': 'unknownAlgorithm',
  'key-unknown': 'unknownAlgorithm',
}

const PATH: Partial<Record<PathReasonCode, SentenceKey>> = {
  'no-chain': 'noChain',
  'too-complex': 'tooComplex',
  'anchor-out-of-use': 'anchor',
  'signature-invalid': 'issuerRules',
  'algorithm-unsupported': 'unknownAlgorithm',
  'algorithm-weak': 'weak',
  'key-weak': 'weak',
  'not-yet-valid': 'notYetValid',
  expired: 'expired',
  'unknown-critical-extension': 'issuerRules',
  'extension-unreadable': 'issuerRules',
  'not-a-ca': 'issuerRules',
  'path-too-long': 'issuerRules',
  'key-cert-sign-missing': 'issuerRules',
  'name-constraint': 'issuerRules',
  policy: 'issuerRules',
  'key-usage': 'notForSigning',
  'extended-key-usage': 'notForSigning',
  revoked: 'revoked',
  'revocation-unknown': 'revocationUnknown',
}

const CHANGE: Partial<Record<ChangeCode, SentenceKey>> = {
  'content-changed': 'changedContent',
  'page-changed': 'changedContent',
  'pages-changed': 'changedContent',
  'catalog-changed': 'changedContent',
  'font-changed': 'changedContent',
  'metadata-rewritten': 'changedContent',
  'field-locked': 'changedLocked',
  'change-after-p1': 'changedLocked',
  'signature-after-p1': 'changedLocked',
  'annotation-not-permitted': 'changedLocked',
  'annotation-over-content': 'changedCover',
  'new-field-over-content': 'changedCover',
  'annotation-with-action': 'changedHidden',
  'appearance-differs-from-value': 'changedHidden',
  'field-definition-changed': 'changedForm',
  'field-removed': 'changedForm',
  'form-definition-changed': 'changedForm',
  'new-field-not-signature': 'changedForm',
  'signature-changed': 'changedSignature',
  'signature-removed': 'removed',
  'signature-reused': 'changedSignature',
  'malformed-signature-added': 'changedSignature',
  'certification-after-approval': 'changedCertification',
  'second-certification': 'changedCertification',
  'perms-changed': 'changedCertification',
}

/** @param reason as the report has it, `area.code`; one that a newer program wrote is explained by its area alone */
export function sentenceOf(reason: string): SentenceKey {
  const dot = reason.indexOf('.')
  const [area, code] = [reason.slice(0, dot), reason.slice(dot + 1)]
  switch (area) {
    case 'file':
      return FILE[code as PaperRefusal] ?? 'unreadable'
    case 'structure':
      return STRUCTURE[code as StructureCode] ?? 'structure'
    case 'field':
      return FIELD[code as SignatureFinding] ?? 'dictionary'
    case 'cms':
      return CMS[code as CmsReason] ?? (CMS_REASONS[code as CmsReason] === 'weak' ? 'weak' : 'broken')
    case 'path':
      return PATH[code as PathReasonCode] ?? 'issuerRules'
    case 'timestamp':
      return timestampSentence(code as TimestampReason | PathReasonCode)
    default:
      return CHANGE[code as ChangeCode] ?? 'changedHidden'
  }
}

function timestampSentence(code: TimestampReason | PathReasonCode): SentenceKey {
  if (code === 'expired') return 'timestampExpired'
  if (code === 'no-chain' || code === 'revocation-unknown' || code === 'too-complex') return 'timestampUnknown'
  return 'timestampWrong'
}

/** What more data could still answer: nobody needs to hear it of a file that is forged anyway. */
const OPEN: ReadonlySet<SentenceKey> = new Set<SentenceKey>([
  'noChain',
  'revocationUnknown',
  'timestampUnknown',
  'timestampExpired',
  'tooComplex',
])

/**
 * Notes that lower nothing are for programs: a person reads only what speaks against a signature, or what is missing.
 * Where something speaks against it, what is missing is left out.
 */
export function spokenReasons(reasons: readonly string[]): readonly SentenceKey[] {
  const notes = new Set(Object.entries(CMS_REASONS).flatMap(([code, weight]) => (weight === 'notice' ? [code] : [])))
  const grave = reasons.filter((reason) => {
    const code = reason.slice(reason.indexOf('.') + 1)
    return (
      reason === 'cms.ess-missing' ||
      !(/^(?:cms|timestamp)\./.test(reason) && (notes.has(code) || code === 'authority-name-mismatch'))
    )
  })
  const keys = [...new Set(grave.map(sentenceOf))]
  const against = keys.filter((key) => !OPEN.has(key) && key !== 'oldForm')
  return against.length > 0 ? against : keys
}
