// Trust anchors from a folder of certificate files, for the command line: PEM or DER, one or several a file.
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { MAX_CERTIFICATE_BYTES, parseCertificate } from '../../shared/pki/certificate.ts'
import type { TrustAnchor } from '../../shared/pki/path-types.ts'
import { certificatesOfPem } from '../../shared/pki/pem.ts'

const FILES = /\.(?:cer|crt|der|pem)$/i
/** The bundle of a whole system has some 250 kB. */
const MAX_FILE_BYTES = 4 * 1024 * 1024

/** What is no certificate is passed over. @throws where the folder cannot be read */
export async function trustFolder(folder: string): Promise<readonly TrustAnchor[]> {
  const anchors: TrustAnchor[] = []
  for (const name of (await readdir(folder)).filter((each) => FILES.test(each)).sort()) {
    const file = join(folder, name)
    if ((await stat(file)).size > MAX_FILE_BYTES) continue
    for (const der of certificatesIn(await readFile(file))) {
      const certificate = der.length > MAX_CERTIFICATE_BYTES ? null : parseCertificate(der)
      if (certificate !== null) anchors.push({ certificate })
    }
  }
  return anchors
}

function certificatesIn(bytes: Buffer): readonly Uint8Array[] {
  const inPem = certificatesOfPem(bytes.toString('latin1'))
  if (inPem.length === 0) return [new Uint8Array(bytes)]
  return inPem.map((text) => new Uint8Array(Buffer.from(text, 'base64')))
}
