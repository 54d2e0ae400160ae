// The bytes that a signature is over, as views of the file: nothing is copied.
import type { RevisionedPdf } from './revisions.ts'
import type { PdfSignature } from './signature.ts'

/** The two parts before and behind the contents (ISO 32000-1, 12.8.1); none unless the ByteRange lies in the file. */
export function signedBytes(pdf: RevisionedPdf, { byteRange }: PdfSignature): readonly Uint8Array[] {
  if (byteRange === null) return []
  const [start, length, second, rest] = byteRange
  if (start + length > second || second + rest > pdf.bytes.length) return []
  return [pdf.bytes.subarray(start, start + length), pdf.bytes.subarray(second, second + rest)]
}
