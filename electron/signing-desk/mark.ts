// Where the mark of a signature will stand on a document, so that the PIN window can show it before anything is signed.
import type { Rectangle } from '../../shared/pdf/sign/appearance.ts'
import { attempt } from '../../shared/pdf/sign/fault.ts'
import { fieldsOf, hasValue, typeOf } from '../../shared/pdf/sign/form.ts'
import { OUTGOING_FIELDS } from '../../shared/pdf/sign/outgoing-fields.ts'
import { pageAt, pageCount, pagesOf, type PageOfFile } from '../../shared/pdf/sign/pages.ts'
import { outgoingLayout } from '../../shared/pdf/sign/places.ts'
import { isSigned, type Place } from '../../shared/pdf/sign/prepare.ts'
import type { SigningRole } from '../../shared/pdf/sign/roles.ts'
import { updateBase } from '../../shared/pdf/write/base.ts'
import { IncrementalUpdate } from '../../shared/pdf/write/incremental.ts'
import { isRef, itemsOf } from '../../shared/pdf/write/make.ts'
import type { MarkOnPage } from '../confirm/confirm-view.ts'

/** As signing chooses it: the prepared field of the role, else the place that was asked for, else where Decree 30 has the leader. */
export function markOnPage(document: Uint8Array, role: SigningRole, place: Place | null): MarkOnPage | null {
  const found = attempt((): MarkOnPage | null => {
    const update = new IncrementalUpdate(updateBase(document))
    const where = preparedPlace(update, role) ?? place ?? leaderPlace(update, role)
    if (where === null) return null
    const page = pageAt(update, where.page)
    return asLookedAt(page, where, pageCount(update))
  })
  return found === null || 'fault' in found || found.mark.width <= 0 || found.mark.height <= 0 ? null : found
}

const PREPARED: Partial<Record<SigningRole, string>> = {
  personal: OUTGOING_FIELDS.leader,
  agency: OUTGOING_FIELDS.seal,
}

function preparedPlace(update: IncrementalUpdate, role: SigningRole): Place | null {
  const name = PREPARED[role]
  const field = fieldsOf(update).find((each) => each.name === name)
  if (field === undefined || field.widget === null || typeOf(field) !== 'Sig' || hasValue(update, field)) return null
  const { ref, dict } = field.widget
  const [x1, y1, x2, y2] = itemsOf(update.resolve(dict.entries.get('Rect') ?? null)).map((each) => update.resolve(each))
  if (typeof x1 !== 'number' || typeof y1 !== 'number' || typeof x2 !== 'number' || typeof y2 !== 'number') return null
  const page = pageOfWidget(update, ref.number, dict.entries.get('P'))
  return page === null ? null : { page, rectangle: [x1, y1, x2, y2] }
}

/** By its own word, or, where it does not say, by the page that has it among its annotations. */
function pageOfWidget(update: IncrementalUpdate, widget: number, said: unknown): number | null {
  const named = said as Parameters<typeof isRef>[0]
  let index = 0
  for (const page of pagesOf(update)) {
    const isNamed = isRef(named) && named.number === page.ref.number
    if (isNamed || (!isRef(named) && holds(update, page, widget))) return index
    index++
  }
  return null
}

function holds(update: IncrementalUpdate, { dict }: PageOfFile, widget: number): boolean {
  const annotations = itemsOf(update.resolve(dict.entries.get('Annots') ?? null))
  return annotations.some((each) => isRef(each) && each.number === widget)
}

/** A leader signs a paper that nobody has prepared: it is prepared then, with the boxes of annex I. */
function leaderPlace(update: IncrementalUpdate, role: SigningRole): Place | null {
  if (role !== 'personal' || isSigned(update)) return null
  const last = pageCount(update) - 1
  const box = (index: number) => ({ index, mediaBox: pageAt(update, index).mediaBox })
  return outgoingLayout(box(0), box(last)).leader
}

/** A page is turned clockwise by its rotation before anybody looks at it (ISO 32000-1, table 30). */
function asLookedAt({ mediaBox, rotation }: PageOfFile, { page, rectangle }: Place, pages: number): MarkOnPage {
  const [width, height] = [mediaBox[2] - mediaBox[0], mediaBox[3] - mediaBox[1]]
  const [left, bottom, right, top] = relative(rectangle, mediaBox)
  const upright = { left, top: height - top, width: right - left, height: top - bottom }
  const here = { page: page + 1, pages }
  switch (rotation) {
    case 90:
      return { ...here, width: height, height: width, mark: turned(bottom, left, upright) }
    case 180:
      return { ...here, width, height, mark: { ...upright, left: width - right, top: bottom } }
    case 270:
      return { ...here, width: height, height: width, mark: turned(height - top, width - right, upright) }
    default:
      return { ...here, width, height, mark: upright }
  }
}

function turned(left: number, top: number, { width, height }: MarkOnPage['mark']): MarkOnPage['mark'] {
  return { left, top, width: height, height: width }
}

function relative([x1, y1, x2, y2]: Rectangle, box: readonly number[]): readonly [number, number, number, number] {
  const [x = 0, y = 0] = box
  return [Math.min(x1, x2) - x, Math.min(y1, y2) - y, Math.max(x1, x2) - x, Math.max(y1, y2) - y]
}
