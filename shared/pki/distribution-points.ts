// Distribution points of revocation lists: in certificates (RFC 5280 §4.2.1.13) and in the lists themselves (§5.2.5).
import {
  children,
  contextConstructed,
  contextPrimitive,
  DerFault,
  FieldReader,
  readBoolean,
  readElement,
  readNamedBits,
  type DerElement,
} from './der-reader.ts'
import { readGeneralNames, type GeneralName } from './general-names.ts'
import { readRelativeName, type RelativeName } from './names.ts'

/** Reasons that a list may be limited to, by bit (§4.2.1.13). Bit 0 is unused. */
export const REASON_FLAGS = [
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  'privilegeWithdrawn',
  'aACompromise',
] as const
export type ReasonFlag = (typeof REASON_FLAGS)[number]
export const ALL_REASONS: ReadonlySet<ReasonFlag> = new Set(REASON_FLAGS)

export type DistributionPointName =
  | { readonly kind: 'full'; readonly names: readonly GeneralName[] }
  | { readonly kind: 'relative'; readonly rdn: RelativeName }

export interface DistributionPoint {
  readonly name: DistributionPointName | null
  /** Null: all reasons. */
  readonly reasons: ReadonlySet<ReasonFlag> | null
  /** Null: the issuer of the certificate issues the list. */
  readonly crlIssuer: readonly GeneralName[] | null
}

export interface IssuingDistributionPoint {
  readonly name: DistributionPointName | null
  readonly onlyUserCertificates: boolean
  readonly onlyCaCertificates: boolean
  readonly onlyAttributeCertificates: boolean
  readonly onlySomeReasons: ReadonlySet<ReasonFlag> | null
  readonly indirect: boolean
}

const MAX_POINTS = 64

/** cRLDistributionPoints and freshestCRL. @throws DerFault */
export function readDistributionPoints(element: DerElement): readonly DistributionPoint[] {
  const points = children(element)
  if (points.length === 0 || points.length > MAX_POINTS) throw new DerFault('distribution points')
  return points.map(readDistributionPoint)
}

function readDistributionPoint(element: DerElement): DistributionPoint {
  const fields = new FieldReader(element)
  const name = fields.optional(contextConstructed(0))
  const reasons = fields.optional(contextPrimitive(1))
  const crlIssuer = fields.optional(contextConstructed(2))
  fields.end()
  // "MUST NOT consist of only the reasons field" (§4.2.1.13).
  if (name === null && crlIssuer === null) throw new DerFault('distribution point')
  return {
    name: name && readPointName(name),
    reasons: reasons && readReasons(reasons),
    crlIssuer: crlIssuer && readGeneralNames(crlIssuer),
  }
}

/** @throws DerFault */
export function readIssuingDistributionPoint(element: DerElement): IssuingDistributionPoint {
  const fields = new FieldReader(element)
  const name = fields.optional(contextConstructed(0))
  const flag = (number: number): boolean => {
    const field = fields.optional(contextPrimitive(number))
    return field !== null && readBoolean(field)
  }
  const onlyUserCertificates = flag(1)
  const onlyCaCertificates = flag(2)
  const reasons = fields.optional(contextPrimitive(3))
  const indirect = flag(4)
  const onlyAttributeCertificates = flag(5)
  fields.end()
  return {
    name: name && readPointName(name),
    onlyUserCertificates,
    onlyCaCertificates,
    onlyAttributeCertificates,
    onlySomeReasons: reasons && readReasons(reasons),
    indirect,
  }
}

function readPointName(element: DerElement): DistributionPointName {
  const inner = readElement(element.content)
  if (inner.tag === contextConstructed(0)) return { kind: 'full', names: readGeneralNames(inner) }
  if (inner.tag === contextConstructed(1)) return { kind: 'relative', rdn: readRelativeName(inner) }
  throw new DerFault('distribution point name')
}

function readReasons(element: DerElement): ReadonlySet<ReasonFlag> {
  const bits = readNamedBits(element)
  return new Set(REASON_FLAGS.filter((_, index) => bits.has(index + 1)))
}
