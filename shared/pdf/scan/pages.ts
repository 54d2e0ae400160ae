// Pages before signing: what covers text, what is hidden, and what lies where nobody sees it until an update moves it.
import { concatBytes } from '@noble/hashes/utils.js'
import { MAX_PAGES } from '../limits.ts'
import type { PdfDict, PdfObject } from '../objects.ts'
import type { Rectangle } from '../sign/appearance.ts'
import { typeOf, type Field } from '../sign/form.ts'
import { pagesOf, type PageOfFile } from '../sign/pages.ts'
import { rectangleOf } from '../sign/widget.ts'
import type { IncrementalUpdate } from '../write/incremental.ts'
import { dict, isDict, isRef, itemsOf, nameOf } from '../write/make.ts'
import { marksOf, type Mark } from './content.ts'
import { finding, type ScanFinding } from './finding.ts'
import { area, coveredShare, isOutside, upright } from './geometry.ts'
import { readable } from './readable.ts'

/** What hides a word: less is the edge of a frame or a letter's tail. */
const COVERING = 0.5
/** Of a page a picture that large is its background or the scan itself, and text above it is the layer for searching. */
const BACKGROUND = 0.9
const HIDDEN = 2
const PRINT = 4
const NO_VIEW = 32
/** Draw nothing over the page, or belong to another annotation. */
const HARMLESS = new Set(['Link', 'Popup'])

export function scanPages(view: IncrementalUpdate, fields: readonly Field[]): readonly ScanFinding[] {
  const owners = new Map(
    fields.flatMap((field) => (field.widget === null ? [] : [[field.widget.ref.number, field] as const])),
  )
  const findings: ScanFinding[] = []
  let index = 0
  for (const page of pagesOf(view)) {
    if (index >= MAX_PAGES) return [...findings, finding('content-not-checked', { page: index })]
    findings.push(...scanPage(view, page, index++, owners))
  }
  return findings
}

function scanPage(
  view: IncrementalUpdate,
  page: PageOfFile,
  index: number,
  owners: ReadonlyMap<number, Field>,
): readonly ScanFinding[] {
  const findings: ScanFinding[] = []
  const read = readable(() => marksOf(view.base, contentOf(view, page.dict), page.resources ?? dict({})))
  if (read === null) findings.push(finding('content-not-checked', { page: index }))
  const marks = read ?? []
  const box = page.mediaBox
  const text = marks.filter((mark) => mark.kind === 'text' && mark.visible)
  const lost = marks.find((mark) => mark.visible && mark.exact && isOutside(mark.rectangle, box))
  if (lost !== undefined) findings.push(finding('content-outside-page', { page: index, rectangle: lost.rectangle }))
  const cover = coveringPicture(marks, box)
  if (cover !== null) findings.push(finding('image-covers-text', { page: index, rectangle: cover }))
  for (const item of itemsOf(view.resolve(page.dict.entries.get('Annots') ?? null))) {
    const annotation = view.resolve(item)
    if (!isDict(annotation)) continue
    const number = isRef(item) ? item.number : null
    findings.push(
      ...scanAnnotation(view, annotation, { index, box, number, text, field: owners.get(number ?? -1) ?? null }),
    )
  }
  return findings
}

/** An opaque picture painted after the text that it hides, unless it is the page's own background. */
function coveringPicture(marks: readonly Mark[], page: Rectangle): Rectangle | null {
  const before: Mark[] = []
  for (const mark of marks) {
    if (mark.kind === 'text') {
      if (mark.visible) before.push(mark)
      continue
    }
    const isPage = area(mark.rectangle) >= BACKGROUND * area(page) && before.length === 0
    if (mark.opaque && !isPage && before.some((one) => coveredShare(one.rectangle, mark.rectangle) >= COVERING))
      return mark.rectangle
  }
  return null
}

interface Around {
  readonly index: number
  readonly box: Rectangle
  readonly number: number | null
  readonly text: readonly Mark[]
  readonly field: Field | null
}

function scanAnnotation(view: IncrementalUpdate, annotation: PdfDict, around: Around): readonly ScanFinding[] {
  const rectangle = upright(rectangleOf(view, annotation))
  const subtype = nameOf(annotation.entries.get('Subtype')) ?? ''
  if (HARMLESS.has(subtype) || area(rectangle) === 0) return []
  const { index: page, number: object, field } = around
  const where = { page, rectangle, object, field: field?.name ?? null }
  const flags = view.resolve(annotation.entries.get('F') ?? 0)
  const bits = typeof flags === 'number' ? flags : 0
  const findings: ScanFinding[] = []
  if ((bits & (HIDDEN | NO_VIEW)) !== 0 || (bits & PRINT) === 0) findings.push(finding('annotation-hidden', where))
  if (isOutside(rectangle, around.box)) findings.push(finding('annotation-outside-page', where))
  if (subtype === 'FileAttachment') findings.push(finding('embedded-file', where))
  const covers = around.text.some((mark) => coveredShare(mark.rectangle, rectangle) >= COVERING)
  if (covers && drawsSomething(view, annotation, field)) {
    findings.push(finding(subtype === 'Widget' ? 'field-covers-text' : 'annotation-covers-text', where))
  }
  return findings
}

/** A signature field that waits for its signature draws nothing yet, and what it will draw belongs over the text. */
function drawsSomething(view: IncrementalUpdate, annotation: PdfDict, field: Field | null): boolean {
  if (field !== null && typeOf(field) === 'Sig') return false
  const appearances = view.resolve(annotation.entries.get('AP') ?? null)
  const normal = isDict(appearances) ? view.resolve(appearances.entries.get('N') ?? null) : null
  if (normal === null || typeof normal !== 'object') return annotation.entries.has('MK')
  return normal.kind !== 'stream' || view.base.file.streamData(normal).length > 0
}

function contentOf(view: IncrementalUpdate, page: PdfDict): Uint8Array {
  const contents: PdfObject = view.resolve(page.entries.get('Contents') ?? null)
  if (contents === null || typeof contents !== 'object') return new Uint8Array(0)
  const streams = (contents.kind === 'array' ? contents.items : [contents]).map((item) => view.resolve(item))
  // Parts are joined by white space: a token may not run across their border (ISO 32000-1, 7.8.2).
  return concatBytes(
    ...streams.flatMap((stream) =>
      stream !== null && typeof stream === 'object' && stream.kind === 'stream'
        ? [view.base.file.structureData(stream), Uint8Array.of(0x0a)]
        : [],
    ),
  )
}
