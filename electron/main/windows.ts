// The application's two windows: the main one, and Màn hình chung for the room, on its own display when there is one.
import { app, BrowserWindow, screen, type BrowserWindowConstructorOptions } from 'electron'
import { sharedScreenRoute } from '../../shared/desktop/app-address.ts'
import { APP_PAGE } from './app-origin.ts'

export interface Windows {
  /** Opens the main window, or brings it to the front. */
  showMain(): Promise<void>
  /** @returns whether a second display was found and filled */
  openSharedScreen(meetingId: string): Promise<boolean>
  /** @returns whether it was open */
  closeSharedScreen(): boolean
}

/** @param preload path of the built preload */
export function createWindows(preload: string): Windows {
  let main: BrowserWindow | null = null
  let shared: BrowserWindow | null = null

  return {
    showMain: async () => {
      if (main !== null) {
        if (main.isMinimized()) main.restore()
        main.focus()
        return
      }
      const opened = openShut(preload, { width: 1366, height: 768, minWidth: 1024, minHeight: 700 })
      main = opened
      opened.on('closed', () => {
        main = null
        shared?.close()
      })
      await opened.loadURL(APP_PAGE)
    },
    openSharedScreen: async (meetingId) => {
      const display = otherDisplay(main)
      const place = display === null ? { width: 1280, height: 720 } : { ...display.bounds, fullscreen: true }
      if (shared === null) {
        const opened = openShut(preload, place)
        shared = opened
        opened.on('closed', () => {
          shared = null
        })
      }
      shared.focus()
      await shared.loadURL(`${APP_PAGE}#${sharedScreenRoute(meetingId)}`)
      return display !== null
    },
    closeSharedScreen: () => {
      const wasOpen = shared !== null
      shared?.close()
      return wasOpen
    },
  }
}

/** Every window has the same locks, stated even where they are Electron's defaults. */
export function openShut(preload: string, place: BrowserWindowConstructorOptions): BrowserWindow {
  const window = new BrowserWindow({
    ...place,
    show: false,
    backgroundColor: '#ffffff',
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  })
  window.once('ready-to-show', () => {
    window.show()
  })
  return window
}

function otherDisplay(main: BrowserWindow | null): Electron.Display | null {
  const own = main === null ? screen.getPrimaryDisplay() : screen.getDisplayMatching(main.getBounds())
  return screen.getAllDisplays().find((display) => display.id !== own.id) ?? null
}
