// Electron's app: readiness, the order of quitting, paths, the single-instance lock.
import { EventEmitter } from 'node:events'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Recorded } from './runtime.ts'
import type { HostSession } from './session.ts'
import type { HostWindow } from './window.ts'

interface AppParts {
  readonly main: string
  readonly userData: string
  readonly packaged: boolean
  readonly firstInstance: boolean
  readonly session: HostSession
  readonly windows: Set<HostWindow>
  readonly recorded: Recorded
}

export class HostApp extends EventEmitter {
  readonly isPackaged: boolean
  readonly name = 'electron-host'
  readonly commandLine: { appendSwitch(name: string): void; hasSwitch(name: string): boolean }
  private readonly parts: AppParts
  private readonly paths: Map<string, string>
  private readonly readiness: Promise<void>
  private announce: () => void = () => undefined

  constructor(parts: AppParts) {
    super()
    this.parts = parts
    this.isPackaged = parts.packaged
    this.commandLine = {
      appendSwitch: (name) => parts.recorded.switches.push(name),
      hasSwitch: (name) => parts.recorded.switches.includes(name),
    }
    const { userData } = parts
    this.paths = new Map([
      ['userData', userData],
      ['temp', tmpdir()],
      ['home', userData],
      ['documents', userData],
      ['downloads', userData],
      ['logs', join(userData, 'logs')],
      ['exe', process.execPath],
    ])
    this.readiness = new Promise((resolve) => {
      this.announce = resolve
    })
  }

  /** Called by the host once the main bundle has been evaluated, as Electron does with ESM. */
  becomeReady(): void {
    this.parts.session.ready = true
    this.announce()
    this.emit('ready')
  }
  whenReady(): Promise<void> {
    return this.readiness
  }
  isReady(): boolean {
    return this.parts.session.ready
  }
  getPath(name: string): string {
    const path = this.paths.get(name)
    if (path === undefined) throw new Error(`Failed to get '${name}' path`)
    return path
  }
  setPath(name: string, path: string): void {
    this.paths.set(name, path)
  }
  getAppPath(): string {
    return dirname(dirname(dirname(this.parts.main)))
  }
  getVersion(): string {
    return '0.0.0'
  }
  getName(): string {
    return this.name
  }
  getLocale(): string {
    return 'vi'
  }
  enableSandbox(): void {
    if (this.isReady()) throw new Error('app.enableSandbox must be called before app is ready')
    this.parts.recorded.sandboxed = true
  }
  requestSingleInstanceLock(): boolean {
    return this.parts.firstInstance
  }

  quit(): void {
    const { recorded, windows } = this.parts
    if (recorded.quit || this.isPrevented('before-quit')) return
    for (const window of Array.from(windows)) window.close()
    // Closing the last window may have led here already.
    if (windows.size > 0 || this.hasQuit() || this.isPrevented('will-quit')) return
    recorded.quit = true
    this.emit('quit', {}, 0)
  }
  exit(code = 0): void {
    const { recorded, windows } = this.parts
    recorded.quit = true
    recorded.exitCode = code
    for (const window of Array.from(windows)) window.destroy()
    this.emit('quit', {}, code)
  }

  private hasQuit(): boolean {
    return this.parts.recorded.quit
  }
  private isPrevented(event: 'before-quit' | 'will-quit'): boolean {
    const details = {
      prevented: false,
      preventDefault: () => {
        details.prevented = true
      },
    }
    this.emit(event, details)
    return details.prevented
  }
}
