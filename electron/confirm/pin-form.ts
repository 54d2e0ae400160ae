// The form of the PIN window: the field, what its state means, the confirmation of a last try, and the two buttons.
import { PIN_BYTES, type ConfirmView } from './confirm-view.ts'
import { element } from './elements.ts'
import type { Say } from './confirm-texts.ts'

export interface PinForm {
  readonly form: HTMLFormElement
  /** The token was plugged in or pulled, or its PIN's state has changed. */
  show(pin: ConfirmView['pin']): void
  lock(): void
  focus(): void
}

export interface PinFormParts {
  readonly view: ConfirmView
  readonly say: Say
  readonly onSign: (pin: Uint8Array | null, acceptLastTry: boolean) => void
  readonly onCancel: () => void
}

const USABLE: ReadonlySet<ConfirmView['pin']> = new Set(['ready', 'few-left', 'last-try'])

export function pinForm({ view, say, onSign, onCancel }: PinFormParts): PinForm {
  let state = view.pin
  let isLocked = false
  const field = element('input', { id: 'pin', type: 'password', autocomplete: 'off', spellcheck: false })
  field.setAttribute('autocapitalize', 'off')
  field.setAttribute('aria-describedby', 'pin-state pin-caps pin-warning')
  const label = element('label', { htmlFor: 'pin' }, say('pin'))
  const sentence = element('p', { id: 'pin-state' })
  sentence.setAttribute('role', 'status')
  const warning = element('p', { id: 'pin-warning', className: 'warning' })
  warning.setAttribute('role', 'alert')
  // Its own place: letting go of Enter must not take away why nothing was sent.
  const capsLock = element('p', { id: 'pin-caps', className: 'warning' })
  capsLock.setAttribute('role', 'status')
  const accept = element('input', { id: 'last-try', type: 'checkbox' })
  const lastTry = element(
    'p',
    { className: 'last-try' },
    accept,
    element('label', { htmlFor: 'last-try' }, say('lastTry.accept')),
  )
  const count = view.documents.length
  const sign = element('button', { type: 'submit' }, say(count === 1 ? 'sign.one' : 'sign.many', { count }))
  const cancel = element('button', { type: 'button', className: 'quiet' }, say('cancel'))
  const form = element('form', { noValidate: true, autocomplete: 'off' })
  if (!view.pinPad) form.append(label, field)
  form.append(sentence, capsLock, warning, lastTry, element('div', { className: 'buttons' }, sign, cancel))

  const refresh = (): void => {
    const isLast = state === 'last-try'
    sentence.textContent = view.pinPad && state === 'ready' ? say('pin.onDevice') : say(`pin.${state}`)
    sentence.className = state === 'ready' ? 'calm' : 'grave'
    lastTry.hidden = !isLast
    field.disabled = isLocked || !USABLE.has(state)
    sign.disabled = isLocked || !USABLE.has(state) || (isLast && !accept.checked)
    cancel.disabled = isLocked
  }
  accept.addEventListener('change', refresh)
  cancel.addEventListener('click', onCancel)
  for (const type of ['keydown', 'keyup'] as const) {
    field.addEventListener(type, (event) => {
      capsLock.textContent = event.getModifierState('CapsLock') ? say('pin.capsLock') : ''
    })
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (sign.disabled) return
    const pin = view.pinPad ? null : takePin(field)
    if (pin !== null && (pin.length === 0 || pin.length > PIN_BYTES)) {
      warning.textContent = say(pin.length === 0 ? 'pin.empty' : 'pin.tooLong')
      pin.fill(0)
      field.focus()
      return
    }
    onSign(pin, state === 'last-try' && accept.checked)
  })
  refresh()
  return {
    form,
    show: (pin) => {
      if (pin === state) return
      // A confirmation holds for what it was given for.
      accept.checked = false
      state = pin
      refresh()
    },
    lock: () => {
      isLocked = true
      refresh()
    },
    focus: () => field.focus(),
  }
}

/** The field is emptied at once: what was typed exists only as bytes from here on, which are wiped when they have been sent. */
function takePin(field: HTMLInputElement): Uint8Array {
  const bytes = new TextEncoder().encode(field.value)
  field.value = ''
  return bytes
}
