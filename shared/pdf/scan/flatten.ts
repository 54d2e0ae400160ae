// Draws what annotations show into the page itself, so that no annotation is left that an update could change.
import { zlibSync } from 'fflate'
import type { PdfDict, PdfObject, PdfRef, PdfStream } from '../objects.ts'
import type { PageOfFile } from '../sign/pages.ts'
import { rectangleOf } from '../sign/widget.ts'
import type { Rectangle } from '../sign/appearance.ts'
import type { IncrementalUpdate } from '../write/incremental.ts'
import { array, dict, isDict, isRef, itemsOf, name, nameOf, withEntries } from '../write/make.ts'
import { latin1Bytes, nameText, numberText } from '../write/serialize.ts'
import { area, boundsOf, IDENTITY, multiply, upright, type Matrix } from './geometry.ts'

const HIDDEN = 2
const NO_VIEW = 32

/** Rewrites the page: links stay, everything else is drawn where it was seen, and nothing that was hidden. */
export function flattenPage(update: IncrementalUpdate, page: PageOfFile): void {
  const links: PdfObject[] = []
  const drawn: { readonly form: PdfRef; readonly matrix: Matrix }[] = []
  for (const item of itemsOf(update.resolve(page.dict.entries.get('Annots') ?? null))) {
    const annotation = update.resolve(item)
    if (!isDict(annotation)) continue
    if (nameOf(annotation.entries.get('Subtype')) === 'Link') links.push(item)
    else drawn.push(...appearanceOf(update, annotation))
  }
  const annotations = links.length === 0 ? undefined : update.add(array(links))
  const plain = withEntries(page.dict, { Annots: annotations, AA: undefined })
  update.put(page.ref, drawn.length === 0 ? plain : withDrawings(update, page, plain, drawn))
}

function withDrawings(
  update: IncrementalUpdate,
  page: PageOfFile,
  plain: PdfDict,
  drawn: readonly { readonly form: PdfRef; readonly matrix: Matrix }[],
): PdfDict {
  const resources = page.resources ?? dict({})
  const known = update.resolve(resources.entries.get('XObject') ?? null)
  const objects = new Map(isDict(known) ? known.entries : [])
  let content = '\nQ\n'
  for (const { form, matrix } of drawn) {
    let key = `Drawn${objects.size}`
    while (objects.has(key)) key += 'x'
    objects.set(key, form)
    content += `q ${matrix.map(numberText).join(' ')} cm ${nameText(key)} Do Q\n`
  }
  const contents = plain.entries.get('Contents')
  const resolved = update.resolve(contents ?? null)
  const old = isRef(contents) && !isArray(resolved) ? [contents] : itemsOf(resolved)
  // What the page leaves behind of its own state must not move the drawings.
  const parts = [contentStream(update, 'q\n'), ...old, contentStream(update, content)]
  return withEntries(plain, {
    Contents: array(parts),
    Resources: withEntries(resources, { XObject: { kind: 'dict', entries: objects } }),
  })
}

function contentStream(update: IncrementalUpdate, content: string): PdfRef {
  return update.addStream(dict({ Filter: name('FlateDecode') }), zlibSync(latin1Bytes(content)))
}

function isArray(object: PdfObject): boolean {
  return object !== null && typeof object === 'object' && object.kind === 'array'
}

/** The appearance that is seen, and how ISO 32000-1, 12.5.5 places it; nothing for an annotation without one, or hidden. */
function appearanceOf(update: IncrementalUpdate, annotation: PdfDict): readonly { form: PdfRef; matrix: Matrix }[] {
  const flags = update.resolve(annotation.entries.get('F') ?? 0)
  const rectangle = upright(rectangleOf(update, annotation))
  if (typeof flags === 'number' && (flags & (HIDDEN | NO_VIEW)) !== 0) return []
  const appearances = update.resolve(annotation.entries.get('AP') ?? null)
  let normal = isDict(appearances) ? appearances.entries.get('N') : undefined
  const states = update.resolve(normal ?? null)
  // Check boxes have one appearance for each state.
  if (isDict(states)) normal = states.entries.get(nameOf(annotation.entries.get('AS')) ?? '')
  const stream = update.resolve(normal ?? null)
  if (!isRef(normal) || stream === null || typeof stream !== 'object' || stream.kind !== 'stream') return []
  const box = numbers(update, stream.dict.entries.get('BBox'))
  if (box.length !== 4) return []
  const own = numbers(update, stream.dict.entries.get('Matrix'))
  const bounds = boundsOf(matrixOf(own), rectangle4(box))
  if (area(bounds) === 0 || area(rectangle) === 0) return []
  const [x, y] = [
    (rectangle[2] - rectangle[0]) / (bounds[2] - bounds[0]),
    (rectangle[3] - rectangle[1]) / (bounds[3] - bounds[1]),
  ]
  // Readers apply the matrix of the form themselves when it is drawn.
  const matrix = multiply([1, 0, 0, 1, -bounds[0], -bounds[1]], [x, 0, 0, y, rectangle[0], rectangle[1]])
  return [{ form: formOf(update, normal, stream), matrix }]
}

/** Appearances may lack the words that make them forms, which annotations do not need and `Do` does. */
function formOf(update: IncrementalUpdate, ref: PdfRef, stream: PdfStream): PdfRef {
  if (nameOf(stream.dict.entries.get('Subtype')) === 'Form') return ref
  const complete = withEntries(stream.dict, { Type: name('XObject'), Subtype: name('Form') })
  return update.addStream(complete, update.base.file.streamData(stream))
}

function numbers(update: IncrementalUpdate, object: PdfObject | undefined): readonly number[] {
  return itemsOf(update.resolve(object ?? null))
    .map((item) => update.resolve(item))
    .filter((item) => typeof item === 'number')
}

function matrixOf([a, b, c, d, e, f]: readonly number[]): Matrix {
  return a === undefined || b === undefined || c === undefined || d === undefined || e === undefined || f === undefined
    ? IDENTITY
    : [a, b, c, d, e, f]
}

function rectangle4([a = 0, b = 0, c = 0, d = 0]: readonly number[]): Rectangle {
  return upright([a, b, c, d])
}
