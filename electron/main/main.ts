// The main process: locks first, then the hub, then the window. Wiring only.
import { app, dialog, Menu } from 'electron'
import { join } from 'node:path'
import { readSettings } from '../hub-process/settings.ts'
import { bothLanguages, vietnamese, type TextKey } from '../texts/texts.ts'
import { declareAppScheme, serveApp } from './app-protocol.ts'
import { createConfirmWindows } from './confirm-windows.ts'
import { openDesktopDesk } from './desktop-desk.ts'
import { openDesktopHub } from './desktop-hub.ts'
import { desktopHandlers } from './desktop-handlers.ts'
import { routeBridge, routeConfirm } from './ipc-router.ts'
import { guardPages } from './page-guards.ts'
import { limitPermissions } from './permissions.ts'
import { createWindows } from './windows.ts'

const here = import.meta.dirname
const RENDERER = join(here, '../renderer')
const CONFIRM = join(here, '../confirm')
const HUB_ENTRY = join(here, '../hub/main.js')

async function open(): Promise<void> {
  guardPages()
  limitPermissions()
  if (app.isPackaged) Menu.setApplicationMenu(null)

  const userData = app.getPath('userData')
  const settingsFile = join(userData, 'desktop.json')
  const read = readSettings(settingsFile)
  if (!read.ok) {
    giveUp('desktop.settingsUnreadable', settingsFile)
    return
  }
  const places = { entry: HUB_ENTRY, dataFolder: join(userData, 'hub'), rendererFolder: RENDERER }
  const hub = await openDesktopHub(read.settings, places).catch(() => null)
  if (hub === null) {
    giveUp('desktop.hubFailed')
    return
  }
  const confirmWindows = createConfirmWindows(join(here, 'confirm-preload.cjs'))
  const desk = await openDesktopDesk(here, userData, confirmWindows.ask)
  // Drivers must not outlive the application: some keep the token for themselves.
  closeOnQuit(() => Promise.all([hub.stop(), desk.close()]))
  serveApp(RENDERER, CONFIRM, hub.url)
  const windows = createWindows(join(here, 'preload.cjs'))
  routeBridge(desktopHandlers(hub.url, windows, desk.handlers))
  routeConfirm(confirmWindows)
  app.on('second-instance', () => void windows.showMain())
  app.on('activate', () => void windows.showMain())
  await windows.showMain()
}

/** The hub is asked to close its files before the application goes; the second quit finds nothing left to do. */
function closeOnQuit(close: () => Promise<unknown>): void {
  let stopped = false
  app.on('will-quit', (event) => {
    if (stopped) return
    event.preventDefault()
    void close().finally(() => {
      stopped = true
      app.quit()
    })
  })
}

function giveUp(key: TextKey, detail = ''): void {
  dialog.showErrorBox(vietnamese('desktop.title'), `${bothLanguages(key)}\n${detail}`.trim())
  app.exit(1)
}

app.enableSandbox()
declareAppScheme()
// Two copies would write one profile.
if (app.requestSingleInstanceLock()) {
  app.on('window-all-closed', () => {
    app.quit()
  })
  // Not awaited at top level: `ready` comes only after this module has been evaluated.
  app
    .whenReady()
    .then(open)
    .catch(() => giveUp('desktop.failed'))
} else {
  app.quit()
}
