// What counts as our own page: the one question that navigation, permissions and the bridge all ask.
import type { WebFrameMain } from 'electron'

export const APP_SCHEME = 'app'
export const APP_HOST = 'bundle'
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`
export const APP_PAGE = `${APP_ORIGIN}/index.html`

/** The PIN window has an origin of its own: what counts as our page everywhere else has no way into it. */
export const CONFIRM_HOST = 'confirm'
export const CONFIRM_PAGE = `${APP_SCHEME}://${CONFIRM_HOST}/index.html`

/** Compares parsed parts, never a prefix: `app://bundle.evil/` begins with our origin too. */
export function isAppUrl(value: string): boolean {
  return isUrlOf(APP_HOST, value)
}

function isUrlOf(host: string, value: string): boolean {
  if (!URL.canParse(value)) return false
  const url = new URL(value)
  return url.protocol === `${APP_SCHEME}:` && url.host === host && url.username === '' && url.password === ''
}

/** Our own main frame. Must be asked before the first await of a call: later the frame may hold another page, or be null. */
export function isOwnMainFrame(frame: WebFrameMain | null): boolean {
  return frame !== null && frame.parent === null && isAppUrl(frame.url)
}

/** The main frame of the PIN window's page. As above: before the first await. */
export function isConfirmMainFrame(frame: WebFrameMain | null): boolean {
  return frame !== null && frame.parent === null && isUrlOf(CONFIRM_HOST, frame.url)
}
