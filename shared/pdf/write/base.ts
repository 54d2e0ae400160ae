// The file that an update is appended to: its newest revision, and the kind of cross-reference it ends with.
import { openPdf } from '../cross-reference.ts'
import { damaged, PdfFault } from '../fault.ts'
import type { PdfFile } from '../file.ts'
import { ObjectParser, newParseBudget, standsAt, type PdfDict } from '../objects.ts'

export type CrossReferenceKind = 'table' | 'stream' | 'hybrid'

export interface UpdateBase {
  readonly bytes: Uint8Array
  /** Answers as a viewer of the newest revision would. */
  readonly file: PdfFile
  readonly trailer: PdfDict
  readonly kind: CrossReferenceKind
  /** Of the newest section, counted from the header as all offsets of the file are. */
  readonly startxref: number
  /** Where the header stands: bytes before it are not counted by offsets (ISO 32000-1, 7.5.2). */
  readonly origin: number
}

/** What a reader that knows the revisions of a file has found; its newest one is enough here. */
export interface RevisionsOfPdf {
  readonly bytes: Uint8Array
  readonly revisions: readonly {
    readonly kind: CrossReferenceKind
    readonly trailer: PdfDict
    readonly startxref: number
    readonly file: PdfFile
  }[]
}

export type PdfToUpdate = Uint8Array | RevisionsOfPdf | UpdateBase

const EOF_MARK = '%%EOF'

/**
 * Opens what shall be appended to. Nothing is copied: a file of 49 MB stays the one array it was.
 * @throws PdfFault when the file cannot be read as its cross-reference describes it, or is encrypted
 */
export function updateBase(pdf: PdfToUpdate): UpdateBase {
  if ('startxref' in pdf) return pdf
  if (!('revisions' in pdf)) return openBase(pdf)
  const newest = pdf.revisions.at(-1)
  if (newest === undefined) throw damaged('no revision')
  // A reader that wants to show a file opens encrypted ones as well; an update of one would mix plain and encrypted strings.
  if (pdf.revisions.some(({ trailer }) => trailer.entries.has('Encrypt')))
    throw new PdfFault('paper-encrypted', 'encrypted')
  const { file, trailer, kind, startxref } = newest
  return { bytes: pdf.bytes, file, trailer, kind, startxref, origin: pdf.bytes.length - file.bytes.length }
}

function openBase(bytes: Uint8Array): UpdateBase {
  const { file, trailer } = openPdf(bytes)
  const startxref = startxrefOf(bytes)
  return { bytes, file, trailer, kind: kindOf(trailer), startxref, origin: bytes.length - file.bytes.length }
}

function kindOf(trailer: PdfDict): CrossReferenceKind {
  if (trailer.entries.has('XRefStm')) return 'hybrid'
  return trailer.entries.has('W') ? 'stream' : 'table'
}

/** `openPdf` has made sure that both words are there and that a whole number stands between them. */
function startxrefOf(bytes: Uint8Array): number {
  let at = bytes.length - EOF_MARK.length
  while (!standsAt(bytes, at, EOF_MARK)) at--
  while (!standsAt(bytes, at, 'startxref')) at--
  const parser = new ObjectParser(bytes, at, newParseBudget())
  parser.keyword('startxref')
  return parser.integer()
}
