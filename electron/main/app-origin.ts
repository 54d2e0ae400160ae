// What counts as our own page: the one question that navigation, permissions and the bridge all ask.
import type { WebFrameMain } from 'electron'

export const APP_SCHEME = 'app'
export const APP_HOST = 'bundle'
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`
export const APP_PAGE = `${APP_ORIGIN}/index.html`

/** Compares parsed parts, never a prefix: `app://bundle.evil/` begins with our origin too. */
export function isAppUrl(value: string): boolean {
  if (!URL.canParse(value)) return false
  const url = new URL(value)
  return url.protocol === `${APP_SCHEME}:` && url.host === APP_HOST && url.username === '' && url.password === ''
}

/** Our own main frame. Must be asked before the first await of a call: later the frame may hold another page, or be null. */
export function isOwnMainFrame(frame: WebFrameMain | null): boolean {
  return frame !== null && frame.parent === null && isAppUrl(frame.url)
}
