// Reads a file that somebody sent as a certificate: .cer, .crt, .der or .pem, with one certificate or several.
import { certificateOf } from '../../shared/org/certificates.ts'
import { certificatesOfPem } from '../../shared/pki/pem.ts'
import { toBase64 } from '../../shared/text/base64.ts'

/** Largest file that is read: a chain of ten certificates in PEM has 30 kB. */
const MAX_FILE_BYTES = 256 * 1024

/** What a file dialog offers. */
export const CERTIFICATE_FILES = '.cer,.crt,.der,.pem,application/x-x509-ca-cert,application/pkix-cert'

/** @returns the certificates, DER as base64; empty when the file holds none or one that cannot be read */
export async function certificatesOf(file: File): Promise<readonly string[]> {
  if (file.size > MAX_FILE_BYTES) return []
  const bytes = new Uint8Array(await file.arrayBuffer())
  const inPem = certificatesOfPem(new TextDecoder().decode(bytes))
  const found = inPem.length > 0 ? inPem : [toBase64(bytes)]
  return found.every((each) => certificateOf(each) !== null) ? found : []
}
