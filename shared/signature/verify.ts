// The verifier: what one file proves. Structure first, then the mathematics, then the times, then trust; each step closed by default.
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { PdfFault } from '../pdf/fault.ts'
import { accountBytes } from '../pdf/revisions/account-bytes.ts'
import { readSignatures } from '../pdf/revisions/read-signatures.ts'
import { readRevisions, type RevisionedPdf } from '../pdf/revisions/revisions.ts'
import type { PdfSignature } from '../pdf/revisions/signature.ts'
import type { PkiCrypto } from '../pki/crypto.ts'
import type { TrustAnchor } from '../pki/path-types.ts'
import { checkSignatures } from './check-signature.ts'
import type { Evidence } from './evidence.ts'
import { judgeSignatures } from './judge-signatures.ts'
import type { Reason } from './reason.ts'
import { rememberingCrypto } from './remembering-crypto.ts'
import { signatureReport, type JudgedSignature } from './report-of.ts'
import { REPORT_VERSION, type FileReport, type FileStatus, type SignatureReport } from './report.ts'

export interface VerifyContext {
  /** As the report names the file. */
  readonly name: string
  readonly anchors: readonly TrustAnchor[]
  /** What was fetched for this question; what the file holds is added. */
  readonly evidence: Evidence
  /** ms since 1970: the moment of judging. */
  readonly now: number
  readonly crypto: PkiCrypto
}

/** The report, and what stands behind it for whoever goes on with the file; `pdf` is null where it cannot be read. */
export interface JudgedPdf {
  readonly report: FileReport
  readonly pdf: RevisionedPdf | null
  readonly signatures: readonly JudgedSignature[]
}

/**
 * Judges every signature of a file. Never rejects for what the bytes are: a file that cannot be read is `invalid`, with the reason.
 * Structure and differences are judged without any trust: a forged file is `invalid` where nobody is trusted.
 */
export async function verifyPdf(bytes: Uint8Array, context: VerifyContext): Promise<FileReport> {
  return (await judgePdf(bytes, context)).report
}

/** As `verifyPdf`, with paths and revisions. */
export async function judgePdf(bytes: Uint8Array, context: VerifyContext): Promise<JudgedPdf> {
  const { name, now } = context
  const crypto = rememberingCrypto(context.crypto)
  const about = {
    schema: 'tra-my/signature-report',
    version: REPORT_VERSION,
    name,
    sha256: bytesToHex(await crypto.digest('sha256', [bytes])),
    bytes: bytes.length,
    verifiedAt: new Date(now).toISOString(),
  } as const
  const opened = open(bytes)
  if ('reason' in opened) {
    const report: FileReport = { ...about, status: 'invalid', signatures: [], revisions: [], reasons: [opened.reason] }
    return { report, pdf: null, signatures: [] }
  }
  const { pdf, found, reasons } = opened
  const revisions = pdf.revisions.map(({ start, end, kind }) => ({ start, end, kind }))
  if (found.length === 0) {
    // What is odd about a file that nobody signed harms no signature; one whose signature was put out of sight is not such a file.
    const status = reasons.length > 0 && hasHiddenSignature(bytes) ? 'invalid' : 'unsigned'
    const report: FileReport = { ...about, status, signatures: [], revisions, reasons: [...reasons] }
    return { report, pdf, signatures: [] }
  }
  const signatures = await judgeSignatures(pdf, await checkSignatures(pdf, found, crypto), { ...context, crypto })
  const reports = signatures.map((each) => signatureReport(pdf, each))
  const report: FileReport = {
    ...about,
    status: worst(reports, reasons),
    signatures: reports,
    revisions,
    reasons: [...reasons],
  }
  return { report, pdf, signatures }
}

interface OpenedPdf {
  readonly pdf: RevisionedPdf
  readonly found: readonly PdfSignature[]
  readonly reasons: readonly Reason[]
}

function open(bytes: Uint8Array): OpenedPdf | { readonly reason: Reason } {
  try {
    const pdf = readRevisions(bytes)
    return { pdf, found: readSignatures(pdf), reasons: structureReasons(pdf) }
  } catch (fault) {
    if (fault instanceof PdfFault) return { reason: `file.${fault.code}` }
    throw fault
  }
}

/** What no honest writer leaves, in any revision; leftovers from before anyone signed are no more than warnings of the reader. */
function structureReasons(pdf: RevisionedPdf): readonly Reason[] {
  const grave = [...pdf.findings, ...accountBytes(pdf)].filter(({ severity }) => severity === 'error')
  return [...new Set(grave.map(({ code }): Reason => `structure.${code}`))]
}

/** Read only where bytes are left that no revision knows: a signature dictionary is never compressed. */
function hasHiddenSignature(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(SLASH); at !== -1; at = bytes.indexOf(SLASH, at + 1))
    if (BYTE_RANGE.every((byte, i) => bytes[at + i] === byte)) return true
  return false
}

const BYTE_RANGE = utf8ToBytes('/ByteRange')
const SLASH = 0x2f

const RANK: readonly FileStatus[] = ['valid', 'valid-changed', 'indeterminate', 'invalid']

function worst(reports: readonly SignatureReport[], reasons: readonly Reason[]): FileStatus {
  if (reasons.length > 0) return 'invalid'
  return RANK[Math.max(...reports.map(({ status }) => RANK.indexOf(status)))] ?? 'invalid'
}
