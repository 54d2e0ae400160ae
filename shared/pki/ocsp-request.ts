// What an OCSP responder is asked (RFC 6960 §4.1), and the identifier that question and answer share.
import { hashNow } from './algorithms.ts'
import type { Certificate } from './certificate.ts'
import { issuerAndSerial } from './cms-signing-certificate.ts'
import type { HashName } from './crypto.ts'
import { derContext, derNull, derOctetString, derOid, derSequence } from './der.ts'
import { DIGEST, OCSP } from './oids.ts'

/**
 * OCSPRequest for one certificate, DER, unsigned.
 * @param nonce random bytes, 1–32 of them (RFC 8954 §2.1); null: none, for responders that only serve prepared answers
 * @param hash of the certificate's identifier: responders expect SHA-1 (RFC 5019 §2.1.1), which only names things here
 */
export function ocspRequest(
  target: Certificate,
  issuer: Certificate,
  nonce: Uint8Array | null,
  hash: HashName = 'sha1',
): Uint8Array {
  const extension = nonce === null ? [] : [derSequence(derOid(OCSP.nonce), derOctetString(derOctetString(nonce)))]
  return derSequence(
    derSequence(
      derSequence(derSequence(certId(target, issuer, hash))),
      ...extension.map((one) => derContext(2, derSequence(one))),
    ),
  )
}

/** CertID, DER: hashes of the issuer's name and key, and the serial number. */
function certId(target: Certificate, issuer: Certificate, hash: HashName): Uint8Array {
  const { issuerNameHash, issuerKeyHash } = certIdHashes(target, issuer, hash)
  return derSequence(
    derSequence(derOid(DIGEST[hash]), derNull()),
    derOctetString(issuerNameHash),
    derOctetString(issuerKeyHash),
    issuerAndSerial(target).serialNumber,
  )
}

/** The name is hashed as it stands in the target, the key without tag, length and unused bits (RFC 6960 §4.1.1). */
export function certIdHashes(
  target: Certificate,
  issuer: Certificate,
  hash: HashName,
): { readonly issuerNameHash: Uint8Array; readonly issuerKeyHash: Uint8Array } {
  return {
    issuerNameHash: hashNow(hash, target.issuer.raw),
    issuerKeyHash: hashNow(hash, issuer.publicKey),
  }
}
