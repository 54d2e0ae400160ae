// Certificates as people send them: one DER, or PEM (RFC 7468) with one or several, with whatever words stand between.

const BLOCK = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g

/**
 * The certificates of a text in PEM, as DER in base64 without white space; empty when there is none. What stands in a block is not
 * looked at: `parseCertificate` says whether it is a certificate.
 */
export function certificatesOfPem(text: string): readonly string[] {
  return [...text.matchAll(BLOCK)].map(([, body = '']) => body.replace(/\s+/g, ''))
}
