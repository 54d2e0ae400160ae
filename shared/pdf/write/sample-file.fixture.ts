// Small PDF files written out in tests: objects as text, numbered from 1, the first being the catalog.
import { latin1Bytes } from './serialize.ts'

/** @param objects bodies of objects 1, 2, …; a stream is written with `stream` and its dictionary without /Length */
export function fileOf(objects: readonly string[], trailer = ''): Uint8Array {
  let text = '%PDF-1.7\n'
  const offsets = objects.map((body, i) => {
    const offset = text.length
    text += `${i + 1} 0 obj\n${body}\nendobj\n`
    return offset
  })
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}`
  const end = `trailer\n<</Size ${objects.length + 1}/Root 1 0 R${trailer}>>\nstartxref\n${text.length}\n%%EOF\n`
  return latin1Bytes(text + table + end)
}

/** A stream object with its length. */
export function streamOf(dict: string, data: string): string {
  return `<<${dict}/Length ${data.length}>>\nstream\n${data}\nendstream`
}

/** A file of one page; objects 1 to 4 are catalog, page tree, page and content, further ones begin at 5. */
export function pageFile(
  parts: { catalog?: string; page?: string; content?: string; more?: readonly string[]; trailer?: string } = {},
): Uint8Array {
  return fileOf(
    [
      `<</Type /Catalog/Pages 2 0 R${parts.catalog ?? ''}>>`,
      '<</Type /Pages/Count 1/Kids [3 0 R]/MediaBox [0 0 600 800]>>',
      `<</Type /Page/Parent 2 0 R/Contents 4 0 R${parts.page ?? ''}>>`,
      streamOf('', parts.content ?? 'BT /F 12 Tf 100 700 Td (Van ban) Tj ET'),
      ...(parts.more ?? []),
    ],
    parts.trailer ?? '',
  )
}

/** Bytes as text whose characters are bytes. */
export function textOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
}
