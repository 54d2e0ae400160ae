// A small PDF signed by openssl alone, with no line of ours in it: what judges, and readers, are tested on first.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LeafName } from './profiles.ts'
import type { TestPki } from './test-pki.ts'
import { timestampReply } from './timestamp-service.ts'
import { mustRun } from './tools.ts'

const CONTENTS_BYTES = 8192
const RANGE_HOLE = '[0 0000000000 0000000000 0000000000]'

/**
 * One page, one signature field over the whole file; `timestamp` makes it a document timestamp (ISO 32000-2 §12.8.5).
 * Not for `archivist`: OpenSSL 3.0 has no Ed25519 in CMS.
 */
export async function opensslSignedPdf(
  pki: TestPki,
  signer: LeafName,
  kind: 'signature' | 'timestamp' = 'signature',
): Promise<Uint8Array> {
  const unsigned = layOut(
    kind === 'signature'
      ? "/Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M (D:20260102030405+07'00')"
      : '/Type /DocTimeStamp /Filter /Adobe.PPKLite /SubFilter /ETSI.RFC3161',
  )
  const gapStart = unsigned.indexOf(`<${'0'.repeat(CONTENTS_BYTES * 2)}>`)
  const gapEnd = gapStart + CONTENTS_BYTES * 2 + 2
  const range = `[0 ${gapStart} ${gapEnd} ${unsigned.length - gapEnd}]`.padEnd(RANGE_HOLE.length)
  const withRange = unsigned.replace(RANGE_HOLE, range)
  const signed = Buffer.from(withRange.slice(0, gapStart) + withRange.slice(gapEnd), 'latin1')
  const contents = await (kind === 'signature' ? cmsOf(pki, signer, signed) : tokenOf(pki, signer, signed))
  const hex = Buffer.from(contents)
    .toString('hex')
    .padEnd(CONTENTS_BYTES * 2, '0')
  return Buffer.from(`${withRange.slice(0, gapStart)}<${hex}>${withRange.slice(gapEnd)}`, 'latin1')
}

function layOut(signatureEntries: string): string {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] /SigFlags 3 >> >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots [4 0 R] >>',
    '<< /Type /Annot /Subtype /Widget /FT /Sig /T (Leader) /F 132 /Rect [0 0 0 0] /P 3 0 R /V 5 0 R >>',
    `<< ${signatureEntries} /ByteRange ${RANGE_HOLE} /Contents <${'0'.repeat(CONTENTS_BYTES * 2)}> >>`,
  ]
  let text = '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n'
  const offsets = objects.map((object, index) => {
    const offset = text.length
    text += `${index + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const size = objects.length + 1
  return `${text}xref\n0 ${size}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`
}

/** Detached CMS with ESS signing-certificate-v2, as `openssl cms -sign -cades` makes it. */
async function cmsOf(pki: TestPki, signer: LeafName, data: Uint8Array): Promise<Uint8Array> {
  return inFolder(async (folder) => {
    const [input, output] = [join(folder, 'data'), join(folder, 'cms.der')]
    await writeFile(input, data)
    const { certificateFile, keyFile } = pki.leaves[signer]
    const key = ['-signer', certificateFile, '-inkey', keyFile, '-certfile', pki.intermediateFile, '-md', 'sha256']
    const form = ['-sign', '-cades', '-binary', '-nosmimecap', '-outform', 'DER']
    await mustRun('openssl', ['cms', ...form, ...key, '-in', input, '-out', output])
    return readFile(output)
  })
}

async function tokenOf(pki: TestPki, signer: LeafName, data: Uint8Array): Promise<Uint8Array> {
  return inFolder(async (folder) => {
    const [input, query, reply, token] = ['data', 'q.tsq', 'r.tsr', 'token'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
      string,
    ]
    await writeFile(input, data)
    await mustRun('openssl', ['ts', '-query', '-data', input, '-sha256', '-cert', '-out', query])
    await writeFile(reply, await timestampReply(pki, signer, await readFile(query), folder))
    await mustRun('openssl', ['ts', '-reply', '-in', reply, '-token_out', '-out', token])
    return readFile(token)
  })
}

async function inFolder<T>(task: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'tra-my-openssl-'))
  try {
    return await task(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
