// What the verifier says of one file: the documented, versioned shape that the screen, the command line and other programs read.
import { z } from 'zod'

/** Raised whenever a field changes its meaning or goes; new fields alone do not raise it. */
export const REPORT_VERSION = 1

/**
 * `valid`: every signature holds and nothing that a reader sees has changed since.
 * `valid-changed`: as before, and something was changed that the signatures permit (a number filled in, a seal set).
 * `indeterminate`: nothing is wrong, but data on trust or revocation is missing. Never for structure.
 * `unsigned`: a sound PDF without a signature.
 */
export const FILE_STATUSES = ['valid', 'valid-changed', 'invalid', 'indeterminate', 'unsigned'] as const
export type FileStatus = (typeof FILE_STATUSES)[number]

/** PAdES baseline levels (ETSI EN 319 142-1); `none` where not even B-B is reached. */
export const LEVELS = ['none', 'B-B', 'B-T', 'B-LT', 'B-LTA'] as const
export type SignatureLevel = (typeof LEVELS)[number]

const time = z.iso.datetime()
const text = z.string()

const certificateSchema = z.strictObject({
  subject: text,
  issuer: text,
  /** Hexadecimal. */
  serialNumber: text,
  notBefore: time,
  notAfter: time,
  /** SHA-256 of the DER, hexadecimal. */
  fingerprint: text,
})
export type ReportCertificate = z.infer<typeof certificateSchema>

const revocationSchema = z.strictObject({
  /** Of which certificate of the chain, by its fingerprint. */
  certificate: text,
  source: z.enum(['ocsp', 'crl', 'none', 'not-needed']),
  status: z.enum(['good', 'revoked', 'unknown']),
  revokedAt: time.nullable(),
  thisUpdate: time.nullable(),
  nextUpdate: time.nullable(),
})
export type ReportRevocation = z.infer<typeof revocationSchema>

const changeSchema = z.strictObject({
  /** A code of shared/pdf/changes. */
  code: text,
  revision: z.number().int(),
  permitted: z.boolean(),
  field: text.nullable(),
  before: text.nullable(),
  after: text.nullable(),
  page: z.number().int().nullable(),
  rect: z.array(z.number()).length(4).nullable(),
})
export type ReportChange = z.infer<typeof changeSchema>

const timestampSchema = z.strictObject({
  time,
  status: z.enum(['valid', 'invalid', 'indeterminate']),
  authority: certificateSchema.nullable(),
  reasons: z.array(text),
})

const signatureSchema = z.strictObject({
  field: text,
  kind: z.enum(['signature', 'document-timestamp']),
  status: z.enum(['valid', 'valid-changed', 'invalid', 'indeterminate']),
  level: z.enum(LEVELS),
  /** Codes of what is still wanted for the next level; empty at the highest. */
  missingForNext: z.array(text),
  role: z.enum(['personal', 'agency', 'annex', 'copy', 'initials', 'plain']).nullable(),
  signer: certificateSchema.nullable(),
  chain: z.array(certificateSchema),
  algorithm: text.nullable(),
  time: z.strictObject({
    claimed: time.nullable(),
    proven: time.nullable(),
    provenBy: z.enum(['signature-timestamp', 'document-timestamp']).nullable(),
  }),
  timestamps: z.array(timestampSchema),
  revocation: z.array(revocationSchema),
  coverage: z.strictObject({
    /** The revision that was signed, from 1; null when the signature covers none exactly. */
    revision: z.number().int().nullable(),
    revisions: z.number().int(),
    byteRange: z.array(z.number().int()).length(4).nullable(),
    wholeFile: z.boolean(),
  }),
  permissions: z.strictObject({
    docMdp: z.union([z.literal(1), z.literal(2), z.literal(3)]).nullable(),
    fieldMdp: z.strictObject({ action: z.enum(['All', 'Include', 'Exclude']), fields: z.array(text) }).nullable(),
  }),
  place: z.strictObject({ page: z.number().int().nullable(), rect: z.array(z.number()).length(4).nullable() }),
  changesAfter: z.array(changeSchema),
  /** Until when it can be proven without renewing: the end of the last timestamp authority's certificate, or of the signer's. */
  holdsUntil: time.nullable(),
  reasons: z.array(text),
})
export type SignatureReport = z.infer<typeof signatureSchema>

export const fileReportSchema = z.strictObject({
  schema: z.literal('tra-my/signature-report'),
  version: z.literal(REPORT_VERSION),
  name: text,
  /** SHA-256 of the file, hexadecimal. */
  sha256: text,
  bytes: z.number().int(),
  verifiedAt: time,
  status: z.enum(FILE_STATUSES),
  signatures: z.array(signatureSchema),
  revisions: z.array(z.strictObject({ start: z.number().int(), end: z.number().int(), kind: text })),
  /** What is wrong with the file as a whole. */
  reasons: z.array(text),
})
export type FileReport = z.infer<typeof fileReportSchema>
