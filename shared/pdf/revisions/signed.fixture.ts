// Hand-made signed files for tests: any number of signature dictionaries whose byte ranges and contents are right, unless a test changes them.
import { BASE, latin1, makePdf, type RevisionText } from './pdf-text.fixture.ts'

/** A SEQUENCE with one number, and padding. */
export const CMS = '3003020105'
export const HOLE = `<${CMS}${'0'.repeat(10)}>`
const RANGE = '[0 0000000000 0000000000 0000000000]'

export type SignatureText = {
  readonly contents?: string
  readonly range?: string
  readonly more?: string
  readonly subFilter?: string
}

/** A signature dictionary; its range is filled in by `fill`. */
export function signatureText({ contents = HOLE, range = RANGE, more = '', subFilter }: SignatureText = {}): string {
  const filter = subFilter ?? '/SubFilter/ETSI.CAdES.detached'
  return `<</Type/Sig/Filter/Adobe.PPKLite${filter}/ByteRange ${range}/Contents ${contents}${more}>>`
}

/** Unsigned form with one page and the signature fields 5 and 6; the form itself is object 4. */
export const FORM: RevisionText = {
  objects: {
    ...BASE,
    1: '<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R>>',
    3: '<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Annots[5 0 R 6 0 R]>>',
    4: '<</Fields[5 0 R 6 0 R]/SigFlags 3>>',
    5: '<</FT/Sig/T(leader)/Subtype/Widget/Rect[50 40 10 20]>>',
    6: '<</FT/Sig/T(seal)/Subtype/Widget/Rect[0 0 0 0]/P 3 0 R>>',
  },
}

export const FIELD = '<</FT/Sig/T(leader)/Subtype/Widget/Rect[50 40 10 20]/V 7 0 R>>'

/** Object 5 is signed by object 7. */
export function signing(signature: SignatureText = {}, field = FIELD): RevisionText {
  return { objects: { 5: field, 7: signatureText(signature) } }
}

/** Object 6 is signed by object 8. */
export function sealing(signature: SignatureText = {}): RevisionText {
  const own = { contents: HOLE.replace(CMS, '3003020106'), ...signature }
  return { objects: { 6: '<</FT/Sig/T(seal)/Subtype/Widget/Rect[0 0 0 0]/P 3 0 R/V 8 0 R>>', 8: signatureText(own) } }
}

/** The file with each empty range filled in: around the contents that follow it, up to the end of its revision. */
export function makeSigned(revisions: readonly RevisionText[], header?: string): Uint8Array {
  const { text, ends } = makePdf(revisions, header)
  return latin1(fill(text, ends))
}

export function fill(text: string, ends: readonly number[]): string {
  let filled = text
  for (let at = filled.indexOf(RANGE); at !== -1; at = filled.indexOf(RANGE, at + 1)) {
    const start = filled.indexOf('/Contents ', at) + '/Contents '.length
    const end = filled.indexOf('>', start) + 1
    const last = ends.find((each) => each > at) ?? filled.length
    const range = `[0 ${String(start)} ${String(end)} ${String(last - end)}`
    filled = filled.slice(0, at) + `${range.padEnd(RANGE.length - 1)}]` + filled.slice(at + RANGE.length)
  }
  return filled
}
