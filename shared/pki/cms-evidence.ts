// Certificates and revocation answers that a signature carries with it, wherever products put them. Nothing of it is trusted by being there.
import { parseCertificate, type Certificate } from './certificate.ts'
import type { Attribute, SignedDataContent } from './cms-read.ts'
import { children, contextConstructed, orNull, readElement, TAG, type DerElement } from './der-reader.ts'
import { ATTRIBUTE } from './oids.ts'
import { wrapBasicResponse } from './ocsp-response.ts'

export interface EmbeddedEvidence {
  readonly certificates: readonly Certificate[]
  /** DER of CertificateList. */
  readonly crls: readonly Uint8Array[]
  /** DER of OCSPResponse. */
  readonly ocsps: readonly Uint8Array[]
}

/**
 * Everything a signature brings along: SignedData's own sets, Adobe's revocationInfoArchival (signed, ISO 32000-1, 12.8.3.3.2)
 * and CAdES certificate and revocation values (unsigned, ETSI EN 319 122-1 §5.4, A.1). What cannot be read is left out.
 */
export function embeddedEvidence(cms: SignedDataContent): EmbeddedEvidence {
  const { signedAttributes, unsignedAttributes } = cms.signer
  const adobe = valuesOf(signedAttributes?.attributes ?? [], ATTRIBUTE.adobeRevocationInfoArchival)
  const cades = valuesOf(unsignedAttributes, ATTRIBUTE.revocationValues)
  const values = [...adobe, ...cades]
  const crls = [...cms.crls, ...values.flatMap((value) => listAt(value, 0))]
  const whole = adobe.flatMap((value) => listAt(value, 1))
  const bare = cades.flatMap((value) => listAt(value, 1))
  const ders = valuesOf(unsignedAttributes, ATTRIBUTE.certificateValues).flat()
  const certificates = ders.slice(0, MAX_EVIDENCE).map(({ raw }) => parseCertificate(raw))
  return {
    certificates: [...cms.certificates, ...certificates.filter((certificate) => certificate !== null)],
    crls: crls.slice(0, MAX_EVIDENCE),
    ocsps: [...cms.ocsps, ...whole, ...bare.slice(0, MAX_EVIDENCE).map(wrapBasicResponse)].slice(0, MAX_EVIDENCE),
  }
}

/** More of a kind than any chain needs; each is parsed by whoever uses it. */
const MAX_EVIDENCE = 256

/** What stands inside each value: all of them are SEQUENCEs. */
function valuesOf(attributes: readonly Attribute[], oid: string): DerElement[][] {
  const values = attributes.filter((one) => one.oid === oid).flatMap((one) => one.values)
  return values.flatMap((der) => {
    const inside = orNull(() => children(readElement(der, TAG.sequence)))
    return inside === null ? [] : [inside]
  })
}

/** The members of `[number] EXPLICIT SEQUENCE OF`. */
function listAt(fields: readonly DerElement[], number: number): Uint8Array[] {
  const wrapped = fields.find(({ tag }) => tag === contextConstructed(number))
  if (wrapped === undefined) return []
  return orNull(() => children(readElement(wrapped.content, TAG.sequence)).map(({ raw }) => raw)) ?? []
}
