// What signing needs around it: whom to believe, which services to ask and over which line, the clock, the face for text.
import type { TrustAnchor } from '../../shared/pki/path-types.ts'
import type { PkiCrypto } from '../../shared/pki/crypto.ts'
import type { EvidenceCache } from '../revocation/evidence-cache.ts'
import type { HttpLine } from '../revocation/http-types.ts'
import type { TimestampService } from '../revocation/tsa-client.ts'

export interface SignatureSurroundings {
  readonly crypto: PkiCrypto
  readonly anchors: readonly TrustAnchor[]
  /** Asked in this order; empty where no time is wanted. */
  readonly timestampServices: readonly TimestampService[]
  readonly line: HttpLine
  readonly cache: EvidenceCache
  /** ms since 1970 */
  readonly now: () => number
  /** A whole TrueType file with the Vietnamese letters. */
  readonly font: Uint8Array
}
