// What the verifier says of files before any mathematics: unreadable, unsigned, and unsigned only in appearance.
import { expect, test } from 'vitest'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import type { PkiCrypto } from '../pki/crypto.ts'
import { NO_EVIDENCE } from './evidence.ts'
import { fileReportSchema, type FileReport } from './report.ts'
import { judgePdf, verifyPdf } from './verify.ts'

const crypto: PkiCrypto = {
  digest: (_hash, parts) => Promise.resolve(sha256(concatBytes(...parts))),
  verify: () => Promise.resolve(false),
}
const context = { name: 'x.pdf', anchors: [], evidence: NO_EVIDENCE, now: Date.UTC(2026, 10, 25), crypto }

async function verified(text: string): Promise<FileReport> {
  return fileReportSchema.parse(await verifyPdf(utf8ToBytes(text), context))
}

/** A file of one revision; what stands in `between` is known to no cross-reference. */
function file(between = ''): string {
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>',
  ]
  let text = '%PDF-1.7\n'
  const entries = objects.map((object, i) => {
    const at = text.length
    text += `${i + 1} 0 obj\n${object}\nendobj\n`
    return `${String(at).padStart(10, '0')} 00000 n \n`
  })
  text += between
  return `${text}xref\n0 4\n0000000000 65535 f \n${entries.join('')}trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF\n`
}

test('a sound file without a signature is unsigned', async () => {
  const report = await verified(file())
  expect(report).toMatchObject({ status: 'unsigned', signatures: [], reasons: [], revisions: [{ start: 0 }] })
  expect(report.verifiedAt).toBe('2026-11-25T00:00:00.000Z')
})

test('a file that cannot be read is invalid, with the reason and without revisions', async () => {
  const report = await verified('no PDF')
  expect(report).toMatchObject({ status: 'invalid', revisions: [] })
  expect(report.reasons).toHaveLength(1)
  expect(report.reasons[0]).toMatch(/^file\./)
  expect((await judgePdf(utf8ToBytes('no PDF'), context)).pdf).toBeNull()
})

const BEHIND = '9 0 obj\n<</Type/Nothing>>\nendobj\n'

test('odd bytes in a file that nobody signed are told, and harm no signature', async () => {
  const report = await verified(`${file()}${BEHIND}`)
  expect(report).toMatchObject({ status: 'unsigned' })
  expect(report.reasons).not.toEqual([])
})

test('a signature among bytes that no revision knows was put out of sight', async () => {
  const hidden = BEHIND.replace('Nothing', 'Sig/ByteRange[0 1 2 3]')
  expect(await verified(`${file()}${hidden}`)).toMatchObject({ status: 'invalid', signatures: [] })
})

test('a programming error is no verdict', async () => {
  const broken = { ...crypto, digest: () => Promise.reject(new Error('out of order')) }
  await expect(verifyPdf(utf8ToBytes(file()), { ...context, crypto: broken })).rejects.toThrow('out of order')
})
