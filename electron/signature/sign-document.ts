// Signs one document in one role: prepare, let the key sign, add the time, look at the result with our own verifier, raise it.
import { OUTGOING_FIELDS } from '../../shared/pdf/sign/outgoing-fields.ts'
import { prepareOutgoing } from '../../shared/pdf/sign/outgoing.ts'
import { fieldStates, type FieldState } from '../../shared/pdf/sign/fields-of.ts'
import {
  embedContents,
  prepareSignature,
  RESERVES,
  signedParts,
  type Place,
  type PreparedSignature,
  type SignatureField,
  type SignatureRequest,
} from '../../shared/pdf/sign/prepare.ts'
import { roleTemplate, type RoleTemplate, type SigningRole } from '../../shared/pdf/sign/roles.ts'
import { hashForKey, publicKeyKind } from '../../shared/pki/algorithms.ts'
import { parseCertificate, type Certificate } from '../../shared/pki/certificate.ts'
import { buildSignedData, signedAttributes } from '../../shared/pki/cms-build.ts'
import { keyUsage } from '../../shared/pki/extensions.ts'
import { commonName, displayName, organization } from '../../shared/pki/names.ts'
import { newFieldName } from '../../shared/signature/role-fields.ts'
import type { FileReport } from '../../shared/signature/report.ts'
import type { SignRequest, SignedBytes } from '../signing/client.ts'
import type { SigningResult } from '../signing/signing-fault.ts'
import { judge, raiseLevel, type WantedLevel } from './raise-level.ts'
import { NO_SHORTFALL, refused, type DocumentFault, type DocumentOutcome, type Shortfall } from './signature-fault.ts'
import type { SignatureSurroundings } from './surroundings.ts'
import { timestampOver } from './trusted-time.ts'

/** Whoever signs: a token, or a certificate in a file. */
export interface SigningKey {
  /** DER. */
  readonly certificate: Uint8Array
  /** DER of the certificates between it and the anchor, as far as they are known. */
  readonly chain: readonly Uint8Array[]
  sign(request: SignRequest): Promise<SigningResult<SignedBytes>>
}

export interface SignatureOrder {
  readonly role: SigningRole
  /** The leader certifies (DocMDP 2) instead of approving. */
  readonly certify: boolean
  /** Where the mark stands when the file has no field for the role; null: it is not seen. */
  readonly place: Place | null
  /** PNG: handwritten signature or seal. */
  readonly picture: Uint8Array | null
  /** What the clerk fills in together with the seal; of an annex, the number of its document. */
  readonly number: string | null
  readonly date: string | null
  /** Of an electronic copy: "SAO Y" and so on. */
  readonly copyForm: string
  readonly reason: string | null
  readonly level: WantedLevel
}

/**
 * The bytes before the signature stay as they are. The result is given out only when our verifier finds every earlier signature as
 * good as before and the new one sound. Without a line the file comes out at the level that was reached, and says what is missing.
 */
export async function signDocument(
  original: Uint8Array,
  order: SignatureOrder,
  key: SigningKey,
  surroundings: SignatureSurroundings,
): Promise<DocumentOutcome> {
  const certificate = parseCertificate(key.certificate)
  const unusable = certificate === null ? 'certificate-unreadable' : whyUnusable(certificate, surroundings.now())
  if (certificate === null || unusable !== null) return refused(unusable ?? 'certificate-unreadable')
  const before = await judge(original, surroundings)
  if (before.pdf === null) return refused('file-unreadable')
  if (before.report.status === 'invalid') return refused('file-invalid')
  const base = baseFor(original, order, before.report)
  if ('fault' in base) return refused(base.fault)
  const request = requestFor(base, order, key, certificate, before.report, surroundings)
  if ('fault' in request) return refused(request.fault)
  const signed = await signOnce(base, request, order, key, certificate, surroundings)
  if (!('bytes' in signed)) return signed
  const after = await judge(signed.bytes, surroundings)
  if (after.report.status === 'invalid' || after.report.signatures.length !== before.report.signatures.length + 1)
    return refused('would-break-signatures')
  const level = after.signatures.at(-1)?.level.level ?? 'none'
  // Without a timestamp there is no level to raise: the services were asked a moment ago.
  const isDone = order.level === 'B-B' || order.level === 'B-T' || signed.shortfall.timestamp.length > 0
  if (isDone) return { ok: true, bytes: signed.bytes, level, shortfall: signed.shortfall }
  return await raiseLevel(signed.bytes, order.level, surroundings)
}

/** Reasons that are known before a PIN is asked for. A certificate without key usage may do anything (RFC 5280 §4.2.1.3). */
export function whyUnusable(certificate: Certificate, now: number): DocumentFault | null {
  if (now < certificate.notBefore || now > certificate.notAfter) return 'certificate-expired'
  const usage = keyUsage(certificate)
  if (usage === null) return null
  const signs = usage !== 'unreadable' && (usage.has('digitalSignature') || usage.has('nonRepudiation'))
  return signs ? null : 'certificate-not-for-signing'
}

/** The leader's signature is the first on an outgoing paper: every field that comes after must exist before it. */
function baseFor(
  original: Uint8Array,
  order: SignatureOrder,
  report: FileReport,
): Uint8Array | { readonly fault: DocumentFault } {
  const prepared = fieldStates(original).has(OUTGOING_FIELDS.leader)
  if (order.role !== 'personal' || report.status !== 'unsigned' || prepared) return original
  return prepareOutgoing(original, order.place)
}

function requestFor(
  base: Uint8Array,
  order: SignatureOrder,
  key: SigningKey,
  certificate: Certificate,
  report: FileReport,
  { now, font }: SignatureSurroundings,
): SignatureRequest | { readonly fault: DocumentFault } {
  const time = now()
  const fields = fieldStates(base)
  const template = roleTemplate(order.role, {
    picture: order.picture,
    name: commonName(certificate.subject) ?? displayName(certificate.subject),
    time,
    numberAndSymbol: order.number ?? '',
    agency: organization(certificate.subject) ?? displayName(certificate.subject),
    copyForm: order.copyForm,
    hasValidPersonalSignature: report.signatures.some(isPersonal),
    certify: order.certify,
  })
  if ('fault' in template) return template
  return {
    kind: 'signature',
    field: fieldFor(order, fields),
    appearance: order.place === null && !hasOwnPlace(order.role, fields) ? null : template.appearance,
    font,
    values: valuesFor(order, fields),
    lock: lockFor(template, fields),
    certify: template.certify,
    time,
    name: commonName(certificate.subject),
    reason: order.reason,
    location: null,
    reserve: reserveFor(key, order),
  }
}

/** Sound by itself and not an agency's; whom it leads to may be unknown where there is no line. */
function isPersonal({ kind, role, status }: FileReport['signatures'][number]): boolean {
  return kind === 'signature' && role !== 'agency' && role !== 'initials' && status !== 'invalid'
}

const PREPARED: Partial<Record<SigningRole, string>> = {
  personal: OUTGOING_FIELDS.leader,
  agency: OUTGOING_FIELDS.seal,
}

function hasOwnPlace(role: SigningRole, fields: ReadonlyMap<string, FieldState>): boolean {
  const own = PREPARED[role]
  return own !== undefined && fields.get(own) === 'empty'
}

function fieldFor(order: SignatureOrder, fields: ReadonlyMap<string, FieldState>): SignatureField {
  const own = PREPARED[order.role]
  if (own !== undefined && fields.get(own) === 'empty') return { kind: 'existing', name: own }
  return { kind: 'new', name: newFieldName(order.role, new Set(fields.keys())), place: order.place }
}

/** Number and date go into the same increment as the seal, so that no revision lies between them (research signing, section 5 G). */
function valuesFor({ role, number, date }: SignatureOrder, fields: ReadonlyMap<string, FieldState>) {
  if (role !== 'agency') return []
  return [
    { field: OUTGOING_FIELDS.number, value: number },
    { field: OUTGOING_FIELDS.date, value: date },
  ].flatMap(({ field, value }) => (value !== null && fields.has(field) ? [{ field, value }] : []))
}

/** Fields that a lock names must be there; a leader's lock on a file that was not prepared would name nothing. */
function lockFor({ lock }: RoleTemplate, fields: ReadonlyMap<string, FieldState>): RoleTemplate['lock'] {
  return lock?.action === 'Exclude' && !lock.fields.some((field) => fields.has(field)) ? null : lock
}

/** Attributes, signer's name and the value of an RSA key of 4096 bits. */
const SIGNER_INFO_BYTES = 2_000

/** What the certificates need is known; a hole that is too large stays in the file for ever, twice over in its digits. */
function reserveFor({ certificate, chain }: SigningKey, { level }: SignatureOrder): number {
  const certificates = [certificate, ...chain].reduce((sum, { length }) => sum + length, 0)
  return SIGNER_INFO_BYTES + certificates + (level === 'B-B' ? 0 : RESERVES['document-timestamp'])
}

interface SignedOnce {
  readonly bytes: Uint8Array
  readonly shortfall: Shortfall
}

/** A chain or a token with an unusual size may not fit: then once more with a hole that does. */
async function signOnce(
  base: Uint8Array,
  request: SignatureRequest,
  order: SignatureOrder,
  key: SigningKey,
  certificate: Certificate,
  surroundings: SignatureSurroundings,
): Promise<SignedOnce | Extract<DocumentOutcome, { ok: false }>> {
  const prepared = prepareSignature(base, request)
  if ('fault' in prepared) return refused(prepared.fault)
  if (await wouldBreakEarlier(prepared, request.field.name, surroundings)) return refused('would-break-signatures')
  const made = await makeCms(prepared, order, key, certificate, surroundings)
  if (!('cms' in made)) return made
  const embedded = embedContents(prepared, made.cms)
  if (embedded instanceof Uint8Array) return { bytes: embedded, shortfall: made.shortfall }
  const wider = { ...request, reserve: made.cms.length + RESERVES.signature }
  return request.reserve > reserveFor(key, order)
    ? refused(embedded.fault)
    : await signOnce(base, wider, order, key, certificate, surroundings)
}

/** What stands in the hole while nobody has signed yet: an empty SEQUENCE, so that the structure is that of a signature. */
const NOTHING_SIGNED = Uint8Array.of(0x30, 0x00)

/** Asked before the key is: a PIN, and the wait for a token, are for signatures that the earlier ones permit. */
async function wouldBreakEarlier(
  prepared: PreparedSignature,
  field: string,
  surroundings: SignatureSurroundings,
): Promise<boolean> {
  // A file that nobody signed has nothing to break, and reading all of it again takes its time.
  const fields = [...fieldStates(prepared.bytes)]
  if (!fields.some(([name, state]) => state === 'signed' && name !== field)) return false
  embedContents(prepared, NOTHING_SIGNED)
  const { report } = await judge(prepared.bytes, surroundings)
  return report.signatures.some((earlier) => earlier.field !== field && earlier.status === 'invalid')
}

async function makeCms(
  prepared: PreparedSignature,
  order: SignatureOrder,
  key: SigningKey,
  certificate: Certificate,
  surroundings: SignatureSurroundings,
): Promise<{ readonly cms: Uint8Array; readonly shortfall: Shortfall } | Extract<DocumentOutcome, { ok: false }>> {
  const kind = publicKeyKind(certificate.spki)
  if (kind === null) return refused('certificate-unreadable')
  const digestAlgorithm = hashForKey(kind)
  // Nothing is signed over less than SHA-256.
  if (digestAlgorithm === 'sha1' || digestAlgorithm === 'sha224') return refused('unsupported')
  const digest = await surroundings.crypto.digest(digestAlgorithm, signedParts(prepared))
  const attributes = signedAttributes({ digest, digestAlgorithm, certificate: key.certificate })
  const signed = await key.sign({ certificate: key.certificate, data: attributes, hash: digestAlgorithm })
  if (!signed.ok) return refused(signed.fault.code, signed.fault.tried)
  const { algorithm, signature } = signed.value
  const stamp = order.level === 'B-B' ? null : await timestampOver([signature], surroundings)
  const cms = buildSignedData({
    certificate: key.certificate,
    chain: key.chain,
    digestAlgorithm,
    signedAttributes: attributes,
    signatureAlgorithm: algorithm,
    signature,
    timestampToken: stamp?.ok === true ? stamp.token : null,
  })
  return { cms, shortfall: stamp === null || stamp.ok ? NO_SHORTFALL : { ...NO_SHORTFALL, timestamp: stamp.failures } }
}
