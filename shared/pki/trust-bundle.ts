// Trust anchors as a signed, dated bundle: who vouches for them is one pinned key, and an older bundle never replaces a newer one.
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { z } from 'zod'
import { canonicalJson } from '../ledger/act.ts'
import { fromBase64 } from '../text/base64.ts'
import { algorithmFault, DEFAULT_ALGORITHMS } from './algorithm-policy.ts'
import { signatureIdentifier } from './algorithms.ts'
import { parseCertificate, readAlgorithm, sameBytes } from './certificate.ts'
import type { PkiCrypto, SignatureAlgorithm } from './crypto.ts'
import { readElement } from './der-reader.ts'
import type { TrustAnchor } from './path-types.ts'

/** By name in the bundle. */
const ALGORITHMS = {
  'rsa-pkcs1-sha256': { kind: 'rsa-pkcs1', hash: 'sha256' },
  'rsa-pss-sha256': { kind: 'rsa-pss', hash: 'sha256', saltLength: 32 },
  'ecdsa-sha256': { kind: 'ecdsa', hash: 'sha256' },
  'ecdsa-sha384': { kind: 'ecdsa', hash: 'sha384' },
  ed25519: { kind: 'ed25519' },
} as const satisfies Record<string, SignatureAlgorithm>
export type BundleAlgorithm = keyof typeof ALGORITHMS

/** A national list has some hundred anchors of 2 kB. */
export const MAX_BUNDLE_CHARACTERS = 4_000_000

const base64 = z.base64().min(1).max(100_000)
const time = z.iso.datetime({ offset: false })
const webAddress = z.url({ protocol: /^https?$/ }).max(2000)
const addresses = z.array(webAddress).max(64)

const contentShape = {
  version: z.literal(1),
  /** UTC, ISO 8601. */
  issuedAt: time,
  /** After this the bundle says nothing any more. */
  validUntil: time,
  anchors: z
    .array(
      z.strictObject({
        /** DER. */
        certificate: base64,
        name: z.string().min(1).max(200),
        use: z
          .array(z.enum(['signing', 'timestamping']))
          .min(1)
          .max(2),
        validFrom: time.optional(),
        validUntil: time.optional(),
      }),
    )
    .min(1)
    .max(1000),
  services: z.strictObject({ tsa: addresses.optional(), ocsp: addresses.optional(), crl: addresses.optional() }),
}
const bundleSchema = z.strictObject({
  ...contentShape,
  signature: z.strictObject({
    /** The signer's, DER: only its key counts, and that one is pinned. */
    certificate: base64,
    algorithm: z.enum(Object.keys(ALGORITHMS) as BundleAlgorithm[]),
    value: base64,
  }),
})
export type SignedTrustBundle = z.infer<typeof bundleSchema>
export type TrustBundleContent = Omit<SignedTrustBundle, 'signature'>

export interface TrustBundle {
  readonly content: TrustBundleContent
  /** ms since 1970. */
  readonly issuedAt: number
  readonly anchors: readonly TrustAnchor[]
}

export type TrustBundleFault =
  | 'malformed'
  | 'anchor-unreadable'
  /** Signed, but by a key that nobody pinned. */
  | 'key-unknown'
  | 'signature-invalid'
  | 'issued-in-future'
  | 'expired'
  /** Older than one that was accepted before. */
  | 'rollback'

export interface BundleTerms {
  /** DER of the SubjectPublicKeyInfos whose signatures count: one, or two while the key changes. */
  readonly pinnedKeys: readonly Uint8Array[]
  /** ms since 1970: now. */
  readonly at: number
  /** `issuedAt` of the newest bundle that was ever accepted; null: none. */
  readonly newest: number | null
}

export type OpenedBundle =
  { readonly ok: true; readonly bundle: TrustBundle } | { readonly ok: false; readonly fault: TrustBundleFault }

/** What is signed: the canonical JSON (RFC 8785) of everything but the signature, UTF-8. */
export function bundleBytesToSign(content: TrustBundleContent): Uint8Array {
  const { version, issuedAt, validUntil, anchors, services } = content
  return utf8ToBytes(canonicalJson({ version, issuedAt, validUntil, anchors, services }))
}

/** Reads a bundle and checks all that it claims, the signature before the dates. Never rejects. */
export async function openTrustBundle(text: string, terms: BundleTerms, crypto: PkiCrypto): Promise<OpenedBundle> {
  const signed = readBundle(text)
  if (signed === null) return refused('malformed')
  const { signature, ...content } = signed
  const fault = (await signatureFault(content, signature, terms.pinnedKeys, crypto)) ?? dateFault(content, terms)
  if (fault !== null) return refused(fault)
  const anchors = content.anchors.map(anchorOf).filter((anchor) => anchor !== null)
  if (anchors.length !== content.anchors.length) return refused('anchor-unreadable')
  return { ok: true, bundle: { content, issuedAt: Date.parse(content.issuedAt), anchors } }
}

const refused = (fault: TrustBundleFault): OpenedBundle => ({ ok: false, fault })

function readBundle(text: string): SignedTrustBundle | null {
  if (text.length > MAX_BUNDLE_CHARACTERS) return null
  try {
    return bundleSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

async function signatureFault(
  content: TrustBundleContent,
  { certificate, algorithm: name, value }: SignedTrustBundle['signature'],
  pinned: readonly Uint8Array[],
  crypto: PkiCrypto,
): Promise<TrustBundleFault | null> {
  const der = fromBase64(certificate)
  const signature = fromBase64(value)
  const spki = der && parseCertificate(der)?.spki
  if (!spki || signature === null) return 'malformed'
  const key = pinned.find((one) => sameBytes(one, spki))
  if (key === undefined) return 'key-unknown'
  const algorithm = ALGORITHMS[name]
  const identifier = readAlgorithm(readElement(signatureIdentifier(algorithm)))
  if (algorithmFault(identifier, key, DEFAULT_ALGORITHMS) !== null) return 'signature-invalid'
  const data = bundleBytesToSign(content)
  return (await crypto.verify({ algorithm, spki: key, signature, data })) ? null : 'signature-invalid'
}

function dateFault(content: TrustBundleContent, { at, newest }: BundleTerms): TrustBundleFault | null {
  const issuedAt = Date.parse(content.issuedAt)
  if (newest !== null && issuedAt < newest) return 'rollback'
  if (issuedAt > at) return 'issued-in-future'
  return at > Date.parse(content.validUntil) ? 'expired' : null
}

function anchorOf({
  certificate,
  use,
  validFrom,
  validUntil,
}: TrustBundleContent['anchors'][number]): TrustAnchor | null {
  const der = fromBase64(certificate)
  const parsed = der && parseCertificate(der)
  return (
    parsed && {
      certificate: parsed,
      use,
      ...(validFrom !== undefined && { validFrom: Date.parse(validFrom) }),
      ...(validUntil !== undefined && { validUntil: Date.parse(validUntil) }),
    }
  )
}
