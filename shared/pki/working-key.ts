// The key that a certificate's signatures are checked with: DSA parameters may be inherited from the issuer (RFC 5280 §6.1.4 f, RFC 3279 §2.3.2).
import type { Certificate } from './certificate.ts'
import { derSequence } from './der.ts'
import { FieldReader, readElement, readOid, TAG } from './der-reader.ts'
import { SIGNATURE } from './oids.ts'
import type { CandidateChain } from './path-build.ts'

/**
 * DER of the SubjectPublicKeyInfo, completed with the parameters of the issuer's where the certificate leaves them out.
 * @param issuerSpki the issuer's working key, completed already
 */
export function workingKey(certificate: Certificate, issuerSpki: Uint8Array): Uint8Array {
  if (!lacksParameters(certificate)) return certificate.spki
  const issuer = new FieldReader(readElement(issuerSpki))
  const algorithm = issuer.take(TAG.sequence)
  // Another kind of key has nothing to pass on.
  if (readOid(new FieldReader(algorithm).take(TAG.oid)) !== SIGNATURE.dsa) return certificate.spki
  const own = new FieldReader(readElement(certificate.spki))
  own.take(TAG.sequence)
  return derSequence(algorithm.raw, own.take(TAG.bitString).raw)
}

/** One certificate of a chain, and who is said to have signed it. */
export interface ChainLink {
  readonly certificate: Certificate
  readonly issuer: Certificate
  /** The issuer's working key. */
  readonly issuerKey: Uint8Array
}

/** The chain with its working keys, target first. */
export function linksOf({ certificates, anchor }: CandidateChain): readonly ChainLink[] {
  const links: ChainLink[] = []
  let issuer = anchor.certificate
  let issuerKey = issuer.spki
  for (const certificate of certificates.toReversed()) {
    links.unshift({ certificate, issuer, issuerKey })
    issuerKey = workingKey(certificate, issuerKey)
    issuer = certificate
  }
  return links
}

/** Whether the certificate's key is no whole key without its issuer's. */
export function lacksParameters({ publicKeyAlgorithm }: Certificate): boolean {
  return publicKeyAlgorithm.oid === SIGNATURE.dsa && publicKeyAlgorithm.parameters === null
}
