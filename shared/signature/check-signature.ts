// What a signature proves by itself, before anyone is trusted: its dictionary, what it covers, its CMS, and what changed after it.
import { PdfFault } from '../pdf/fault.ts'
import { judgeChanges } from '../pdf/changes/judge-changes.ts'
import type { Change } from '../pdf/changes/change.ts'
import { signedBytes } from '../pdf/revisions/signed-bytes.ts'
import type { PdfSignature } from '../pdf/revisions/signature.ts'
import type { RevisionedPdf } from '../pdf/revisions/revisions.ts'
import type { Certificate } from '../pki/certificate.ts'
import { embeddedEvidence } from '../pki/cms-evidence.ts'
import { readSignedData, type SignedDataContent } from '../pki/cms-read.ts'
import { CMS_REASONS } from '../pki/cms-reasons.ts'
import { verifySignedData } from '../pki/cms-verify.ts'
import type { HashName, PkiCrypto, SignatureAlgorithm } from '../pki/crypto.ts'
import {
  TIMESTAMP_REASONS,
  verifySignatureTimestamps,
  verifyTimestampToken,
  type TimestampVerification,
} from '../pki/timestamp.ts'
import { NO_EVIDENCE, parseEvidence, type Evidence } from './evidence.ts'
import type { Reason } from './reason.ts'

export interface CheckedSignature {
  readonly signature: PdfSignature
  /** False: something takes its proof away, whoever is trusted. */
  readonly sound: boolean
  readonly reasons: readonly Reason[]
  readonly signer: Certificate | null
  readonly algorithm: SignatureAlgorithm | null
  readonly hash: HashName | null
  /** ms since 1970, from the signing-time attribute that older signatures have. */
  readonly signingTime: number | null
  /** Of a signature: the timestamps inside it; of a document timestamp: itself. */
  readonly timestamps: readonly TimestampVerification[]
  readonly evidence: Evidence
  readonly changes: readonly Change[]
  /** The attribute without which no PAdES level is reached. */
  readonly hasSigningCertificate: boolean
}

/** Checks each; a file with a hundred of them is read once. */
export async function checkSignatures(
  pdf: RevisionedPdf,
  signatures: readonly PdfSignature[],
  crypto: PkiCrypto,
): Promise<readonly CheckedSignature[]> {
  const checked: CheckedSignature[] = []
  for (const signature of signatures) checked.push(await checkSignature(pdf, signatures, signature, crypto))
  return checked
}

async function checkSignature(
  pdf: RevisionedPdf,
  signatures: readonly PdfSignature[],
  signature: PdfSignature,
  crypto: PkiCrypto,
): Promise<CheckedSignature> {
  const field = signature.findings.map((finding): Reason => `field.${finding}`)
  const { changes, forbidden } = changesAfter(pdf, signatures, signature)
  const proof = await proofOf(pdf, signature, crypto)
  return {
    ...proof,
    signature,
    changes,
    sound: proof.sound && field.length === 0 && !forbidden && signature.revision !== null,
    reasons: [...field, ...proof.reasons, ...forbiddenReasons(changes)],
  }
}

function changesAfter(pdf: RevisionedPdf, signatures: readonly PdfSignature[], signature: PdfSignature) {
  try {
    const { verdict, changes } = judgeChanges(pdf, signatures, signature)
    return { changes, forbidden: verdict === 'forbidden' }
  } catch (fault) {
    // A file that cannot be compared may say anything.
    if (!(fault instanceof PdfFault)) throw fault
    const unreadable: Change = { code: 'unreadable-object', revision: pdf.revisions.length - 1, permitted: false }
    return { changes: [unreadable], forbidden: true }
  }
}

function forbiddenReasons(changes: readonly Change[]): readonly Reason[] {
  return [...new Set(changes.filter(({ permitted }) => !permitted).map(({ code }): Reason => `change.${code}`))]
}

type Proof = Omit<CheckedSignature, 'signature' | 'changes'>

const NOTHING: Omit<Proof, 'reasons'> = {
  sound: false,
  signer: null,
  algorithm: null,
  hash: null,
  signingTime: null,
  timestamps: [],
  evidence: NO_EVIDENCE,
  hasSigningCertificate: false,
}

async function proofOf(pdf: RevisionedPdf, signature: PdfSignature, crypto: PkiCrypto): Promise<Proof> {
  if (signature.contents === null || signature.byteRange === null) return { ...NOTHING, reasons: [] }
  const parts = signedBytes(pdf, signature)
  const digest = remembered((hash) => crypto.digest(hash, parts))
  return signature.kind === 'document-timestamp'
    ? documentTimestamp(signature.contents, digest, crypto)
    : signatureProof(signature.contents, digest, crypto)
}

async function documentTimestamp(token: Uint8Array, digest: Digest, crypto: PkiCrypto): Promise<Proof> {
  const verification = await verifyTimestampToken(token, digest, crypto)
  const { reasons, signer } = verification
  return {
    ...NOTHING,
    // Weak counts as broken here: whoever judges a signature today must not lean on SHA-1.
    sound: reasons.every((reason) => TIMESTAMP_REASONS[reason] === 'notice'),
    reasons: reasons.map((reason): Reason => `timestamp.${reason}`),
    signer,
    timestamps: [verification],
    evidence: verification.token === null ? NO_EVIDENCE : evidenceIn(verification.token.cms),
    hasSigningCertificate: true,
  }
}

async function signatureProof(contents: Uint8Array, digest: Digest, crypto: PkiCrypto): Promise<Proof> {
  const cms = readSignedData(contents)
  if ('fault' in cms) return { ...NOTHING, reasons: [`cms.${cms.fault}`] }
  const { reasons, signer, algorithm, hash, signingTime } = await verifySignedData(cms, digest, crypto)
  const timestamps = await verifySignatureTimestamps(cms, crypto)
  return {
    sound: reasons.every((reason) => CMS_REASONS[reason] === 'notice'),
    reasons: reasons.map((reason): Reason => `cms.${reason}`),
    signer,
    algorithm,
    hash,
    signingTime,
    timestamps,
    evidence: evidenceOf(cms, timestamps),
    hasSigningCertificate: !reasons.includes('ess-missing'),
  }
}

function evidenceOf(cms: SignedDataContent, timestamps: readonly TimestampVerification[]): Evidence {
  const all = [cms, ...timestamps.flatMap(({ token }) => (token === null ? [] : [token.cms]))].map(evidenceIn)
  return {
    certificates: all.flatMap(({ certificates }) => certificates),
    crls: all.flatMap(({ crls }) => crls),
    ocsps: all.flatMap(({ ocsps }) => ocsps),
  }
}

function evidenceIn(cms: SignedDataContent): Evidence {
  const { certificates, crls, ocsps } = embeddedEvidence(cms)
  return { ...parseEvidence({ certificates: [], crls, ocsps }), certificates }
}

type Digest = (hash: HashName) => Promise<Uint8Array>

/** A file of 50 MB is hashed once, whoever asks. */
function remembered(digest: Digest): Digest {
  const known = new Map<HashName, Promise<Uint8Array>>()
  return (hash) => {
    const there = known.get(hash) ?? digest(hash)
    known.set(hash, there)
    return there
  }
}
