// Keeps every page where it is: no navigation away, no new window, no embedded view. Links that are plain https go to the system's browser.
import { app, shell } from 'electron'
import { openLink } from '../bridge/open-link.ts'
import { isAppUrl } from './app-origin.ts'

/** Must run before the first window exists: it listens for the making of each one. */
export function guardPages(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => {
      if (!isAppUrl(event.url)) event.preventDefault()
    })
    contents.on('will-frame-navigate', (event) => {
      if (!isAppUrl(event.url)) event.preventDefault()
    })
    contents.on('will-redirect', (event) => {
      if (!isAppUrl(event.url)) event.preventDefault()
    })
    contents.on('will-attach-webview', (event) => {
      event.preventDefault()
    })
    contents.setWindowOpenHandler(({ url }) => {
      void openExternally(url)
      return { action: 'deny' }
    })
  })
}

/** @returns whether the address was plain https and was handed to the system */
export function openExternally(url: string): Promise<boolean> {
  return openLink(url, (address) => shell.openExternal(address))
}
