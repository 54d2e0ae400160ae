// Files of every kind of cross-reference for the writer's tests: real papers as they are, through qpdf, and a hybrid one written here.
import { readFileSync, readdirSync } from 'node:fs'
import { writeFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { latin1Bytes } from '../../shared/pdf/write/serialize.ts'
import { mustRun } from '../signing/pki/tools.ts'

const PAPERS = join(import.meta.dirname, '../fixtures/nd30')

export interface SampleBase {
  readonly name: string
  readonly bytes: Uint8Array
  readonly kind: 'table' | 'stream' | 'hybrid'
}

/** @param folder for qpdf's results */
export async function sampleBases(folder: string): Promise<readonly SampleBase[]> {
  const papers = readdirSync(PAPERS).filter((file) => file.endsWith('.pdf'))
  const real = papers.map((file): SampleBase => {
    const bytes = new Uint8Array(readFileSync(join(PAPERS, file)))
    return { name: file, bytes, kind: 'table' }
  })
  return [
    ...real,
    await throughQpdf(folder, 'object streams', 'stream', ['--object-streams=generate']),
    await throughQpdf(folder, 'linearized', 'table', ['--linearize', '--object-streams=disable']),
    await throughQpdf(folder, 'linearized object streams', 'stream', ['--linearize', '--object-streams=generate']),
    { name: 'without a last line end', bytes: real[0]!.bytes.subarray(0, -1), kind: 'table' },
    { name: 'hybrid', bytes: hybridPaper(), kind: 'hybrid' },
  ]
}

async function throughQpdf(
  folder: string,
  name: string,
  kind: SampleBase['kind'],
  args: readonly string[],
): Promise<SampleBase> {
  const [from, to] = [join(PAPERS, 'phu-luc-1.pdf'), join(folder, `${name.replaceAll(' ', '-')}.pdf`)]
  await mustRun('qpdf', [...args, from, to])
  return { name, bytes: new Uint8Array(await readFile(to)), kind }
}

/** One page whose information dictionary (object 6) only readers of cross-reference streams see (ISO 32000-1, 7.5.8.4). */
function hybridPaper(): Uint8Array {
  const bodies = [
    '<</Type /Catalog/Pages 2 0 R>>',
    '<</Type /Pages/Count 1/Kids [3 0 R]>>',
    '<</Type /Page/Parent 2 0 R/MediaBox [0 0 595 842]/Contents 4 0 R/Resources <</Font <</F <</Type /Font/Subtype /Type1/BaseFont /Times-Roman>>>>>>>>',
    stream('', 'BT /F 12 Tf 100 700 Td (Van ban) Tj ET'),
    stream('/Type /ObjStm/N 1/First 4', '6 0 <</Title (An)>>'),
  ]
  let text = '%PDF-1.5\n%\u00e2\u00e3\u00cf\u00d3\n'
  const offsets = bodies.map((body, i) => {
    const offset = text.length
    text += `${i + 1} 0 obj\n${body}\nendobj\n`
    return offset
  })
  const hidden = text.length
  const row = (...bytes: number[]): string => String.fromCharCode(...bytes)
  const rows = row(1, offsets[4]! >> 8, offsets[4]! & 0xff, 0) + row(2, 0, 5, 0) + row(1, hidden >> 8, hidden & 0xff, 0)
  text += `7 0 obj\n${stream('/Type /XRef/Size 8/W [1 2 1]/Index [5 3]/Root 1 0 R', rows)}\nendobj\n`
  const used = offsets.slice(0, 4).map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`)
  const free = '0000000000 65535 f \n'
  const table = `xref\n0 8\n${free}${used.join('')}${free.repeat(3)}`
  const end = `trailer\n<</Size 8/Root 1 0 R/Info 6 0 R/XRefStm ${hidden}>>\nstartxref\n${text.length}\n%%EOF\n`
  return latin1Bytes(text + table + end)
}

function stream(dict: string, data: string): string {
  return `<<${dict}/Length ${data.length}>>\nstream\n${data}\nendstream`
}

/** A file on the disk for the judges. */
export async function stored(folder: string, name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, bytes)
  return path
}
