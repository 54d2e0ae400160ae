// Whether a rectangle on a page lies over anything that is drawn there. In doubt it does.
import type { Rectangle } from './change.ts'
import { operationsOf } from './content-stream.ts'
import { drawnBoxes } from './drawn-boxes.ts'
import { overlap } from './matrix.ts'
import { isEmpty, rectangleOf, type Page } from './model.ts'
import { nameOf, type Located, type RevisionView } from './view.ts'
import { MAX_NESTING } from '../limits.ts'

/** @param own the widget or annotation that has the rectangle: it does not cover itself */
export function coversContent(view: RevisionView, page: Page, rect: Rectangle, own: number | null): boolean {
  for (const annotation of page.annotations) {
    if (annotation.ref?.number === own || nameOf(view.entry(annotation, 'Subtype').value) === 'Popup') continue
    const other = rectangleOf(view, view.entry(annotation, 'Rect'))
    if (other !== null && !isEmpty(other) && overlap(rect, other)) return true
  }
  const contents = view.entry(page.at, 'Contents')
  if (contents.value === undefined) return false
  const operations = operationsOf(view, contents)
  if (operations === null) return true
  const boxes = drawnBoxes(view, inherited(view, page.at, 'Resources'), operations)
  return boxes === null || boxes.some((box) => overlap(rect, box))
}

/** Resources may stand at any ancestor of the page (ISO 32000-1, 7.7.3.4). */
function inherited(view: RevisionView, page: Located, key: string): Located {
  let node = page
  for (let depth = 0; depth < MAX_NESTING; depth++) {
    const here = view.entry(node, key)
    if (here.value !== undefined) return here
    const parent = view.entry(node, 'Parent')
    if (parent.value === undefined) return here
    node = parent
  }
  return view.entry(page, key)
}
