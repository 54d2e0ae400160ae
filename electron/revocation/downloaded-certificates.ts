// The certificates in what an authority publishes as its own: one in DER, PEM, or a CMS with certificates only (RFC 5280 §4.2.2.1).
import { MAX_CERTIFICATE_BYTES, parseCertificate, type Certificate } from '../../shared/pki/certificate.ts'
import {
  children,
  contextConstructed,
  FieldReader,
  orNull,
  readElement,
  readOid,
  TAG,
} from '../../shared/pki/der-reader.ts'
import { CONTENT_TYPE } from '../../shared/pki/oids.ts'
import { certificatesOfPem } from '../../shared/pki/pem.ts'

/** Authorities publish their chain, not their archive. */
export const MAX_DOWNLOADED = 16

/** Empty for what is none of the three. */
export function downloadedCertificates(body: Uint8Array): readonly Certificate[] {
  if (body.length > MAX_DOWNLOADED * MAX_CERTIFICATE_BYTES) return []
  const single = parseCertificate(body)
  if (single !== null) return [single]
  return [...pemBlocks(body), ...(orNull(() => certsOnly(body)) ?? [])]
    .slice(0, MAX_DOWNLOADED)
    .map((der) => parseCertificate(der))
    .filter((certificate) => certificate !== null)
}

function pemBlocks(body: Uint8Array): readonly Uint8Array[] {
  return certificatesOfPem(Buffer.from(body).toString('latin1')).map(
    (text) => new Uint8Array(Buffer.from(text, 'base64')),
  )
}

/** SignedData without a signer; nothing else of it is looked at. @throws DerFault */
function certsOnly(body: Uint8Array): readonly Uint8Array[] {
  const outer = new FieldReader(readElement(body))
  if (readOid(outer.take(TAG.oid)) !== CONTENT_TYPE.signedData) return []
  const fields = new FieldReader(readElement(outer.take(contextConstructed(0)).content))
  fields.take(TAG.integer)
  fields.take(TAG.set)
  fields.take(TAG.sequence)
  const certificates = fields.optional(contextConstructed(0))
  return certificates === null ? [] : children(certificates).map(({ raw }) => raw)
}
