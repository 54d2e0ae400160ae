// Item 11: what a page may ask of the browser, seen in the browser itself.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { hubUrl, mainWindow, type Check } from './check.ts'

const stateOf = (page: Page, name: string): Promise<string> =>
  page.evaluate(async (n) => (await navigator.permissions.query({ name: n as PermissionName })).state, name)

export const allowList: Check = {
  item: 11,
  title: 'camera, place, notices and devices are denied; copying and lasting storage are granted',
  run: async ({ host, page }) => {
    for (const name of ['geolocation', 'camera', 'microphone', 'notifications', 'midi', 'clipboard-read']) {
      expect([name, await stateOf(page, name)]).toEqual([name, 'denied'])
    }
    for (const name of ['clipboard-write', 'persistent-storage']) {
      expect([name, await stateOf(page, name)]).toEqual([name, 'granted'])
    }
    const device = host.session.locks.get('device') as (() => boolean) | undefined
    expect(device?.()).toBe(false)
    let streams: unknown
    const capture = host.session.locks.get('display-media') as ((q: object, done: (s: unknown) => void) => void) | null
    capture?.({}, (granted) => (streams = granted))
    expect(streams).toEqual({})
  },
}

export const hubReachable: Check = {
  item: 11,
  title: 'the hub on a private address is reachable, because its three permissions are granted',
  run: async ({ page }) => {
    const address = (await hubUrl(page)).replace('http', 'ws')
    const greeting = await page.evaluate(
      (url) =>
        new Promise((done) => {
          const socket = new WebSocket(url)
          socket.onmessage = ({ data }) => done(data)
          socket.onerror = () => done('refused')
        }),
      address,
    )
    expect(greeting).toBe('chào')
  },
}

export const ownOriginOnly: Check = {
  item: 11,
  title: 'a foreign document in our window is granted nothing',
  run: async ({ host, page }) => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>lạ</h1>')
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    try {
      await mainWindow(host).loadURL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
      for (const name of ['clipboard-write', 'geolocation', 'camera']) {
        expect([name, await stateOf(page, name)]).toEqual([name, 'denied'])
      }
    } finally {
      server.close()
    }
  },
}
