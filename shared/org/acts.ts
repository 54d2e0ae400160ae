// The acts on the organisation: units, people, positions, accounts and devices. Nothing is deleted; it ends on a day.
import { z } from 'zod'
import { id } from '../id.ts'

const day = z.iso.date()
const name = z.string().trim().min(1).max(200)

export const UNIT_KINDS = [
  'commune',
  'people-committee',
  'people-council',
  'party-committee',
  'office',
  'division',
  'other',
] as const
export const POSITION_ROLES = [
  'chair',
  'deputy-chair',
  'member',
  'secretary',
  'clerk',
  'specialist',
  'guest',
  'administrator',
] as const

/** A public key as WebCrypto exports it: P-256, uncompressed coordinates in base64url (RFC 7518 §6.2). */
export const publicKeySchema = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  y: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
})
export type PublicKey = z.infer<typeof publicKeySchema>

/** A certificate in DER as base64. Real ones have 1 to 3 kB; 8 kB leaves room for long names and large keys. */
const MAX_CERTIFICATE_CHARS = 11_000
const certificateText = z.base64().min(100).max(MAX_CERTIFICATE_CHARS)
const fingerprint = z.string().regex(/^[0-9a-f]{64}$/)

/** Signing: for people, agencies and documents. Timestamping: for the time at which they signed. */
export const TRUST_USES = ['signing', 'timestamping'] as const
/** An address that a device asks in the person's name: no credentials in it. */
const serviceUrl = z
  .url({ protocol: /^https?$/ })
  .max(300)
  .refine((url) => !url.includes('@'))
/** An act holds 64 kB: 25 certificates of 2 kB. Vietnam has some twenty public authorities and one for the state. */
const trustBody = z.strictObject({
  anchors: z
    .array(z.strictObject({ name, certificate: certificateText, uses: z.array(z.enum(TRUST_USES)).min(1).max(2) }))
    .max(25),
  /** Asked in this order until one answers. */
  timestampServices: z.array(serviceUrl).max(10),
})

const unitBody = z.strictObject({
  unitId: id,
  name,
  code: z.string().trim().min(1).max(40),
  kind: z.enum(UNIT_KINDS),
  parentId: id.nullable(),
  from: day,
})
const personBody = z.strictObject({ personId: id, name, phone: z.string().trim().max(40) })
const positionBody = z.strictObject({
  positionId: id,
  personId: id,
  unitId: id,
  /** As it is written under a signature: "Phó Chủ tịch UBND xã". */
  title: name,
  role: z.enum(POSITION_ROLES),
  from: day,
})
const accountBody = z.strictObject({
  personId: id,
  username: z.string().regex(/^[a-z0-9][a-z0-9._-]{1,39}$/),
})

export const orgActs = {
  /** The first entry of a new hub: everything that must exist before anyone can log in. Only the hub itself may do it, once. */
  'org.found': z.strictObject({
    hubKey: publicKeySchema,
    units: z.array(unitBody).max(1000),
    people: z.array(personBody).max(5000),
    positions: z.array(positionBody).max(10_000),
    accounts: z.array(accountBody).max(5000),
  }),
  'org.addUnit': unitBody,
  'org.renameUnit': z.strictObject({ unitId: id, name, code: z.string().trim().min(1).max(40) }),
  'org.endUnit': z.strictObject({ unitId: id, until: day, successorId: id.nullable() }),
  'org.addPerson': personBody,
  'org.renamePerson': personBody,
  'org.givePosition': positionBody,
  'org.endPosition': z.strictObject({ positionId: id, until: day }),
  'org.openAccount': accountBody,
  'org.endAccount': z.strictObject({ personId: id }),
  /** Signed by the very key that it enrols: a proof of possession. */
  'org.enrolDevice': z.strictObject({
    deviceId: id,
    publicKey: publicKeySchema,
    name: z.string().trim().min(1).max(120),
  }),
  'org.revokeDevice': z.strictObject({ deviceId: id }),
  /** Whoever signs with this certificate is this person: for signing papers and as a second way to log in. */
  'org.bindCertificate': z.strictObject({ personId: id, certificate: certificateText }),
  'org.endCertificate': z.strictObject({ fingerprint }),
  /** Whose certificates this office believes, and which services it asks: each act replaces all that stood before. */
  'org.replaceTrust': trustBody,
} as const

export type OrgActType = keyof typeof orgActs
export type OrgAct = {
  [T in OrgActType]: { readonly type: T; readonly actor: string; readonly body: z.infer<(typeof orgActs)[T]> }
}[OrgActType]

export type UnitKind = (typeof UNIT_KINDS)[number]
export type PositionRole = (typeof POSITION_ROLES)[number]
export type UnitBody = z.infer<typeof unitBody>
export type PersonBody = z.infer<typeof personBody>
export type PositionBody = z.infer<typeof positionBody>
export type AccountBody = z.infer<typeof accountBody>
export type TrustBody = z.infer<typeof trustBody>
