// From what each signature proves by itself to what the file proves: times from the newest backwards, then trust, then levels.
import type { RevisionedPdf } from '../pdf/revisions/revisions.ts'
import { validatePath } from '../pki/path.ts'
import type { PathResult } from '../pki/path-types.ts'
import type { CheckedSignature } from './check-signature.ts'
import { mergeEvidence, securityStore, type Evidence } from './evidence.ts'
import { levelOf } from './level.ts'
import type { JudgedSignature } from './report-of.ts'
import { CLOCK_TOLERANCE_MS, judgeTimestamp, type TimeProof, type TrustQuestion } from './time-proof.ts'
import type { VerifyContext } from './verify.ts'

/** A trusted document timestamp: all revisions up to this one existed at this time. */
interface DocumentProof {
  readonly revision: number
  readonly time: number
}

/** @param context.evidence what was fetched; the file's own is added here */
export async function judgeSignatures(
  pdf: RevisionedPdf,
  checked: readonly CheckedSignature[],
  context: VerifyContext,
): Promise<readonly JudgedSignature[]> {
  const inFile = mergeEvidence(...checked.map(({ evidence }) => evidence), storeAsOf(pdf, pdf.revisions.length - 1))
  const { anchors, now, crypto } = context
  const trust: TrustQuestion = { anchors, evidence: mergeEvidence(inFile, context.evidence), until: now, crypto }
  const documentTimes = await judgeDocumentTimes(checked, trust)
  const judged: JudgedSignature[] = []
  for (const each of checked) judged.push(await judge(pdf, each, documentTimes, trust, inFile))
  return judged
}

function storeAsOf(pdf: RevisionedPdf, index: number): Evidence {
  const revision = pdf.revisions[index]
  return revision === undefined ? mergeEvidence() : securityStore(revision.file, revision.trailer)
}

interface DocumentTimes {
  /** Oldest first. */
  readonly proofs: readonly DocumentProof[]
  readonly times: ReadonlyMap<CheckedSignature, TimeProof>
}

/** The newest is judged now, each older one at the time that the next newer trusted one proves. */
async function judgeDocumentTimes(checked: readonly CheckedSignature[], trust: TrustQuestion): Promise<DocumentTimes> {
  const proofs: DocumentProof[] = []
  const times = new Map<CheckedSignature, TimeProof>()
  const stamps = checked
    .filter(({ signature }) => signature.kind === 'document-timestamp')
    .toSorted((a, b) => (b.signature.revision ?? -1) - (a.signature.revision ?? -1))
  for (const stamp of stamps) {
    const [verification] = stamp.timestamps
    const { revision } = stamp.signature
    const time =
      verification === undefined ? null : await judgeTimestamp(verification, proofs[0]?.time ?? trust.until, trust)
    if (time === null) continue
    times.set(stamp, time)
    if (stamp.sound && time.status === 'valid' && revision !== null) proofs.unshift({ revision, time: time.time })
  }
  return { proofs, times }
}

async function judge(
  pdf: RevisionedPdf,
  checked: CheckedSignature,
  documentTimes: DocumentTimes,
  trust: TrustQuestion,
  inFile: Evidence,
): Promise<JudgedSignature> {
  const { signature } = checked
  const covering = documentTimes.proofs.filter(
    ({ revision }) => signature.revision !== null && revision > signature.revision,
  )
  if (signature.kind === 'document-timestamp') {
    const time = documentTimes.times.get(checked) ?? null
    const archived = {
      level: levelOf({ baseline: checked.sound, timestamped: true, selfContained: true, archived: true }),
    }
    return {
      checked,
      times: time === null ? [] : [time],
      path: time?.path ?? null,
      proven: provenBy(time, []),
      ...archived,
    }
  }
  const times: TimeProof[] = []
  for (const verification of checked.timestamps) {
    const time = await judgeTimestamp(verification, covering[0]?.time ?? trust.until, trust)
    if (time !== null) times.push(time)
  }
  const stamp = times.filter(({ status }) => status === 'valid').toSorted((a, b) => a.time - b.time)[0] ?? null
  const proven = provenBy(stamp, covering)
  const path = await signerPath(checked, proven?.time ?? trust.until, trust)
  const level = levelOf({
    baseline: checked.sound && checked.hasSigningCertificate && signature.subFilter === 'ETSI.CAdES.detached',
    timestamped: proven !== null,
    selfContained: await isSelfContained(checked, times, proven?.time ?? null, { ...trust, evidence: inFile }),
    archived: await isArchived(pdf, checked, times, covering, proven?.time ?? null, trust),
  })
  return { checked, times, path, proven, level }
}

type Proven = JudgedSignature['proven']

/** The earliest of what is trusted. */
function provenBy(stamp: TimeProof | null, covering: readonly DocumentProof[]): Proven {
  const own = stamp?.status === 'valid' ? stamp.time : null
  const [document] = covering
  if (own !== null && (document === undefined || own <= document.time)) return { time: own, by: 'signature-timestamp' }
  return document === undefined ? null : { time: document.time, by: 'document-timestamp' }
}

function signerPath(
  checked: CheckedSignature,
  at: number,
  { anchors, evidence, until, crypto }: TrustQuestion,
): Promise<PathResult | null> {
  const { signer } = checked
  if (signer === null) return Promise.resolve(null)
  return validatePath(
    {
      target: signer,
      candidates: evidence.certificates,
      anchors,
      crls: evidence.crls,
      ocsp: evidence.ocsps,
      at,
      evidenceUntil: until + CLOCK_TOLERANCE_MS,
      revocation: 'require',
      purpose: 'signing',
    },
    crypto,
  )
}

/** Whether this evidence alone makes the signer's path good at the proven time, and that of a timestamp authority. */
async function isSelfContained(
  checked: CheckedSignature,
  times: readonly TimeProof[],
  proven: number | null,
  trust: TrustQuestion,
): Promise<boolean> {
  if (proven === null) return false
  const path = await signerPath(checked, proven, trust)
  if (path?.status !== 'valid') return false
  for (const { verification, at } of stampsToProve(checked, times, proven)) {
    const time = await judgeTimestamp(verification, at, trust)
    if (time?.status !== 'valid') return false
  }
  return true
}

/** The timestamps that were trusted with everything at hand must be trusted with the file's evidence alone. */
function stampsToProve(checked: CheckedSignature, times: readonly TimeProof[], at: number) {
  return checked.timestamps
    .filter((verification) => times.some((time) => time.status === 'valid' && time.time === verification.token?.time))
    .map((verification) => ({ verification, at }))
}

/** A document timestamp over a revision whose own store is already enough. */
async function isArchived(
  pdf: RevisionedPdf,
  checked: CheckedSignature,
  times: readonly TimeProof[],
  covering: readonly DocumentProof[],
  proven: number | null,
  trust: TrustQuestion,
): Promise<boolean> {
  for (const { revision } of covering) {
    const evidence = mergeEvidence(checked.evidence, storeAsOf(pdf, revision))
    if (await isSelfContained(checked, times, proven, { ...trust, evidence })) return true
  }
  return false
}
