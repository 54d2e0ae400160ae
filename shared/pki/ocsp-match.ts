// Which answer of an OCSP response is about a certificate, and whose signature stands below it. Who may sign is judged with the path.
import { hashNow, signatureAlgorithmOf } from './algorithms.ts'
import { sameBytes, type Certificate } from './certificate.ts'
import type { PkiCrypto } from './crypto.ts'
import { sameName } from './names.ts'
import { certIdHashes } from './ocsp-request.ts'
import type { BasicOcspResponse, ResponderId, SingleResponse } from './ocsp-response.ts'

/** The answers about `target`, which `issuer` issued, the newest first. All parts of the identifier must agree (RFC 6960 §3.2). */
export function answersFor(basic: BasicOcspResponse, target: Certificate, issuer: Certificate): SingleResponse[] {
  const matching = basic.responses.filter((response) => {
    if (response.hash === null || response.serialNumber !== target.serialNumber) return false
    const { issuerNameHash, issuerKeyHash } = certIdHashes(target, issuer, response.hash)
    return sameBytes(issuerNameHash, response.issuerNameHash) && sameBytes(issuerKeyHash, response.issuerKeyHash)
  })
  return matching.sort((one, other) => other.thisUpdate - one.thisUpdate)
}

/** Whether the response says that this certificate's holder made it (RFC 6960 §4.2.2.3). */
export function isResponder(responder: ResponderId, certificate: Certificate): boolean {
  return responder.kind === 'name'
    ? sameName(responder.name, certificate.subject)
    : sameBytes(responder.hash, hashNow('sha1', certificate.publicKey))
}

/** Certificates that may have signed the response: the issuer itself and those that came with it, if it names them. */
export function responderCandidates(basic: BasicOcspResponse, issuer: Certificate): Certificate[] {
  return [issuer, ...basic.certificates].filter((certificate) => isResponder(basic.responder, certificate))
}

/** Whether the key of `responder` made the signature. False also for an algorithm that we do not know. Never rejects. */
export async function verifyOcspSignature(
  basic: BasicOcspResponse,
  responder: Certificate,
  crypto: PkiCrypto,
): Promise<boolean> {
  const algorithm = signatureAlgorithmOf(basic.signatureAlgorithm)
  if (algorithm === null) return false
  return crypto.verify({ algorithm, spki: responder.spki, signature: basic.signature, data: basic.tbs })
}

/** Whether the response echoes the nonce of the request (RFC 6960 §4.4.1). */
export function echoesNonce(basic: BasicOcspResponse, nonce: Uint8Array): boolean {
  return basic.nonce !== null && sameBytes(basic.nonce, nonce)
}
