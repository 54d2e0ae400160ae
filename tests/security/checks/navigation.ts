// Items 8 to 10 and 18: a page stays where it is, opens nothing, and only plain https leaves for the system's browser.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'vitest'
import { hubUrl, mainWindow, type Check, type Running } from './check.ts'

/** Addresses that are not ours though they look or begin like it. */
const FOREIGN = [
  'https://evil.example/',
  'file:///etc/passwd',
  'app://bundle.evil/index.html',
  'app://bundle@evil/index.html',
  'app://evil/bundle/',
  'app:bundle',
  'data:text/html,x',
  'about:blank',
]

/** Emits Electron's event as it would be emitted, and tells whether the app vetoed. */
function vetoes({ host }: Running, name: string, url: string): boolean {
  let vetoed = false
  mainWindow(host).webContents.emit(name, { url, preventDefault: () => (vetoed = true) }, url)
  return vetoed
}

export const staysInPlace: Check = {
  item: 8,
  title: 'links and scripts cannot navigate the window away',
  run: async (running) => {
    const { page } = running
    const here = page.url()
    await page.click('#law', { noWaitAfter: true })
    await page.evaluate(() => {
      location.href = 'https://evil.example/'
    })
    await page.evaluate(() => {
      location.href = 'file:///etc/passwd'
    })
    await page.waitForTimeout(300)
    expect(page.url()).toBe(here)
    for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
      expect([name, FOREIGN.filter((url) => !vetoes(running, name, url))]).toEqual([name, []])
      expect([name, vetoes(running, name, 'app://bundle/index.html#/meetings')]).toEqual([name, false])
    }
  },
}

export const staysOnRedirect: Check = {
  item: 8,
  title: 'a redirect by a server cannot take the window away',
  run: async ({ host, page }) => {
    const here = page.url()
    const server = createServer((_request, response) => {
      response.writeHead(302, { location: 'https://evil.example/' }).end()
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
      await mainWindow(host)
        .loadURL(url)
        .catch(() => undefined)
      expect(page.url()).toBe(here)
      expect(host.session.egress).not.toContain('https://evil.example/')
    } finally {
      server.close()
    }
  },
}

export const opensNothing: Check = {
  item: 9,
  title: 'new windows are denied: script, target, Ctrl-click, form',
  run: async ({ host, page }) => {
    const opened = await page.evaluate(() =>
      ['https://vanban.example/a', 'file:///etc/passwd', '/index.html', 'about:blank'].map((url) => window.open(url)),
    )
    expect(opened).toEqual([null, null, null, null])
    await page.click('#blank', { noWaitAfter: true })
    await page.click('#law', { modifiers: ['Control'], noWaitAfter: true })
    await page.click('#form button', { noWaitAfter: true })
    await expect.poll(() => host.recorded.openExternal.length).toBeGreaterThanOrEqual(3)
    // Chromium's own first tab, and ours.
    await expect.poll(() => page.context().pages().length).toBe(2)
    expect(host.browserWindows()).toHaveLength(1)
  },
}

export const onlyHttpsLeaves: Check = {
  item: 10,
  title: 'only plain https leaves for the system’s browser',
  run: async ({ host, page }) => {
    const ask = (url: string) => page.evaluate((u) => window.traMy.call('link.open', { url: u }), url)
    const refused = [
      'file:///etc/passwd',
      'http://vanban.example/',
      'javascript:alert(1)',
      'smb://evil/share',
      'ms-msdt:/id',
      'https://user:secret@vanban.example/',
      'vanban.example',
      '',
    ]
    for (const url of refused) expect([url, await ask(url)]).toEqual([url, { ok: false, code: 'link-refused' }])
    await page.evaluate(() => window.open('file:///etc/passwd'))
    expect(await ask('https://vanban.example/luat')).toEqual({ ok: true, value: {} })
    expect(host.recorded.openExternal).toEqual(['https://vanban.example/luat'])
  },
}

export const noSurprises: Check = {
  item: 18,
  title: 'nothing but the hub is spoken to, whatever a page tries',
  run: async ({ host, page }) => {
    const hub = await hubUrl(page)
    await page.evaluate(async (url) => {
      const quietly = (address: string): Promise<unknown> => fetch(address).catch(() => undefined)
      await Promise.all([quietly('https://evil.example/'), quietly(`${url}/`)])
      navigator.sendBeacon('https://evil.example/beacon', 'x')
      new Image().src = 'https://evil.example/pixel.png'
      await new Promise<void>((done) => {
        try {
          const socket = new WebSocket('wss://evil.example/')
          socket.onerror = () => done()
        } catch {
          done()
        }
      })
    }, hub)
    expect(host.session.egress).toEqual([`${hub}/`])
    expect(host.session.locks.get('spell-checker')).toBe(false)
  },
}
