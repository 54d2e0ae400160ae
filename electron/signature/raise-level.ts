// Raises a signed file: a timestamp over the whole, the evidence for the archive, and a timestamp over that. Every step only appends.
import { appendDss } from '../../shared/pdf/sign/dss.ts'
import { OUTGOING_FIELDS } from '../../shared/pdf/sign/outgoing-fields.ts'
import {
  embedContents,
  prepareSignature,
  RESERVES,
  signedParts,
  type SignatureField,
} from '../../shared/pdf/sign/prepare.ts'
import type { RevisionedPdf } from '../../shared/pdf/revisions/revisions.ts'
import { fieldStates } from '../../shared/pdf/sign/fields-of.ts'
import type { Certificate } from '../../shared/pki/certificate.ts'
import { NO_EVIDENCE } from '../../shared/signature/evidence.ts'
import type { JudgedSignature } from '../../shared/signature/report-of.ts'
import { LEVELS, type SignatureLevel } from '../../shared/signature/report.ts'
import { judgePdf, type JudgedPdf } from '../../shared/signature/verify.ts'
import { collectRevocation } from '../revocation/revocation-client.ts'
import type { SourceFailure } from '../revocation/revocation-types.ts'
import { NO_SHORTFALL, refused, type DocumentFault, type DocumentOutcome, type Shortfall } from './signature-fault.ts'
import type { SignatureSurroundings } from './surroundings.ts'
import { timestampOver } from './trusted-time.ts'

export type WantedLevel = Exclude<SignatureLevel, 'none'>

interface Step {
  readonly bytes: Uint8Array
  readonly shortfall: Shortfall
}

/**
 * Raises every signature of a file to a level, whoever made them. A file that is there already gets a fresh archive timestamp when
 * `B-LTA` is asked for: that is how its proof is renewed before the last authority's certificate runs out.
 */
export async function raiseLevel(
  bytes: Uint8Array,
  wanted: WantedLevel,
  surroundings: SignatureSurroundings,
): Promise<DocumentOutcome> {
  const before = await judge(bytes, surroundings)
  if (before.pdf === null) return refused('file-unreadable')
  if (before.report.status === 'unsigned') return refused('file-unsigned')
  if (before.report.status === 'invalid') return refused('file-invalid')
  const raised = await steps(before, wanted, surroundings)
  if ('fault' in raised) return refused(raised.fault)
  const after = await judge(raised.bytes, surroundings)
  // Before a signed file is given out, our own verifier has read it.
  if (after.report.status === 'invalid') return refused('would-break-signatures')
  return { ok: true, bytes: raised.bytes, level: lowestLevel(after), shortfall: raised.shortfall }
}

async function steps(
  before: JudgedPdf,
  wanted: WantedLevel,
  surroundings: SignatureSurroundings,
): Promise<Step | { readonly fault: DocumentFault }> {
  let { bytes } = before.pdf as RevisionedPdf
  let shortfall = NO_SHORTFALL
  if (wanted === 'B-B') return { bytes, shortfall }
  if (before.signatures.some(isWithoutTime)) {
    const stamped = await archiveTimestamp(bytes, surroundings)
    if ('fault' in stamped) return stamped
    shortfall = stamped.shortfall
    bytes = stamped.bytes
    if (shortfall.timestamp.length > 0 && !stamped.done) return { bytes, shortfall }
  }
  if (wanted === 'B-T') return { bytes, shortfall }
  const stored = await storeEvidence(bytes, surroundings)
  if ('fault' in stored) return stored
  shortfall = {
    ...shortfall,
    revocation: stored.shortfall.revocation,
    evidenceMissing: stored.shortfall.evidenceMissing,
  }
  bytes = stored.bytes
  // An archive timestamp over a store with holes would only hide them.
  if (wanted === 'B-LT' || shortfall.evidenceMissing) return { bytes, shortfall }
  const archived = await archiveTimestamp(bytes, surroundings)
  if ('fault' in archived) return archived
  return {
    bytes: archived.bytes,
    shortfall: archived.done ? shortfall : { ...shortfall, timestamp: archived.shortfall.timestamp },
  }
}

function isWithoutTime({ checked, proven }: JudgedSignature): boolean {
  return checked.signature.kind === 'signature' && proven === null
}

async function archiveTimestamp(
  bytes: Uint8Array,
  surroundings: SignatureSurroundings,
): Promise<(Step & { readonly done: boolean }) | { readonly fault: DocumentFault }> {
  const prepared = prepareSignature(bytes, {
    kind: 'document-timestamp',
    field: archiveField(bytes),
    appearance: null,
    font: null,
    values: [],
    lock: null,
    certify: null,
    time: null,
    name: null,
    reason: null,
    location: null,
    reserve: RESERVES['document-timestamp'],
  })
  if ('fault' in prepared) return prepared
  const stamp = await timestampOver(signedParts(prepared), surroundings)
  const shortfall = { ...NO_SHORTFALL, timestamp: stamp.failures }
  if (!stamp.ok) return { bytes, shortfall, done: false }
  const embedded = embedContents(prepared, stamp.token)
  return 'fault' in embedded ? embedded : { bytes: embedded, shortfall: NO_SHORTFALL, done: true }
}

/** The field that the outgoing paper was prepared with, once; then a new one for each renewal. */
function archiveField(bytes: Uint8Array): SignatureField {
  const fields = fieldStates(bytes)
  const own = fields.get(OUTGOING_FIELDS.archive)
  if (own === 'empty') return { kind: 'existing', name: OUTGOING_FIELDS.archive }
  for (let number = 1; ; number++) {
    const name = number === 1 ? OUTGOING_FIELDS.archive : `${OUTGOING_FIELDS.archive}_${number}`
    if (!fields.has(name)) return { kind: 'new', name, place: null }
  }
}

/** Chains and revocation data of every signer and timestamp authority, as far as they can be had. */
async function storeEvidence(
  bytes: Uint8Array,
  surroundings: SignatureSurroundings,
): Promise<Step | { readonly fault: DocumentFault }> {
  const { signatures } = await judge(bytes, surroundings)
  const chains = signatures.flatMap(chainsOf)
  const failures: SourceFailure[] = []
  const [crls, ocsps]: [Uint8Array[], Uint8Array[]] = [[], []]
  let evidenceMissing = chains.length < signatures.length
  for (const chain of chains) {
    const outcome = await collectRevocation(chain, surroundings)
    crls.push(...outcome.crls)
    ocsps.push(...outcome.ocsps)
    if (outcome.complete) continue
    evidenceMissing = true
    failures.push(...outcome.certificates.flatMap((each) => each.failures))
  }
  const certificates = chains.flat().map(({ raw }) => raw)
  const stored = appendDss(bytes, { certificates, crls, ocsps })
  if ('fault' in stored) return stored
  return { bytes: stored, shortfall: { ...NO_SHORTFALL, revocation: failures, evidenceMissing } }
}

/** Only chains that lead to an anchor: whoever made up a certificate must not decide whom this machine calls. */
function chainsOf({ path, times }: JudgedSignature): readonly (readonly Certificate[])[] {
  return [path, ...times.map((time) => time.path)].flatMap((each) =>
    each === null || each.anchor === null ? [] : [each.chain],
  )
}

function lowestLevel({ signatures }: JudgedPdf): SignatureLevel {
  const levels = signatures
    .filter(({ checked }) => checked.signature.kind === 'signature')
    .map(({ level }) => LEVELS.indexOf(level.level))
  return LEVELS[Math.min(...levels, LEVELS.length - 1)] ?? 'none'
}

export function judge(bytes: Uint8Array, { crypto, anchors, now }: SignatureSurroundings): Promise<JudgedPdf> {
  return judgePdf(bytes, { name: '', anchors, evidence: NO_EVIDENCE, now: now(), crypto })
}
