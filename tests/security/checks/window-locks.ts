// Items 1 to 4, 14 and 21: what a window's page can see of Node and Electron, and which locks the window was made with.
import { expect } from 'vitest'
import { mainWindow, type Check } from './check.ts'

const LOCKS = { contextIsolation: true, sandbox: true, nodeIntegration: false, webSecurity: true, spellcheck: false }

export const contextIsolation: Check = {
  item: 1,
  title: 'context isolation: the page shares nothing with the preload but the bridge',
  run: async ({ host, page }) => {
    expect(mainWindow(host).webContents.getLastWebPreferences()).toMatchObject({ contextIsolation: true })
    const seen = await page.evaluate(() =>
      ['require', 'process', 'module', 'exports', 'global', 'Buffer', 'ipcRenderer', '__electronHostSend'].filter(
        (name) => name in globalThis,
      ),
    )
    expect(seen).toEqual([])
  },
}

export const sandbox: Check = {
  item: 2,
  title: 'sandbox everywhere: for the whole app before ready, and stated for the window',
  run: async ({ host }) => {
    expect(host.recorded.sandboxed).toBe(true)
    expect(mainWindow(host).webContents.getLastWebPreferences()).toMatchObject({ sandbox: true })
    await Promise.resolve()
  },
}

export const noNode: Check = {
  item: 3,
  title: 'no Node in pages, sub-frames or workers, and no webview can be attached',
  run: async ({ host, page }) => {
    const { webContents } = mainWindow(host)
    expect(webContents.getLastWebPreferences()).toMatchObject({ nodeIntegration: false })
    let prevented = false
    webContents.emit('will-attach-webview', { preventDefault: () => (prevented = true) }, {}, {})
    expect(prevented).toBe(true)
    expect(await page.evaluate(() => typeof Reflect.get(globalThis, 'require'))).toBe('undefined')
  },
}

export const webSecurity: Check = {
  item: 4,
  title: 'web security on, and no switch that weakens it',
  run: async ({ host }) => {
    const { preload, devTools, ...preferences } = mainWindow(host).webContents.getLastWebPreferences() as Record<
      string,
      unknown
    >
    expect(preload).toMatch(/preload\.cjs$/)
    expect(devTools).toBe(false)
    expect(preferences).toEqual(LOCKS)
    expect(host.recorded.switches).toEqual([])
    await Promise.resolve()
  },
}

export const narrowBridge: Check = {
  item: 14,
  title: 'the bridge is one frozen function, and takes no channel beyond the contract',
  run: async ({ page }) => {
    const seen = await page.evaluate(async () => {
      const call = (channel: unknown): Promise<unknown> => window.traMy.call(channel as 'app.info', {})
      const replace = (): boolean => Reflect.set(window, 'traMy', {}) || Reflect.set(window.traMy, 'call', () => null)
      return {
        keys: Object.keys(window.traMy),
        frozen: Object.isFrozen(window.traMy),
        replaced: replace(),
        unknown: [await call('shell.openPath'), await call('__proto__'), await call({})],
      }
    })
    const unknown = { ok: false, code: 'unknown-channel' }
    expect(seen).toEqual({ keys: ['call'], frozen: true, replaced: false, unknown: [unknown, unknown, unknown] })
  },
}

export const closedDevTools: Check = {
  item: 21,
  title: 'packaged: no menu and no developer tools',
  launch: { packaged: true },
  run: async ({ host }) => {
    expect(host.recorded.menu).toBeNull()
    expect(mainWindow(host).webContents.getLastWebPreferences()).toMatchObject({ devTools: false })
    await Promise.resolve()
  },
}
