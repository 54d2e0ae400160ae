// Prepares the outgoing paper once, before its first signature: every field that will be filled or signed exists from then on.
import type { PdfObject, PdfRef } from '../objects.ts'
import { updateBase, type PdfToUpdate } from '../write/base.ts'
import { applyUpdate, IncrementalUpdate } from '../write/incremental.ts'
import { array, asciiString, dict, name, textString } from '../write/make.ts'
import { isSingleRevision, rewrite } from '../write/rewrite.ts'
import { attempt, SigningStop, type SignFault } from './fault.ts'
import { addField, fieldsOf, markSigned } from './form.ts'
import { OUTGOING_FIELDS } from './outgoing-fields.ts'
import { addAnnotation, makeAnnotationsIndirect, pageAt, pageCount } from './pages.ts'
import { outgoingLayout, sealBeside, type OutgoingLayout } from './places.ts'
import { isSigned, type Place } from './prepare.ts'
import { lockEntries, type FieldLock } from './signature-dictionary.ts'
import { NOWHERE, WIDGET_FLAGS } from './widget.ts'

/** The leader signs everything but what comes after: number, date, seal and archive. */
export const LEADER_LOCK: FieldLock = {
  action: 'Exclude',
  fields: [OUTGOING_FIELDS.number, OUTGOING_FIELDS.date, OUTGOING_FIELDS.seal, OUTGOING_FIELDS.archive],
}
/** After the seal no field changes. Without `/P`, which would forbid the archive timestamp in some readers. */
export const SEAL_LOCK: FieldLock = { action: 'All', fields: [] }

/** Printed like a signature, yet a value may be typed: print only (ISO 32000-1, table 165). */
const TEXT_FLAGS = 4
/** Size of number and date: Decree 30/2020, annex I, boxes 3 and 4. */
const TEXT_SIZE = 13
/** Centred, as both stand in their boxes. */
const CENTRED = 1

/**
 * A file that is not one clean revision is written anew with the fields in it; a clean one is only appended to, so that
 * the paper that was approved stays byte for byte at its beginning.
 * @param layout a place: that of the leader's signature, with the seal beside it; null: where all boxes of Decree 30 are
 * @returns the whole file; `already-signed` and nothing for a file with a signature, `field-exists` when it was prepared before
 */
export function prepareOutgoing(pdf: PdfToUpdate, layout: OutgoingLayout | Place | null): Uint8Array | SignFault {
  return attempt(() => {
    const base = updateBase(pdf)
    const update = new IncrementalUpdate(base)
    if (isSigned(update)) throw new SigningStop('already-signed')
    const taken = new Set(fieldsOf(update).map((field) => field.name))
    if (Object.values(OUTGOING_FIELDS).some((field) => taken.has(field))) throw new SigningStop('field-exists')
    const places = layoutOf(update, layout)
    const look = update.addStream(
      dict({ Type: name('XObject'), Subtype: name('Form'), BBox: array([0, 0, 0, 0]) }),
      new Uint8Array(0),
    )
    addText(update, OUTGOING_FIELDS.number, places.number, look)
    addText(update, OUTGOING_FIELDS.date, places.date, look)
    addSignature(update, OUTGOING_FIELDS.leader, places.leader, LEADER_LOCK, look)
    addSignature(update, OUTGOING_FIELDS.seal, places.seal, SEAL_LOCK, look)
    addSignature(update, OUTGOING_FIELDS.archive, null, null, look)
    markSigned(update)
    const whole = applyUpdate(base, update.finish())
    return isSingleRevision(base) ? whole : rewrite(updateBase(whole))
  })
}

function layoutOf(update: IncrementalUpdate, layout: OutgoingLayout | Place | null): OutgoingLayout {
  if (layout === null) return defaultLayout(update)
  if ('leader' in layout) return layout
  const seal = { page: layout.page, rectangle: sealBeside(layout.rectangle) }
  return { ...defaultLayout(update), leader: layout, seal }
}

function defaultLayout(update: IncrementalUpdate): OutgoingLayout {
  const last = pageCount(update) - 1
  return outgoingLayout(
    { index: 0, mediaBox: pageAt(update, 0).mediaBox },
    { index: last, mediaBox: pageAt(update, last).mediaBox },
  )
}

function addText(update: IncrementalUpdate, field: string, place: Place, look: PdfRef): void {
  addWidget(update, field, place, {
    FT: name('Tx'),
    F: TEXT_FLAGS,
    DA: asciiString(`/TiRo ${TEXT_SIZE} Tf 0 g`),
    Q: CENTRED,
    AP: dict({ N: look }),
  })
}

function addSignature(
  update: IncrementalUpdate,
  field: string,
  place: Place | null,
  lock: FieldLock | null,
  look: PdfRef,
): void {
  addWidget(update, field, place, {
    FT: name('Sig'),
    F: WIDGET_FLAGS,
    // An indirect object (ISO 32000-1, table 232).
    Lock: lock === null ? undefined : update.add(dict({ Type: name('SigFieldLock'), ...lockEntries(lock) })),
    AP: place === null ? undefined : dict({ N: look }),
  })
}

/** Field and widget in one dictionary: readers disagree about changes of a widget that is a field's kid. */
function addWidget(
  update: IncrementalUpdate,
  field: string,
  place: Place | null,
  entries: Readonly<Record<string, PdfObject | undefined>>,
): void {
  const page = pageAt(update, place?.page ?? 0)
  const widget = update.add(
    dict({
      Type: name('Annot'),
      Subtype: name('Widget'),
      T: textString(field),
      Rect: array(place?.rectangle ?? NOWHERE),
      P: page.ref,
      ...entries,
    }),
  )
  makeAnnotationsIndirect(update, page)
  addAnnotation(update, page, widget)
  addField(update, widget, { DA: asciiString(`/TiRo ${TEXT_SIZE} Tf 0 g`), DR: defaultResources() })
}

/** The face that the default appearance names: one of the fourteen that every reader has. */
function defaultResources(): PdfObject {
  const face = dict({
    Type: name('Font'),
    Subtype: name('Type1'),
    BaseFont: name('Times-Roman'),
    Encoding: name('WinAnsiEncoding'),
  })
  return dict({ Font: dict({ TiRo: face }) })
}
