// The PIN window: says what is about to be signed, as whom and where, takes the PIN, and hands it to the desktop process only.
import { sayIn, type Language, type Say } from './confirm-texts.ts'
import type { ConfirmView } from './confirm-view.ts'
import { openDoor } from './door.ts'
import { element, fact } from './elements.ts'
import { pagePicture } from './page-picture.ts'
import { pinForm, type PinForm } from './pin-form.ts'

/** How often the state of the token is looked at: somebody may plug it in while the window is open. */
const LOOK_MS = 1_500

const door = openDoor()
const main = document.querySelector('main') as HTMLElement
let language: Language = 'vi'
let isOver = false
let form: PinForm | null = null

async function open(): Promise<void> {
  const view = await door.read()
  if (view === null) {
    close('over')
    return
  }
  show(view)
  look()
}

function look(): void {
  setTimeout(() => {
    if (isOver) return
    void door.read().then((view) => {
      if (isOver) return
      if (view === null) close('over')
      else form?.show(view.pin)
      look()
    })
  }, LOOK_MS)
}

function show(view: ConfirmView): void {
  const say = sayIn(language)
  const count = view.documents.length
  const title = say(count === 1 ? 'title.one' : 'title.many', { count })
  document.documentElement.lang = language
  document.title = `${title} – Trà My`
  form = pinForm({ view, say, onSign: (pin, acceptLastTry) => void sign(pin, acceptLastTry), onCancel: cancel })
  const other = element('button', { type: 'button', className: 'language', lang: language === 'vi' ? 'en' : 'vi' })
  other.textContent = say('language')
  other.addEventListener('click', () => {
    language = language === 'vi' ? 'en' : 'vi'
    show(view)
  })
  main.replaceChildren(
    element('header', {}, element('h1', {}, title), other),
    element('div', { className: 'columns' }, element('div', {}, facts(view, say), form.form), pages(view, say)),
  )
  form.focus()
}

function facts(view: ConfirmView, say: Say): HTMLElement {
  const { certificate } = view
  const owner = [certificate.owner, certificate.organization].filter((each) => each !== null && each !== '').join(', ')
  return element(
    'dl',
    {},
    ...fact(say('role'), say(`role.${view.role}`)),
    ...fact(say('reason'), view.reason),
    ...fact(say('owner'), owner),
    ...fact(say('issuer'), certificate.issuer),
    ...fact(say('notAfter'), certificate.notAfter === null ? null : dateOf(certificate.notAfter)),
    ...fact(say('token'), view.token),
    view.certify ? element('dd', { className: 'wide' }, say('certify')) : null,
  )
}

/** As Vietnamese offices write it, in both languages. */
function dateOf(iso: string): string {
  const [year, month, day] = iso.slice(0, 10).split('-')
  return `${day ?? ''}/${month ?? ''}/${year ?? ''}`
}

/** The list of documents; the page of the chosen one beside it. */
function pages(view: ConfirmView, say: Say): HTMLElement {
  const picture = view.picture === null ? null : pictureOf(view.picture)
  const place = element('div', { className: 'page' })
  const list = element('ul', { className: 'documents' })
  const buttons = view.documents.map(({ name, mark }) => {
    const button = element('button', { type: 'button' }, name)
    button.addEventListener('click', () => {
      for (const each of buttons) each.setAttribute('aria-pressed', String(each === button))
      place.replaceChildren(pagePicture(mark, picture, say))
    })
    list.append(element('li', {}, button))
    return button
  })
  buttons[0]?.click()
  return element('section', {}, element('h2', {}, say('documents')), list, place)
}

let pictureAddress: string | null = null

function pictureOf(base64: string): string {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  pictureAddress ??= URL.createObjectURL(new Blob([bytes], { type: 'image/png' }))
  return pictureAddress
}

async function sign(pin: Uint8Array | null, acceptLastTry: boolean): Promise<void> {
  isOver = true
  form?.lock()
  close((await door.answer(pin, acceptLastTry)) ? 'sent' : 'over')
}

function cancel(): void {
  if (isOver) return
  isOver = true
  door.cancel()
  close('sent')
}

/** A browser may refuse to close a window; then a sentence stays. */
function close(key: 'sent' | 'over'): void {
  isOver = true
  const said = element('p', { className: 'end' }, sayIn(language)(key))
  said.setAttribute('role', 'status')
  main.replaceChildren(said)
  if (key === 'sent') window.close()
}

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') cancel()
})
// Closing the window is an answer too.
addEventListener('pagehide', () => {
  if (!isOver) door.cancel()
})
void open()
