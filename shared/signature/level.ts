// Which PAdES baseline level a signature has reached, and what is missing for the next (ETSI EN 319 142-1, 6.3).
import type { SignatureLevel } from './report.ts'

export interface LevelFacts {
  /** `ETSI.CAdES.detached`, sound, with the signing-certificate attribute. */
  readonly baseline: boolean
  /** A trusted timestamp over the signature, or a document timestamp over its revision. */
  readonly timestamped: boolean
  /** The file alone holds what is needed to judge the certificates of signer and timestamp authority. */
  readonly selfContained: boolean
  /** A trusted document timestamp covers that evidence. */
  readonly archived: boolean
}

export type MissingForLevel = 'baseline-attributes' | 'timestamp' | 'revocation-data' | 'archive-timestamp'

/** Each level wants all that stands below it. */
export function levelOf(facts: LevelFacts): {
  readonly level: SignatureLevel
  readonly missing: readonly MissingForLevel[]
} {
  if (!facts.baseline) return { level: 'none', missing: ['baseline-attributes'] }
  if (!facts.timestamped) return { level: 'B-B', missing: ['timestamp'] }
  if (!facts.selfContained) return { level: 'B-T', missing: ['revocation-data'] }
  if (!facts.archived) return { level: 'B-LT', missing: ['archive-timestamp'] }
  return { level: 'B-LTA', missing: [] }
}
