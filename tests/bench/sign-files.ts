// Large and long-lived files for measuring signatures: many bytes, many objects, many signatures.
import { sign as signWithKey, createPrivateKey, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { nodePkiCrypto } from '../../electron/pki/node-crypto.ts'
import type { SigningKey } from '../../electron/signature/sign-document.ts'
import { embedContents, prepareSignature, signedParts } from '../../shared/pdf/sign/prepare.ts'
import { buildSignedData, signedAttributes } from '../../shared/pki/cms-build.ts'
import type { TestPki } from '../signing/pki/test-pki.ts'

/** A key of the test authority in a file: what signing costs without any token. */
export async function fileKey(pki: TestPki): Promise<SigningKey> {
  const { der, keyFile } = pki.leaves.seal
  const key = createPrivateKey(await readFile(keyFile))
  return {
    certificate: der,
    chain: pki.chain,
    sign: ({ data, hash }) =>
      Promise.resolve({
        ok: true,
        value: { algorithm: { kind: 'ecdsa', hash }, signature: new Uint8Array(signWithKey(hash, data, key)) },
      }),
  }
}

/** One page and so many objects beside it, each with as many bytes; none of them can be compressed. */
export function fileWith(objects: number, bytesEach: number): Uint8Array {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')]
  let at = parts[0]?.length ?? 0
  const offsets: number[] = []
  const write = (content: Buffer): void => {
    offsets.push(at)
    const object = Buffer.concat([Buffer.from(`${offsets.length} 0 obj\n`), content, Buffer.from('\nendobj\n')])
    parts.push(object)
    at += object.length
  }
  const listed = Array.from({ length: objects }, (_, i) => `${i + 5} 0 R`).join(' ')
  write(Buffer.from('<</Type/Catalog/Pages 2 0 R>>'))
  write(Buffer.from('<</Type/Pages/Kids[3 0 R]/Count 1>>'))
  write(Buffer.from('<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/PieceInfo 4 0 R>>'))
  write(Buffer.from(`<</Parts[${listed}]>>`))
  for (let i = 0; i < objects; i++) {
    if (bytesEach === 0) write(Buffer.from(`<</Index ${i}/Of ${objects}>>`))
    else
      write(
        Buffer.concat([
          Buffer.from(`<</Length ${bytesEach}>>\nstream\n`),
          randomBytes(bytesEach),
          Buffer.from('\nendstream'),
        ]),
      )
  }
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const size = offsets.length + 1
  parts.push(
    Buffer.from(
      `xref\n0 ${size}\n0000000000 65535 f \n${entries}trailer\n<</Size ${size}/Root 1 0 R>>\nstartxref\n${at}\n%%EOF\n`,
    ),
  )
  return new Uint8Array(Buffer.concat(parts))
}

/** One invisible signature after the other, without looking at the ones before. */
export async function withSignatures(original: Uint8Array, count: number, key: SigningKey): Promise<Uint8Array> {
  let bytes = original
  for (let number = 0; number < count; number++) {
    const prepared = prepareSignature(bytes, {
      kind: 'signature',
      field: { kind: 'new', name: `ky_so_${number + 1}`, place: null },
      appearance: null,
      font: null,
      values: [],
      lock: null,
      certify: null,
      time: Date.now(),
      name: null,
      reason: null,
      location: null,
      reserve: 4000,
    })
    if ('fault' in prepared) throw new Error(prepared.fault)
    const digest = await nodePkiCrypto.digest('sha256', signedParts(prepared))
    const data = signedAttributes({ digest, digestAlgorithm: 'sha256', certificate: key.certificate })
    const signed = await key.sign({ certificate: key.certificate, data, hash: 'sha256' })
    if (!signed.ok) throw new Error(signed.fault.code)
    const { algorithm: signatureAlgorithm, signature } = signed.value
    const about = { certificate: key.certificate, chain: key.chain, digestAlgorithm: 'sha256' as const }
    const cms = buildSignedData({
      ...about,
      signedAttributes: data,
      signatureAlgorithm,
      signature,
      timestampToken: null,
    })
    const embedded = embedContents(prepared, cms)
    if ('fault' in embedded) throw new Error(embedded.fault)
    bytes = embedded
  }
  return bytes
}
