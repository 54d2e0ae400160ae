// What a page in a browser can do by itself where Electron would do it: save a file, open the shared screen, print.
import { sharedScreenRoute } from '../../shared/desktop/app-address.ts'
import { bridgeOk, type BridgeResult } from '../../shared/desktop/bridge.ts'

const SHARED_SCREEN = 'tra-my-shared-screen'
/** Long enough for the browser to begin reading the blob. */
const KEEP_BLOB_MS = 60_000

let sharedScreen: Window | null = null

interface OtherScreen {
  readonly availLeft: number
  readonly availTop: number
  readonly availWidth: number
  readonly availHeight: number
}

/** Chromium's Window Management; TypeScript's DOM does not have it yet. */
interface ScreenDetails {
  readonly currentScreen: OtherScreen
  readonly screens: readonly OtherScreen[]
}
type WithScreens = Window & { readonly getScreenDetails?: () => Promise<ScreenDetails> }

/** Hands the bytes to the browser's own download. */
export function saveInPage(name: string, bytes: Uint8Array): BridgeResult<{ saved: boolean }> {
  const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), KEEP_BLOB_MS)
  return bridgeOk({ saved: true })
}

/**
 * Opens Màn hình chung in a window of its own, on the room's display when there is one and the person allows it.
 * A window opened by the page has a copy of its tab's storage, so nobody logs in again before the whole room.
 */
export async function openSharedScreenInPage(meetingId: string): Promise<BridgeResult<{ fullScreen: boolean }>> {
  const other = await otherScreen()
  const place =
    other === null
      ? 'popup,width=1280,height=720'
      : `popup,fullscreen,left=${other.availLeft},top=${other.availTop},width=${other.availWidth},height=${other.availHeight}`
  const address = `${location.pathname}${location.search}#${sharedScreenRoute(meetingId)}`
  sharedScreen = window.open(address, SHARED_SCREEN, place)
  // A blocked popup is the browser's own message to the person; a second click is allowed then.
  return sharedScreen === null ? { ok: false, code: 'failed' } : bridgeOk({ fullScreen: other !== null })
}

export function closeSharedScreenInPage(): BridgeResult<{ closed: boolean }> {
  const closed = sharedScreen !== null && !sharedScreen.closed
  sharedScreen?.close()
  sharedScreen = null
  return bridgeOk({ closed })
}

export function printPage(): BridgeResult<{ printed: boolean }> {
  window.print()
  return bridgeOk({ printed: true })
}

async function otherScreen(): Promise<OtherScreen | null> {
  const { getScreenDetails } = window as WithScreens
  const isExtended = 'isExtended' in screen && screen.isExtended === true
  if (!isExtended || getScreenDetails === undefined) return null
  try {
    const { screens, currentScreen } = await getScreenDetails.call(window)
    return screens.find((candidate) => candidate !== currentScreen) ?? null
  } catch {
    // The person said no.
    return null
  }
}
