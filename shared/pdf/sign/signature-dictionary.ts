// The signature dictionary with its hole for the CMS, and where in it the hole and the byte range stand (ISO 32000-1, 12.8.1).
import type { PdfObject, PdfRef } from '../objects.ts'
import { array, asciiString, dict, name, textString } from '../write/make.ts'
import { dictText, latin1Bytes } from '../write/serialize.ts'
import { pdfDate } from './time.ts'

export type SignatureKind = 'signature' | 'document-timestamp'

/** Which fields a signature locks: names lock themselves and what is below them (ISO 32000-1, table 233). */
export interface FieldLock {
  readonly action: 'All' | 'Include' | 'Exclude'
  readonly fields: readonly string[]
}

export interface SignatureDictionary {
  readonly kind: SignatureKind
  /** Bytes that the CMS may take; in the file it takes two digits for each. */
  readonly reserve: number
  /** The claimed time in ms since 1970, `/M`; null for a document timestamp, whose token says it. */
  readonly time: number | null
  readonly name: string | null
  readonly reason: string | null
  readonly location: string | null
  /** DocMDP: what a certification permits afterwards. */
  readonly certify: 1 | 2 | 3 | null
  readonly lock: FieldLock | null
  /** The catalog, on which FieldMDP is judged. */
  readonly root: PdfRef
}

export interface DictionaryBody {
  readonly bytes: Uint8Array
  /** Where the array of the byte range begins, and how many bytes it may take. */
  readonly byteRangeAt: number
  readonly byteRangeLength: number
  /** Where `<` of the contents stands; the hole ends with `>`. */
  readonly contentsAt: number
  readonly contentsLength: number
}

/** `[0 ` and three numbers of up to ten digits, as table offsets have. */
const BYTE_RANGE_LENGTH = '[0 0000000000 0000000000 0000000000]'.length

/** `/Contents` and `/ByteRange` come first, so that their place depends on nothing else. */
export function signatureDictionaryBody(request: SignatureDictionary): DictionaryBody {
  const head = '<</Contents '
  const hole = `<${'0'.repeat(2 * request.reserve)}>`
  const between = '/ByteRange '
  const range = `[0 0 0 0${' '.repeat(BYTE_RANGE_LENGTH - '[0 0 0 0]'.length)}]`
  const rest = dictText(dict(entriesOf(request))).slice('<<'.length)
  const contentsAt = head.length
  return {
    bytes: latin1Bytes(head + hole + between + range + rest),
    contentsAt,
    contentsLength: hole.length,
    byteRangeAt: contentsAt + hole.length + between.length,
    byteRangeLength: BYTE_RANGE_LENGTH,
  }
}

function entriesOf(request: SignatureDictionary): Readonly<Record<string, PdfObject | undefined>> {
  const timestamp = request.kind === 'document-timestamp'
  const text = (value: string | null): PdfObject | undefined => (value === null ? undefined : textString(value))
  const references = [...docMdp(request), ...fieldMdp(request)]
  return {
    Type: name(timestamp ? 'DocTimeStamp' : 'Sig'),
    Filter: name('Adobe.PPKLite'),
    SubFilter: name(timestamp ? 'ETSI.RFC3161' : 'ETSI.CAdES.detached'),
    M: request.time === null ? undefined : asciiString(pdfDate(request.time)),
    Name: text(request.name),
    Reason: text(request.reason),
    Location: text(request.location),
    Reference: references.length === 0 ? undefined : array(references),
  }
}

function docMdp({ certify }: SignatureDictionary): readonly PdfObject[] {
  if (certify === null) return []
  const parameters = dict({ Type: name('TransformParams'), P: certify, V: name('1.2') })
  return [dict({ Type: name('SigRef'), TransformMethod: name('DocMDP'), TransformParams: parameters })]
}

function fieldMdp({ lock, root }: SignatureDictionary): readonly PdfObject[] {
  if (lock === null) return []
  const parameters = dict({ Type: name('TransformParams'), ...lockEntries(lock), V: name('1.2') })
  return [dict({ Type: name('SigRef'), TransformMethod: name('FieldMDP'), Data: root, TransformParams: parameters })]
}

/** Shared by FieldMDP in the signature and by `/Lock` in the field, which must say the same. */
export function lockEntries(lock: FieldLock): Readonly<Record<string, PdfObject | undefined>> {
  const fields = lock.action === 'All' ? undefined : array(lock.fields.map(textString))
  return { Action: name(lock.action), Fields: fields }
}
