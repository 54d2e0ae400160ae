// Electron's session and protocol on a real Chromium: answers the app's own schemes, records what leaves them, and writes permissions.
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { CDPSession } from 'playwright-core'
import { originOf, toAppUrl, toBrowserUrl } from './app-urls.ts'
import { relayAsApp } from './relay.ts'

type ProtocolHandler = (request: Request) => Response | Promise<Response>
type PermissionRequest = (
  contents: unknown,
  permission: string,
  decide: (granted: boolean) => void,
  details: object,
) => void
type PermissionCheck = (contents: unknown, permission: string, origin: string, details: object) => boolean

interface PrivilegedScheme {
  readonly scheme: string
  readonly privileges?: object
}

export interface PausedRequest {
  readonly requestId: string
  readonly frameId: string
  readonly resourceType: string
  readonly redirectedRequestId?: string
  readonly request: {
    readonly url: string
    readonly method: string
    readonly headers: Record<string, string>
    readonly postData?: string
    readonly postDataEntries?: readonly { readonly bytes?: string }[]
  }
}

/** Electron's permission → the names of Chromium's own permission model over DevTools. */
const PERMISSIONS: Readonly<Record<string, readonly string[]>> = {
  media: ['camera', 'microphone'],
  geolocation: ['geolocation'],
  notifications: ['notifications'],
  'clipboard-read': ['clipboard-read'],
  'clipboard-sanitized-write': ['clipboard-write'],
  midi: ['midi'],
  'idle-detection': ['idle-detection'],
  'window-management': ['window-management'],
  'local-fonts': ['local-fonts'],
  'screen-wake-lock': ['screen-wake-lock'],
  'persistent-storage': ['persistent-storage'],
  'local-network-access': ['local-network-access'],
  'local-network': ['local-network'],
  'loopback-network': ['loopback-network'],
}

export class HostSession {
  readonly handlers = new Map<string, ProtocolHandler>()
  /** What the app asked for each scheme, for assertions. */
  readonly privileged = new Map<string, object>()
  readonly schemes = new Set<string>()
  /** Requests that left the app's own schemes; a test asserts on them. */
  readonly egress: string[] = []
  /** Device and capture handlers the app has set, by name. */
  readonly locks = new Map<string, unknown>()
  ready = false
  private request: PermissionRequest | null = null
  private check: PermissionCheck | null = null

  readonly protocol = {
    registerSchemesAsPrivileged: (list: readonly PrivilegedScheme[]): void => {
      if (this.ready) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
      for (const { scheme, privileges } of list) {
        this.privileged.set(scheme, privileges ?? {})
        this.schemes.add(scheme)
      }
    },
    handle: (scheme: string, handler: ProtocolHandler): void => {
      if (!this.ready) throw new Error('protocol.handle can only be called after app is ready')
      if (this.handlers.has(scheme)) throw new Error('The scheme has been registered')
      this.handlers.set(scheme, handler)
      this.schemes.add(scheme)
    },
    unhandle: (scheme: string): void => {
      this.handlers.delete(scheme)
    },
    isProtocolHandled: (scheme: string): boolean => this.handlers.has(scheme),
  }

  setPermissionRequestHandler = (handler: PermissionRequest | null): void => {
    this.request = handler
  }
  setPermissionCheckHandler = (handler: PermissionCheck | null): void => {
    this.check = handler
  }
  setDevicePermissionHandler = (handler: unknown): void => {
    this.locks.set('device', handler)
  }
  setDisplayMediaRequestHandler = (handler: unknown): void => {
    this.locks.set('display-media', handler)
  }
  setSpellCheckerEnabled = (enabled: boolean): void => {
    this.locks.set('spell-checker', enabled)
  }

  /** The app's schemes, file: (as net.fetch has it), and the network. */
  fetch = async (input: string | Request): Promise<Response> => {
    const request = typeof input === 'string' ? new Request(toBrowserUrl(input, this.schemes)) : input
    const url = toAppUrl(request.url)
    const handler = this.handlers.get(new URL(url).protocol.slice(0, -1))
    if (handler) return handler(request)
    if (url.startsWith('file:')) return new Response(Uint8Array.from(await readFile(fileURLToPath(url))))
    return fetch(request)
  }

  /** Answers one paused browser request; false means it is not ours and may go to the network. */
  async answer(cdp: CDPSession, paused: PausedRequest): Promise<boolean> {
    const url = toAppUrl(paused.request.url)
    const handler = this.handlers.get(new URL(url).protocol.slice(0, -1))
    if (!handler) {
      if (url === paused.request.url) {
        this.egress.push(url)
        return relayAsApp(cdp, paused)
      }
      await cdp.send('Fetch.failRequest', { requestId: paused.requestId, errorReason: 'BlockedByClient' })
      return true
    }
    const { method, headers, postData } = paused.request
    const body = postData === undefined ? {} : { body: postData }
    const request = new Request(paused.request.url, { method, headers, ...body })
    Object.defineProperty(request, 'url', { value: url })
    const response = await handler(request)
    await cdp.send('Fetch.fulfillRequest', {
      requestId: paused.requestId,
      responseCode: response.status,
      responseHeaders: Array.from(response.headers, ([name, value]) => ({ name, value })),
      body: Buffer.from(await response.arrayBuffer()).toString('base64'),
    })
    return true
  }

  /** Asks the app's handlers once per permission and document, and writes the verdict into the real browser. */
  async applyPermissions(cdp: CDPSession, contents: unknown, appUrl: string): Promise<void> {
    const browserUrl = toBrowserUrl(appUrl, this.schemes)
    if (!/^https?:/.test(browserUrl)) return
    const { origin } = new URL(browserUrl)
    const details = { requestingUrl: appUrl, isMainFrame: true, mediaTypes: ['audio', 'video'] }
    for (const [permission, names] of Object.entries(PERMISSIONS)) {
      const asked = await this.ask(contents, permission, details)
      const granted = asked && (this.check?.(contents, permission, originOf(appUrl), details) ?? true)
      const setting = granted ? 'granted' : 'denied'
      for (const name of names) await cdp.send('Browser.setPermission', { permission: { name }, setting, origin })
    }
  }

  /** Electron grants everything for which there is no handler. */
  private ask(contents: unknown, permission: string, details: object): Promise<boolean> {
    const { request } = this
    return request === null
      ? Promise.resolve(true)
      : new Promise((decided) => request(contents, permission, decided, details))
  }
}
