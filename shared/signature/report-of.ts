// From a judged signature to its entry in the report: one status, its reasons, and the evidence in plain data.
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { Change, ChangeCode } from '../pdf/changes/change.ts'
import type { RevisionedPdf } from '../pdf/revisions/revisions.ts'
import type { Certificate } from '../pki/certificate.ts'
import type { SignatureAlgorithm } from '../pki/crypto.ts'
import { displayName } from '../pki/names.ts'
import type { PathResult } from '../pki/path-types.ts'
import { roleOfField } from './role-fields.ts'
import type { CheckedSignature } from './check-signature.ts'
import type { MissingForLevel } from './level.ts'
import type { Reason } from './reason.ts'
import type { ReportCertificate, ReportChange, ReportRevocation, SignatureLevel, SignatureReport } from './report.ts'
import { isOnlyExpired, type TimeProof } from './time-proof.ts'

export interface JudgedSignature {
  readonly checked: CheckedSignature
  readonly times: readonly TimeProof[]
  /** Of the signer, at the proven time or now; of a document timestamp that of its authority. */
  readonly path: PathResult | null
  readonly proven: { readonly time: number; readonly by: 'signature-timestamp' | 'document-timestamp' } | null
  readonly level: { readonly level: SignatureLevel; readonly missing: readonly MissingForLevel[] }
}

export function signatureReport(pdf: RevisionedPdf, judged: JudgedSignature): SignatureReport {
  const { checked, times, path, proven, level } = judged
  const { signature, signer, changes } = checked
  const last = pdf.revisions.length - 1
  return {
    field: signature.fieldName,
    kind: signature.kind === 'document-timestamp' ? 'document-timestamp' : 'signature',
    status: statusOf(judged),
    level: level.level,
    missingForNext: [...level.missing],
    role: roleOfField(signature.fieldName),
    signer: signer === null ? null : certificateEntry(signer),
    chain: (path?.chain ?? []).map(certificateEntry),
    algorithm: checked.algorithm === null ? null : algorithmText(checked.algorithm),
    time: {
      claimed: claimedTime(checked),
      proven: proven === null ? null : iso(proven.time),
      provenBy: proven?.by ?? null,
    },
    timestamps: times.map(({ time, status, authority, reasons }) => ({
      time: iso(time),
      status,
      authority: authority === null ? null : certificateEntry(authority),
      reasons: [...reasons],
    })),
    revocation: revocationEntries(path),
    coverage: {
      revision: signature.revision === null ? null : signature.revision + 1,
      revisions: pdf.revisions.length,
      byteRange: signature.byteRange === null ? null : [...signature.byteRange],
      wholeFile: signature.revision === last,
    },
    permissions: {
      docMdp: signature.docMdp,
      fieldMdp:
        signature.fieldMdp === null
          ? null
          : { action: signature.fieldMdp.action, fields: [...signature.fieldMdp.fields] },
    },
    place: {
      page: signature.page === null ? null : signature.page + 1,
      rect: signature.rect === null ? null : [...signature.rect],
    },
    changesAfter: changes.map(changeEntry),
    holdsUntil: holdsUntil(judged),
    reasons: [...reasonsOf(judged)],
  }
}

/**
 * A timestamp that is wrong makes its signature invalid: it stands outside of what is signed, and whoever changed it changed the file.
 * A certificate that had run out by the earliest time that is proven proves neither way: the signature may be older than its first
 * proof (EN 319 102-1, 5.5: no proof of existence).
 */
function statusOf({ checked, times, path }: JudgedSignature): SignatureReport['status'] {
  if (!checked.sound || path === null || times.some(({ status }) => status === 'invalid')) return 'invalid'
  if (path.status === 'invalid') return isOnlyExpired(path) ? 'indeterminate' : 'invalid'
  if (path.status === 'indeterminate') return 'indeterminate'
  return checked.changes.some(isVisible) ? 'valid-changed' : 'valid'
}

/** What no reader of the page could notice: evidence, archive timestamps, marks for programs. */
const INVISIBLE: ReadonlySet<ChangeCode> = new Set<ChangeCode>([
  'dss-extended',
  'timestamp-added',
  'metadata-updated',
  'extensions-declared',
  'version-raised',
  'ltv-after-p1',
  'form-flags-set',
  'form-resources-added',
])

/** A later signature is noticed by its mark, where it has one. */
function isVisible({ code, rect }: Change): boolean {
  if (code !== 'signature-added' && code !== 'signature-field-added') return !INVISIBLE.has(code)
  return rect !== undefined && rect[0] !== rect[2] && rect[1] !== rect[3]
}

function reasonsOf({ checked, times, path }: JudgedSignature): ReadonlySet<Reason> {
  const own = checked.signature.kind === 'document-timestamp' ? 'timestamp' : 'path'
  return new Set<Reason>([
    ...checked.reasons,
    ...times.flatMap(({ reasons }) => reasons),
    ...(path?.reasons ?? []).map(({ code }): Reason => `${own}.${code}`),
  ])
}

/** The certificate that the newest proof of time hangs on; without one the signer's own. */
function holdsUntil({ checked, times, path }: JudgedSignature): string | null {
  const ends = times.flatMap(({ status, authority }) =>
    status === 'valid' && authority !== null ? [authority.notAfter] : [],
  )
  const own = path?.chain[0] ?? checked.signer
  const end = ends.length > 0 ? Math.max(...ends) : own?.notAfter
  return end === undefined ? null : iso(end)
}

function claimedTime({ signature, signingTime }: CheckedSignature): string | null {
  const claimed = signature.claimedTime === null ? signingTime : Date.parse(signature.claimedTime)
  return claimed === null || Number.isNaN(claimed) ? null : iso(claimed)
}

function revocationEntries(path: PathResult | null): ReportRevocation[] {
  return (path?.revocation ?? []).map(({ certificate, source, status, revokedAt, thisUpdate, nextUpdate }) => ({
    certificate: fingerprint(certificate),
    source,
    status,
    revokedAt: revokedAt === null ? null : iso(revokedAt),
    thisUpdate: iso(thisUpdate),
    nextUpdate: nextUpdate === null ? null : iso(nextUpdate),
  }))
}

function changeEntry({ code, revision, permitted, field, before, after, page, rect }: Change): ReportChange {
  return {
    code,
    revision: revision + 1,
    permitted,
    field: field ?? null,
    before: before ?? null,
    after: after ?? null,
    page: page === undefined ? null : page + 1,
    rect: rect === undefined ? null : [...rect],
  }
}

function certificateEntry(certificate: Certificate): ReportCertificate {
  return {
    subject: displayName(certificate.subject),
    issuer: displayName(certificate.issuer),
    serialNumber: certificate.serialNumber,
    notBefore: iso(certificate.notBefore),
    notAfter: iso(certificate.notAfter),
    fingerprint: fingerprint(certificate),
  }
}

function fingerprint({ raw }: Certificate): string {
  return bytesToHex(sha256(raw))
}

/** As `RSA-PSS SHA-256`, for the evidence annex. */
function algorithmText(algorithm: SignatureAlgorithm): string {
  if (algorithm.kind === 'ed25519') return 'Ed25519'
  return `${ALGORITHMS[algorithm.kind]} ${algorithm.hash.toUpperCase().replace('SHA', 'SHA-')}`
}

const ALGORITHMS = { 'rsa-pkcs1': 'RSA', 'rsa-pss': 'RSA-PSS', ecdsa: 'ECDSA', dsa: 'DSA' } as const

function iso(time: number): string {
  return new Date(time).toISOString()
}
