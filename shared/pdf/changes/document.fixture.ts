// Small documents for the tests of difference analysis: objects as text, revision after revision.
import { judgeChanges } from './judge-changes.ts'
import type { ChangeReport } from './change.ts'
import { RevisionView, type Located } from './view.ts'
import { readSignatures } from '../revisions/read-signatures.ts'
import { readRevisions } from '../revisions/revisions.ts'

export type Objects = Readonly<Record<number, string | null>>

export function streamText(data: string, dict = ''): string {
  return `<<${dict}/Length ${data.length}>>\nstream\n${data}\nendstream`
}

/** Revisions with tables; object 1 is the catalog. */
export function fileOf(...revisions: readonly Objects[]): string {
  let file = '%PDF-1.7\n'
  let before = -1
  let size = 1
  for (const objects of revisions) {
    const lines: string[] = []
    size = Math.max(size, ...Object.keys(objects).map((key) => Number(key) + 1))
    for (const [number, text] of Object.entries(objects)) {
      const offset = String(text === null ? 0 : file.length).padStart(10, '0')
      lines.push(`${number} 1\n${offset} 0000${text === null ? 1 : 0} ${text === null ? 'f' : 'n'} \n`)
      if (text !== null) file += `${number} 0 obj\n${text}\nendobj\n`
    }
    const start = file.length
    const previous = before === -1 ? '' : `/Prev ${before}`
    file += `xref\n${before === -1 ? '0 1\n0000000000 65535 f \n' : ''}${lines.join('')}trailer\n<</Size ${size}/Root 1 0 R${previous}>>\n`
    file += `startxref\n${start}\n%%EOF\n`
    before = start
  }
  return file
}

export function bytesOf(file: string): Uint8Array {
  return Uint8Array.from(file, (character) => character.charCodeAt(0))
}

/** The newest revision. */
export function viewOf(...revisions: readonly Objects[]): RevisionView {
  const revision = readRevisions(bytesOf(fileOf({ 1: '<</Type/Catalog>>' }, ...revisions))).revisions.at(-1)
  if (revision === undefined) throw new Error('no revision')
  return new RevisionView(revision, new WeakMap())
}

export function objectAt(view: RevisionView, number: number): Located {
  return view.at(number)
}

const HOLE = `3004020200ff${'00'.repeat(20)}`
const RANGE = '[0 0000000000 0000000000 0000000000]'

/**
 * The base of every judged document: one page with a text at (50, 700), a form with one text field (10) and one signature field (11).
 * @param more objects beside these or in their place
 */
export function baseObjects(more: Objects = {}): Objects {
  return {
    1: '<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R>>',
    2: '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    3: '<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 5 0 R/Annots[10 0 R 11 0 R]/Resources<</Font<</F 6 0 R>>>>>>',
    4: '<</Fields[10 0 R 11 0 R]/SigFlags 3/DR<</Font<</F 6 0 R>>>>/DA(/F 10 Tf)>>',
    5: streamText('BT /F 12 Tf 50 700 Td (Pay one hundred) Tj ET'),
    6: '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>',
    10: '<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/F 4/Rect[50 500 250 520]>>',
    11: '<</Type/Annot/Subtype/Widget/FT/Sig/T(sig)/F 4/Rect[300 100 400 160]/V 12 0 R>>',
    ...more,
  }
}

/** A base with its signature, and later revisions behind it. */
export function signedFile(base: Objects, references: string, later: readonly Objects[]): string {
  const signature = `<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange${RANGE}/Contents<${HOLE}>${references}>>`
  const file = fileOf({ ...base, 12: signature }, ...later)
  const end = file.indexOf('%%EOF\n') + 6
  const hole = file.indexOf('/Contents<') + '/Contents'.length
  const after = file.indexOf('>', hole) + 1
  const range = `[0 ${hole} ${after} ${end - after}`.padEnd(RANGE.length - 1)
  return file.replace(RANGE, `${range}]`)
}

/** What is said of changes after the signature of `signedFile`. */
export function reportOn(base: Objects, later: readonly Objects[], references = ''): ChangeReport {
  const pdf = readRevisions(bytesOf(signedFile(baseObjects(base), references, later)))
  const signatures = readSignatures(pdf)
  const [first] = signatures
  if (first === undefined) throw new Error('no signature')
  return judgeChanges(pdf, signatures, first)
}

/** Codes of all changes, those that are not permitted with a mark. */
export function codesOf({ changes }: ChangeReport): readonly string[] {
  return changes.map(({ code, permitted }) => (permitted ? code : `! ${code}`))
}

export const CERTIFIED = (level: number): string =>
  `/Reference[<</Type/SigRef/TransformMethod/DocMDP/TransformParams<</Type/TransformParams/P ${level}/V/1.2>>>>]`
