// Prepares a file for one signature: everything is written except the CMS, for which a hole of zeros is left.
import type { PdfRef } from '../objects.ts'
import { updateBase, type PdfToUpdate } from '../write/base.ts'
import { applyUpdate, IncrementalUpdate } from '../write/incremental.ts'
import { array, dict, name, textString, withEntries } from '../write/make.ts'
import { latin1Bytes } from '../write/serialize.ts'
import type { Appearance, Rectangle } from './appearance.ts'
import { attempt, SigningStop, type SignFault } from './fault.ts'
import { fillTextFields, type FieldValue } from './fill.ts'
import { FontSubset } from './font-subset.ts'
import { addField, catalogRef, fieldNamed, fieldsOf, hasValue, markSigned, typeOf } from './form.ts'
import { addAnnotation, pageAt, rotationAround } from './pages.ts'
import { lockEntries, signatureDictionaryBody, type FieldLock, type SignatureKind } from './signature-dictionary.ts'
import { isWritableTime } from './time.ts'
import { drawn, lockOf, NOWHERE, rectangleOf, WIDGET_FLAGS } from './widget.ts'

/** Either a field that waits for its signature, or a new one; without `place` it is not seen and stands on the first page. */
export type SignatureField =
  | { readonly kind: 'existing'; readonly name: string }
  | { readonly kind: 'new'; readonly name: string; readonly place: Place | null }

/** @param page from 0 */
export interface Place {
  readonly page: number
  readonly rectangle: Rectangle
}

export interface SignatureRequest {
  readonly kind: SignatureKind
  readonly field: SignatureField
  /** Drawn into the rectangle of the field; nothing is drawn in one without extent. */
  readonly appearance: Appearance | null
  /** A whole TrueType file; needed where text is drawn. */
  readonly font: Uint8Array | null
  /** Text fields that get their value in the same increment: the clerk's number and date go with the seal. */
  readonly values: readonly FieldValue[]
  /** The field's own `/Lock` counts where it has one: signature and field must say the same (ISO 32000-1, 12.7.4.5). */
  readonly lock: FieldLock | null
  readonly certify: 1 | 2 | 3 | null
  readonly time: number | null
  readonly name: string | null
  readonly reason: string | null
  readonly location: string | null
  /** Bytes for the CMS; see `RESERVES`. */
  readonly reserve: number
}

export interface PreparedSignature {
  /** The whole file with its hole; `embedContents` fills it in place. */
  readonly bytes: Uint8Array
  readonly byteRange: readonly [number, number, number, number]
  /** Where the first digit of the hole stands. */
  readonly contentsAt: number
  /** How many bytes of CMS have place. */
  readonly contentsBytes: number
}

/** A signature with chain and timestamp has 8 to 12 kB, a timestamp token with its chain 4 to 6 kB. */
export const RESERVES = { signature: 16_000, 'document-timestamp': 8_000 } as const

/**
 * Appends one increment with the signature dictionary, its field and appearance, and the values of text fields.
 * @returns a fault and no bytes when anything of the request does not fit the file
 */
export function prepareSignature(pdf: PdfToUpdate, request: SignatureRequest): PreparedSignature | SignFault {
  return attempt(() => {
    if (request.time !== null && !isWritableTime(request.time)) throw new SigningStop('time-malformed')
    const update = new IncrementalUpdate(updateBase(pdf))
    const font = request.font === null ? null : new FontSubset(request.font)
    if (request.certify !== null && isSigned(update)) throw new SigningStop('certification-not-first')
    const signature = update.allocate()
    const lock = placeSignature(update, request, font, signature)
    fillTextFields(update, font, request.values)
    const body = signatureDictionaryBody({ ...request, lock, root: catalogRef(update) })
    update.putRaw(signature, body.bytes)
    markSigned(update)
    if (request.certify !== null) permit(update, signature)
    font?.write(update)
    const bytes = applyUpdate(update.base, update.finish())
    const bodyAt = update.positionOf(signature)
    const holeAt = bodyAt + body.contentsAt
    const after = holeAt + body.contentsLength
    const byteRange = [0, holeAt, after, bytes.length - after] as const
    const range = `[${byteRange.join(' ')}`.padEnd(body.byteRangeLength - 1)
    bytes.set(latin1Bytes(`${range}]`), bodyAt + body.byteRangeAt)
    return { bytes, byteRange, contentsAt: holeAt + 1, contentsBytes: request.reserve }
  })
}

/**
 * Writes the CMS into the hole. The file is not copied again: `prepared.bytes` is changed and returned.
 * What is not needed of the hole stays zeros, as readers expect.
 */
export function embedContents(prepared: PreparedSignature, cms: Uint8Array): Uint8Array | SignFault {
  if (cms.length > prepared.contentsBytes) return { fault: 'reserve-too-small' }
  const digits = Array.from(cms, (byte) => byte.toString(16).padStart(2, '0')).join('')
  prepared.bytes.set(latin1Bytes(digits), prepared.contentsAt)
  return prepared.bytes
}

/** The two ranges of bytes that are signed, one after the other; views, not copies. */
export function signedParts(prepared: PreparedSignature): readonly [Uint8Array, Uint8Array] {
  const [, before, after, length] = prepared.byteRange
  return [prepared.bytes.subarray(0, before), prepared.bytes.subarray(after, after + length)]
}

export function isSigned(update: IncrementalUpdate): boolean {
  return fieldsOf(update).some((field) => typeOf(field) === 'Sig' && hasValue(update, field))
}

/** Hangs the signature into its field. @returns the lock that the signature must repeat */
function placeSignature(
  update: IncrementalUpdate,
  request: SignatureRequest,
  font: FontSubset | null,
  signature: PdfRef,
): FieldLock | null {
  const { field, appearance } = request
  if (field.kind === 'new') {
    if (fieldsOf(update).some(({ name: taken }) => taken === field.name)) throw new SigningStop('field-exists')
    newField(update, request, field, font, signature)
    return request.lock
  }
  const existing = fieldNamed(update, field.name)
  const { widget } = existing
  if (typeOf(existing) !== 'Sig' || widget === null) throw new SigningStop('field-unusable')
  if (hasValue(update, existing)) throw new SigningStop('field-already-signed')
  const rotation = rotationAround(update, widget.dict)
  const rectangle = rectangleOf(update, widget.dict)
  const look = drawn(update, font, appearance, rectangle, rotation)
  const own = lockOf(update, existing.dict)
  if (widget.ref.number === existing.ref.number)
    update.put(existing.ref, withEntries(existing.dict, { V: signature, ...look }))
  else {
    update.put(existing.ref, withEntries(existing.dict, { V: signature }))
    update.put(widget.ref, withEntries(widget.dict, look))
  }
  return own ?? request.lock
}

function newField(
  update: IncrementalUpdate,
  request: SignatureRequest,
  field: Extract<SignatureField, { kind: 'new' }>,
  font: FontSubset | null,
  signature: PdfRef,
): void {
  const page = pageAt(update, field.place?.page ?? 0)
  const rectangle = field.place?.rectangle ?? NOWHERE
  const ref = update.allocate()
  const lock =
    request.lock === null ? undefined : update.add(dict({ Type: name('SigFieldLock'), ...lockEntries(request.lock) }))
  update.put(
    ref,
    dict({
      Type: name('Annot'),
      Subtype: name('Widget'),
      FT: name('Sig'),
      T: textString(field.name),
      F: WIDGET_FLAGS,
      Rect: array(rectangle),
      P: page.ref,
      V: signature,
      Lock: lock,
      ...drawn(update, font, request.appearance, rectangle, page.rotation),
    }),
  )
  addAnnotation(update, page, ref)
  addField(update, ref)
}

/** A certification is named in the catalog as well (ISO 32000-1, 12.8.4). */
function permit(update: IncrementalUpdate, signature: PdfRef): void {
  const root = catalogRef(update)
  const catalog = update.dict(root)
  const current = catalog.entries.get('Perms')
  const permissions = current === undefined ? dict({}) : update.dict(current)
  update.put(root, withEntries(catalog, { Perms: withEntries(permissions, { DocMDP: signature }) }))
}
