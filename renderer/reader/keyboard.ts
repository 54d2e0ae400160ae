// Which key does what in the reader: one table, so that the help page and the tests read the same.

export type ReaderCommand =
  | 'next-page'
  | 'previous-page'
  | 'first-page'
  | 'last-page'
  | 'zoom-in'
  | 'zoom-out'
  | 'zoom-reset'
  | 'find'
  | 'find-next'
  | 'find-previous'
  | 'close'

/** What a keyboard event tells; `editing` when a text field has the focus, which keeps its own keys. */
export type KeyPress = {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
  readonly editing: boolean
}

const WITH_CTRL: Readonly<Record<string, ReaderCommand>> = {
  '+': 'zoom-in',
  '=': 'zoom-in',
  '-': 'zoom-out',
  _: 'zoom-out',
  '0': 'zoom-reset',
  f: 'find',
  F: 'find',
}

const ALONE: Readonly<Record<string, ReaderCommand>> = {
  PageDown: 'next-page',
  ArrowRight: 'next-page',
  PageUp: 'previous-page',
  ArrowLeft: 'previous-page',
  Home: 'first-page',
  End: 'last-page',
  Escape: 'close',
}

/** The command of a key, or null: then the key keeps its usual effect, such as arrow down for scrolling. */
export function commandOf(press: KeyPress): ReaderCommand | null {
  if (press.altKey) return null
  if (press.key === 'F3') return press.shiftKey ? 'find-previous' : 'find-next'
  if (press.ctrlKey || press.metaKey) return WITH_CTRL[press.key] ?? null
  if (press.key === 'Escape') return 'close'
  if (press.editing || press.shiftKey) return null
  return ALONE[press.key] ?? null
}
