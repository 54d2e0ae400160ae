// A certificate authority of the office and a certificate for its hub, so that tablets on the office network reach it over HTTPS.
import { randomBytes } from 'node:crypto'
import forge from 'node-forge'

export interface OfficeCertificates {
  /** To be installed once on each tablet, PEM. */
  readonly authority: string
  /** Certificate and key of the hub, PEM. */
  readonly certificate: string
  readonly key: string
}

const RSA_BITS = 3072
const AUTHORITY_YEARS = 10
/** Browsers take no longer-lived server certificates (CA/Browser Forum baseline requirements 6.3.2). */
const SERVER_DAYS = 397

/**
 * The authority's own key is not kept: whoever finds it later could make certificates for any name. A new hub certificate
 * is a new authority.
 * @param hosts names and IPv4 addresses by which tablets reach the hub; at least one
 * @param now start of validity
 */
export function makeOfficeCertificates(hosts: readonly string[], now: Date): OfficeCertificates {
  const authorityKeys = forge.pki.rsa.generateKeyPair(RSA_BITS)
  const authority = blank(authorityKeys.publicKey, now, AUTHORITY_YEARS * 365)
  const issuer = [
    { name: 'commonName', value: 'Trà My - máy chủ cơ quan', valueTagClass: forge.asn1.Type.UTF8 as never },
  ]
  authority.setSubject(issuer)
  authority.setIssuer(issuer)
  authority.setExtensions([
    { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ])
  authority.sign(authorityKeys.privateKey, forge.md.sha256.create())

  const keys = forge.pki.rsa.generateKeyPair(RSA_BITS)
  const server = blank(keys.publicKey, now, SERVER_DAYS)
  server.setSubject([{ name: 'commonName', value: hosts[0] ?? 'localhost' }])
  server.setIssuer(issuer)
  server.setExtensions([
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectKeyIdentifier' },
    { name: 'authorityKeyIdentifier', keyIdentifier: authority.generateSubjectKeyIdentifier().getBytes() },
    { name: 'subjectAltName', altNames: hosts.map(alternativeName) },
  ])
  server.sign(authorityKeys.privateKey, forge.md.sha256.create())
  return {
    authority: forge.pki.certificateToPem(authority),
    certificate: forge.pki.certificateToPem(server),
    key: forge.pki.privateKeyToPem(keys.privateKey),
  }
}

function blank(publicKey: forge.pki.PublicKey, now: Date, days: number): forge.pki.Certificate {
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = publicKey
  // Positive and at most 20 bytes (RFC 5280 §4.1.2.2).
  certificate.serialNumber = `00${randomBytes(16).toString('hex')}`
  certificate.validity.notBefore = now
  certificate.validity.notAfter = new Date(now.getTime() + days * 24 * 3_600_000)
  return certificate
}

const IPV4 = /^\d{1,3}(\.\d{1,3}){3}$/
const DNS_NAME = 2
const IP_ADDRESS = 7

function alternativeName(host: string): { readonly type: number; readonly value?: string; readonly ip?: string } {
  return IPV4.test(host) ? { type: IP_ADDRESS, ip: host } : { type: DNS_NAME, value: host }
}
