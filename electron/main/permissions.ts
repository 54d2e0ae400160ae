// What a page may ask of the browser. Without these handlers Electron grants everything.
import { session } from 'electron'
import { isAppUrl } from './app-origin.ts'

/** The hub sits on the office's network or on this machine, and Chromium gates even WebSockets to private addresses. */
const HUB_PERMISSIONS = ['local-network-access', 'local-network', 'loopback-network']

const ALLOWED: ReadonlySet<string> = new Set([
  // copying a paragraph of a decree
  'clipboard-sanitized-write',
  // the shared screen of the room, and the reader
  'fullscreen',
  // papers of a meeting must not be evicted when the disk is nearly full
  'persistent-storage',
  ...HUB_PERMISSIONS,
])

/** Must run before the first window exists. */
export function limitPermissions(): void {
  const own = session.defaultSession
  own.setPermissionRequestHandler((_contents, permission, decide, details) => {
    decide(ALLOWED.has(permission) && isAppUrl(details.requestingUrl))
  })
  own.setPermissionCheckHandler((_contents, permission, origin) => ALLOWED.has(permission) && isAppUrl(origin))
  own.setDevicePermissionHandler(() => false)
  own.setDisplayMediaRequestHandler((_request, decide) => decide({}))
  // Chromium would fetch dictionaries from the network.
  own.setSpellCheckerEnabled(false)
}
