// The page with the place of the mark: its real size and turn, the mark where it will stand, and its picture in it. The content of the
// document is not drawn here: a file from anywhere is not interpreted in the window that takes the PIN.
import type { MarkOnPage } from './confirm-view.ts'
import { element } from './elements.ts'
import type { Say } from './confirm-texts.ts'

/** @param picture address of the mark's picture, or null */
export function pagePicture(view: MarkOnPage | null, picture: string | null, say: Say): HTMLElement {
  if (view === null) return element('p', { className: 'no-mark' }, say('noMark'))
  const caption = say('page', { page: view.page, pages: view.pages })
  const mark = element('div', { className: 'mark' })
  if (picture !== null) mark.append(element('img', { src: picture, alt: '' }))
  else mark.append(element('span', {}, say('mark')))
  const sheet = element('div', { className: 'sheet' }, mark)
  sheet.setAttribute('role', 'img')
  sheet.setAttribute('aria-label', `${caption}. ${say('mark')}`)
  const share = (part: number, whole: number) => `${((100 * part) / whole).toFixed(3)}%`
  sheet.style.aspectRatio = `${view.width} / ${view.height}`
  mark.style.left = share(view.mark.left, view.width)
  mark.style.top = share(view.mark.top, view.height)
  mark.style.width = share(view.mark.width, view.width)
  mark.style.height = share(view.mark.height, view.height)
  return element('figure', {}, sheet, element('figcaption', {}, caption))
}
