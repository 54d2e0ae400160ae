// Electron's BrowserWindow: refuses a window whose locks are open, keeps bounds and state, ends with its page.
import { EventEmitter } from 'node:events'
import type { HostRuntime, WindowOptions } from './runtime.ts'
import { HostWebContents } from './web-contents.ts'

const MUST_NOT_BE_TRUE = [
  'nodeIntegration',
  'nodeIntegrationInWorker',
  'webviewTag',
  'allowRunningInsecureContent',
  'experimentalFeatures',
]
const MUST_NOT_BE_FALSE = ['contextIsolation', 'sandbox', 'webSecurity']

export class HostWindow extends EventEmitter {
  readonly webContents: HostWebContents
  readonly id: number
  readonly options: WindowOptions
  private readonly runtime: HostRuntime
  private visible: boolean
  private gone = false

  constructor(runtime: HostRuntime, options: WindowOptions = {}) {
    super()
    if (!runtime.session.ready) throw new Error('Cannot create BrowserWindow before app is ready')
    refuseOpenLocks(runtime, options.webPreferences ?? {})
    this.runtime = runtime
    this.options = options
    this.visible = options.show !== false
    runtime.windows.add(this)
    this.webContents = new HostWebContents(runtime, this, options)
    this.id = this.webContents.id
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url)
  }
  /** A window that the app allowed a page to open: without an opener. */
  openAnother(options: WindowOptions, url: string): void {
    new HostWindow(this.runtime, options)
      .loadURL(url)
      .catch((error: unknown) => this.runtime.problems.push(String(error)))
  }
  show(): void {
    this.visible = true
    this.emit('show')
  }
  isVisible(): boolean {
    return this.visible
  }
  focus(): void {
    this.emit('focus')
  }
  isMinimized(): boolean {
    return false
  }
  isFullScreen(): boolean {
    return this.options.fullscreen === true
  }
  isDestroyed(): boolean {
    return this.gone
  }
  getBounds(): { x: number; y: number; width: number; height: number } {
    const { x = 0, y = 0, width = 800, height = 600 } = this.options
    return { x, y, width, height }
  }
  close(): void {
    let prevented = false
    const event = {
      preventDefault: () => {
        prevented = true
      },
      get prevented(): boolean {
        return prevented
      },
    }
    this.emit('close', event)
    if (!event.prevented) this.destroy()
  }
  destroy(): void {
    if (this.gone) return
    this.gone = true
    this.webContents.destroyed = true
    this.runtime.windows.delete(this)
    this.emit('closed')
    this.webContents.emit('destroyed')
    void this.webContents.ready.then(({ page }) => page.close()).catch(() => undefined)
    if (this.runtime.windows.size === 0) this.runtime.app.emit('window-all-closed')
  }
}

/** The host never runs an app whose pages would be less locked than what ships: tests would prove nothing. */
function refuseOpenLocks(runtime: HostRuntime, preferences: Readonly<Record<string, unknown>>): void {
  const open = [
    ...MUST_NOT_BE_TRUE.filter((name) => preferences[name] === true),
    ...MUST_NOT_BE_FALSE.filter((name) => preferences[name] === false),
  ]
  if (open.length === 0) return
  const message = `the test host refuses webPreferences: ${open.join(', ')}`
  runtime.problems.push(message)
  throw new Error(message)
}
