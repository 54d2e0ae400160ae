// The PIN window in Electron: a window of its own on an origin of its own, with a door that only it can open.
import type { AskPerson, Confirmation } from '../signing-desk/confirmation.ts'
import { CONFIRM_PAGE } from './app-origin.ts'
import { openShut } from './windows.ts'

export interface ConfirmWindows {
  readonly ask: AskPerson
  /** What the window with these web contents asks; null for every other window. @param contents their id */
  of(contents: number): Confirmation | null
}

/** @param preload path of the built preload of the PIN page */
export function createConfirmWindows(preload: string): ConfirmWindows {
  const open = new Map<number, Confirmation>()
  return {
    of: (contents) => open.get(contents) ?? null,
    ask: (confirmation) => {
      const window = openShut(preload, {
        ...{ width: 760, height: 780, minWidth: 480, minHeight: 560 },
        // A PIN window that lies behind another one is taken for a program that hangs.
        alwaysOnTop: true,
        maximizable: false,
        fullscreenable: false,
      })
      const { id } = window.webContents
      open.set(id, confirmation)
      window.on('closed', () => {
        open.delete(id)
        confirmation.cancel()
      })
      window.loadURL(CONFIRM_PAGE).catch(() => window.close())
      return { url: null, close: () => window.close() }
    },
  }
}
