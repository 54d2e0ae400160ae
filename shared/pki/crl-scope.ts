// Which revocation lists speak about which certificates, and for which reasons (RFC 5280 §6.3.3 b, d and e).
import { bytesToHex } from '@noble/hashes/utils.js'
import { sameBytes, type Certificate } from './certificate.ts'
import type { CertificateList } from './crl.ts'
import {
  ALL_REASONS,
  type DistributionPoint,
  type DistributionPointName,
  type ReasonFlag,
} from './distribution-points.ts'
import { basicConstraints } from './extensions.ts'
import { directoryNames, type GeneralName } from './general-names.ts'
import { extendName, type DistinguishedName } from './names.ts'

/** The list that every issuer may publish under its own name, wherever certificates point to (§6.3.3, last paragraph). */
export function impliedPoint(certificate: Certificate): DistributionPoint {
  const name: GeneralName = { kind: 'directory', name: certificate.issuer }
  return { name: { kind: 'full', names: [name] }, reasons: null, crlIssuer: null }
}

/** @returns the reasons that the list answers for, when the certificate looks for it at this point; null: none of its business */
export function coveredReasons(
  list: CertificateList,
  certificate: Certificate,
  point: DistributionPoint,
): ReadonlySet<ReasonFlag> | null {
  const scope = list.issuingDistributionPoint
  const issuers = point.crlIssuer && directoryNames(point.crlIssuer)
  if (issuers === null) {
    if (list.issuer.key !== certificate.issuer.key) return null
  } else if (scope?.indirect !== true || !issuers.some((issuer) => issuer.key === list.issuer.key)) {
    return null
  }
  if (scope === null) return point.reasons ?? ALL_REASONS
  if (scope.name !== null && !pointsTo(point, scope.name, list, certificate)) return null
  if (scope.onlyAttributeCertificates) return null
  if (isCa(certificate) ? scope.onlyUserCertificates : scope.onlyCaCertificates) return null
  const answered = scope.onlySomeReasons ?? ALL_REASONS
  return new Set([...(point.reasons ?? ALL_REASONS)].filter((reason) => answered.has(reason)))
}

/** Whether one of the point's names is one of the list's; a point without a name is named by who issues its lists (§6.3.3 b 2 i). */
function pointsTo(
  point: DistributionPoint,
  name: DistributionPointName,
  list: CertificateList,
  certificate: Certificate,
): boolean {
  const issuers = point.crlIssuer ?? []
  const [issuer = certificate.issuer] = directoryNames(issuers)
  const wanted = point.name === null ? issuers.map(nameKey) : pointKeys(point.name, issuer)
  const own = pointKeys(name, list.issuer)
  return wanted.some((key) => own.includes(key))
}

function pointKeys(name: DistributionPointName, issuer: DistinguishedName): readonly string[] {
  return name.kind === 'full' ? name.names.map(nameKey) : [`directory ${extendName(issuer, name.rdn).key}`]
}

function nameKey(name: GeneralName): string {
  switch (name.kind) {
    case 'directory':
      return `directory ${name.name.key}`
    case 'email':
    case 'dns':
    case 'uri':
      return `${name.kind} ${name.text}`
    case 'ip':
      return `ip ${bytesToHex(name.bytes)}`
    case 'registered-id':
      return `registered-id ${name.oid}`
    case 'other':
    case 'x400':
    case 'edi':
      return `${name.kind} ${bytesToHex(name.raw)}`
  }
}

function isCa(certificate: Certificate): boolean {
  const basic = basicConstraints(certificate)
  return basic !== null && basic !== 'unreadable' && basic.ca
}

/** Whether a delta list continues a complete one (§5.2.4, §6.3.3 c): same issuer, scope and key, and no gap between the two. */
export function continues(delta: CertificateList, complete: CertificateList): boolean {
  const { baseCrlNumber, crlNumber } = delta
  if (baseCrlNumber === null || crlNumber === null || complete.crlNumber === null) return false
  return (
    delta.issuer.key === complete.issuer.key &&
    sameOptionalBytes(delta.scope, complete.scope) &&
    sameOptionalBytes(delta.authorityKeyIdentifier, complete.authorityKeyIdentifier) &&
    complete.crlNumber >= baseCrlNumber &&
    complete.crlNumber < crlNumber
  )
}

function sameOptionalBytes(one: Uint8Array | null, other: Uint8Array | null): boolean {
  return one === null || other === null ? one === other : sameBytes(one, other)
}
