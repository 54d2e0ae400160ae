// Electron's webContents on a Chromium page and a DevTools session: navigation vetoes, window opening, preload world, IPC, sender frames.
import { randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import type { CDPSession, Page } from 'playwright-core'
import { toAppUrl, toBrowserUrl } from './app-urls.ts'
import { FrameTree, type FrameNode, type HostFrame } from './frames.ts'
import { decode, encode } from './page/codec.ts'
import type { HostRuntime, WindowOptions } from './runtime.ts'
import type { HostSession, PausedRequest } from './session.ts'
import type { HostWindow } from './window.ts'

const WORLD = 'Electron Isolated Context'
const BINDING = '__electronHostSend'

interface OpenDetails {
  readonly url: string
  readonly frameName: string
  readonly features: string
  readonly disposition: string
}
type OpenHandler = (details: OpenDetails) => {
  readonly action: 'allow' | 'deny'
  readonly overrideBrowserWindowOptions?: WindowOptions
}
type FromPage =
  | { t: 'invoke'; id: number; channel: string; args: unknown[] }
  | { t: 'send'; channel: string; args: unknown[] }
  | { t: 'open'; url: string; frameName: string; features: string }
  | { t: 'preload-error'; message: string }
let serial = 0

export class HostWebContents extends EventEmitter {
  readonly id = ++serial
  readonly session: HostSession
  readonly ready: Promise<{ page: Page; cdp: CDPSession }>
  destroyed = false
  private readonly runtime: HostRuntime
  private readonly owner: HostWindow
  private readonly options: WindowOptions
  private readonly frames = new FrameTree()
  private openHandler: OpenHandler = () => ({ action: 'allow' })
  private expected: string | undefined
  private mainFrameId = ''

  constructor(runtime: HostRuntime, owner: HostWindow, options: WindowOptions) {
    super()
    this.runtime = runtime
    this.owner = owner
    this.options = options
    this.session = runtime.session
    this.ready = this.attach()
    this.ready.catch((error: unknown) => runtime.problems.push(String(error)))
    runtime.app.emit('web-contents-created', {}, this)
  }

  get mainFrame(): HostFrame {
    return this.frames.get(this.mainFrameId)
  }
  getURL(): string {
    return this.mainFrame.url
  }
  isDestroyed(): boolean {
    return this.destroyed
  }
  getLastWebPreferences(): object {
    return this.options.webPreferences ?? {}
  }
  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler
  }
  send(channel: string, ...args: unknown[]): void {
    const { contextId } = this.mainFrame
    if (contextId !== undefined) this.deliver(contextId, { t: 'message', channel, args })
  }
  async loadURL(url: string): Promise<void> {
    const { page } = await this.ready
    this.expected = withoutHash(toBrowserUrl(url, this.session.schemes))
    await page.goto(toBrowserUrl(url, this.session.schemes))
  }
  print(options: unknown, done?: (printed: boolean, reason: string) => void): void {
    this.runtime.recorded.prints.push(options)
    done?.(true, '')
  }

  private async attach(): Promise<{ page: Page; cdp: CDPSession }> {
    const context = await this.runtime.context
    const page = await context.newPage()
    this.runtime.owned.add(page)
    await page.setViewportSize({ width: this.options.width ?? 800, height: this.options.height ?? 600 })
    page.on('close', () => {
      if (!this.destroyed) this.owner.destroy()
    })
    page.on('domcontentloaded', () => this.emit('dom-ready'))
    page.on('load', () => {
      this.emit('did-finish-load')
      this.owner.emit('ready-to-show')
    })
    const cdp = await context.newCDPSession(page)
    this.listen(cdp)
    await cdp.send('Page.enable')
    await cdp.send('Runtime.enable')
    await cdp.send('Network.enable')
    const { frameTree } = await cdp.send('Page.getFrameTree')
    this.mainFrameId = frameTree.frame.id
    this.navigated(frameTree.frame)
    await this.injectWorlds(cdp)
    await cdp.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] })
    return { page, cdp }
  }

  private listen(cdp: CDPSession): void {
    cdp.on('Runtime.executionContextCreated', ({ context }) => {
      const { frameId } = context.auxData as { frameId: string }
      if (context.name === WORLD) this.frames.get(frameId).contextId = context.id
    })
    cdp.on('Page.frameNavigated', ({ frame }) => this.navigated(frame))
    cdp.on('Page.frameDetached', ({ frameId }) => this.frames.detach(frameId))
    cdp.on('Page.windowOpen', ({ url, windowName, windowFeatures }) =>
      this.opened({ url, frameName: windowName, features: windowFeatures.join(','), disposition: 'new-window' }),
    )
    cdp.on('Page.frameRequestedNavigation', ({ url, disposition }) => {
      if (disposition !== 'currentTab') {
        this.opened({ url, frameName: '', features: '', disposition: 'background-tab' })
      }
    })
    cdp.on('Network.webSocketWillSendHandshakeRequest', ({ requestId }) => {
      this.session.egress.push(sockets.get(requestId) ?? 'ws:')
    })
    const sockets = new Map<string, string>()
    cdp.on('Network.webSocketCreated', ({ requestId, url }) => sockets.set(requestId, url))
    cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === BINDING) void this.fromPage(executionContextId, decode(payload) as FromPage)
    })
    cdp.on('Fetch.requestPaused', (paused) => {
      this.paused(cdp, paused).catch((error: unknown) => {
        if (!this.destroyed && !wasGivenUp(error)) this.runtime.problems.push(String(error))
      })
    })
  }

  private async injectWorlds(cdp: CDPSession): Promise<void> {
    await cdp.send('Runtime.addBinding', { name: BINDING, executionContextName: WORLD })
    const preload = this.options.webPreferences?.preload
    const shared = {
      secret: randomUUID(),
      subFrames: this.options.webPreferences?.['nodeIntegrationInSubFrames'] === true,
      versions: this.runtime.versions,
    }
    const world = (script: string, run: string): string =>
      `(()=>{const __HOST__={...${JSON.stringify(shared)},run:${run}};\n${script}\n})()`
    const body = preload ? `function(require,process,module,exports){${readFileSync(preload, 'utf8')}\n}` : '()=>{}'
    const { scripts } = this.runtime
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: world(scripts.page, 'undefined') })
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: world(scripts.preload, body), worldName: WORLD })
  }

  private navigated(node: FrameNode): void {
    const frame = this.frames.navigated(node)
    if (node.id === this.mainFrameId) this.emit('did-navigate', {}, frame.url)
  }

  private async paused(cdp: CDPSession, paused: PausedRequest): Promise<void> {
    if (paused.resourceType === 'Document') {
      const url = toAppUrl(paused.request.url)
      const isMainFrame = paused.frameId === this.mainFrameId
      if (this.vetoed(paused, url, isMainFrame)) {
        await cdp.send('Fetch.failRequest', { requestId: paused.requestId, errorReason: 'Aborted' })
        return
      }
      if (isMainFrame) await this.session.applyPermissions(cdp, this, url)
    }
    if (!(await this.session.answer(cdp, paused))) {
      await cdp.send('Fetch.continueRequest', { requestId: paused.requestId })
    }
  }

  /** A document request that loadURL did not ask for is a navigation the app may veto. */
  private vetoed(paused: PausedRequest, url: string, isMainFrame: boolean): boolean {
    const redirected = paused.redirectedRequestId !== undefined
    if (isMainFrame && !redirected && this.expected === withoutHash(paused.request.url)) {
      this.expected = undefined
      return false
    }
    let prevented = false
    const details = {
      url,
      isMainFrame,
      isSameDocument: false,
      frame: this.frames.get(paused.frameId),
      preventDefault: () => {
        prevented = true
      },
      get defaultPrevented(): boolean {
        return prevented
      },
    }
    if (redirected) this.emit('will-redirect', details, url, false, isMainFrame)
    else {
      this.emit('will-frame-navigate', details)
      if (isMainFrame) this.emit('will-navigate', details, url)
    }
    return details.defaultPrevented
  }

  private opened(asked: OpenDetails): void {
    const details = { ...asked, url: toAppUrl(asked.url), referrer: { url: this.getURL(), policy: 'no-referrer' } }
    const answer = this.openHandler(details)
    if (answer.action === 'allow') this.owner.openAnother(answer.overrideBrowserWindowOptions ?? {}, details.url)
  }

  private async fromPage(contextId: number, message: FromPage): Promise<void> {
    const senderFrame = this.frames.ofContext(contextId)
    const event = { sender: this, senderFrame, type: 'frame', frameId: senderFrame?.frameTreeNodeId ?? -1 }
    if (message.t === 'open') {
      this.opened({ ...message, disposition: 'new-window' })
    } else if (message.t === 'preload-error') {
      this.runtime.problems.push(`preload: ${message.message}`)
    } else if (message.t === 'send') {
      this.runtime.ipcMain.emit(message.channel, event, ...message.args)
    } else {
      const { id, channel, args } = message
      try {
        const handler = this.runtime.ipcMain.invokes.get(channel)
        if (!handler) throw new Error(`No handler registered for '${channel}'`)
        this.deliver(contextId, { t: 'reply', id, ok: true, v: await handler(event, ...args) })
      } catch (error) {
        this.runtime.problems.push(`ipc ${channel}: ${String(error)}`)
        this.deliver(contextId, { t: 'reply', id, ok: false, v: error instanceof Error ? error : new Error('thrown') })
      }
    }
  }

  private deliver(contextId: number, message: object): void {
    const expression = `globalThis.__electronHostDeliver?.(${JSON.stringify(encode(message))})`
    void this.ready.then(({ cdp }) => cdp.send('Runtime.evaluate', { expression, contextId })).catch(() => undefined)
  }
}

function withoutHash(url: string): string {
  return url.split('#', 1)[0] ?? url
}

/** A page that went elsewhere gives up what it had asked for; the answer then finds nobody, which is no problem of the application. */
function wasGivenUp(error: unknown): boolean {
  return String(error).includes('Invalid InterceptionId')
}
