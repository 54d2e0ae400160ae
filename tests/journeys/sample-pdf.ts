// PDFs of any size, and their next revision as signing writes it: everything before stays byte for byte.
import { noise } from './blob-hub.ts'

interface Written {
  readonly offset: number
  readonly number: number
}

const entry = (offset: number) => `${String(offset).padStart(10, '0')} 00000 n\r\n`

function streamObject(number: number, content: Buffer, dictionary: string): Buffer {
  const head = `${number} 0 obj\n<< ${dictionary} /Length ${content.length} >>\nstream\n`
  return Buffer.concat([Buffer.from(head, 'latin1'), content, Buffer.from('\nendstream\nendobj\n')])
}

/** One page, and an embedded scan that makes the file about `size` bytes long. */
export function pdfOf(size: number, seed: number): Buffer {
  const pieces: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')]
  const written: Written[] = []
  let offset = pieces[0]!.length
  const add = (number: number, object: Buffer) => {
    written.push({ number, offset })
    pieces.push(object)
    offset += object.length
  }
  const text = (number: number, body: string) =>
    add(number, Buffer.from(`${number} 0 obj\n${body}\nendobj\n`, 'latin1'))
  text(1, '<< /Type /Catalog /Pages 2 0 R >>')
  text(2, '<< /Type /Pages /Kids [3 0 R] /Count 1 >>')
  text(3, '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> /Contents 4 0 R >>')
  add(4, streamObject(4, Buffer.from('0 0 595 842 re f'), ''))
  add(5, streamObject(5, noise(Math.max(1, size - 1000), seed), '/Type /EmbeddedFile'))
  const table = `xref\n0 6\n0000000000 65535 f\r\n${written.map((each) => entry(each.offset)).join('')}`
  pieces.push(Buffer.from(`${table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${offset}\n%%EOF\n`, 'latin1'))
  return Buffer.concat(pieces)
}

/** The next revision of a `pdfOf` file: `added` bytes appended as an incremental update. */
export function nextRevision(pdf: Buffer, added: number, seed: number): Buffer {
  const tail = pdf.subarray(-64).toString('latin1')
  const previous = /startxref\n(\d+)\n/.exec(tail)?.[1] ?? ''
  const object = streamObject(6, noise(Math.max(1, added - 300), seed), '/Type /EmbeddedFile')
  const table = `xref\n6 1\n${entry(pdf.length)}trailer\n<< /Size 7 /Root 1 0 R /Prev ${previous} >>\n`
  const end = Buffer.from(`${table}startxref\n${pdf.length + object.length}\n%%EOF\n`, 'latin1')
  return Buffer.concat([pdf, object, end])
}
