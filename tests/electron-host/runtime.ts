// What one running application shares inside the host.
import type { EventEmitter } from 'node:events'
import type { BrowserContext, Page } from 'playwright-core'
import type { HostIpcMain } from './ipc-main.ts'
import type { HostSession } from './session.ts'
import type { HostWindow } from './window.ts'

export interface HostRuntime {
  readonly context: Promise<BrowserContext>
  readonly session: HostSession
  /** Compiled page-side scripts: the bridge for the page's world and for the preload's. */
  readonly scripts: { readonly page: string; readonly preload: string }
  readonly versions: Record<string, string>
  readonly windows: Set<HostWindow>
  readonly app: EventEmitter
  readonly ipcMain: HostIpcMain
  /** Pages that the host itself opened; any other page is an escaped popup and is closed. */
  readonly owned: Set<Page>
  /** Faults that Electron would have shown or logged; a healthy run has none. */
  readonly problems: string[]
  readonly recorded: Recorded
}

/** What the application asked of the system. */
export interface Recorded {
  readonly openExternal: string[]
  readonly openPath: string[]
  readonly dialogs: { kind: string; options: unknown }[]
  readonly errorBoxes: { title: string; content: string }[]
  readonly notifications: unknown[]
  readonly switches: string[]
  readonly prints: unknown[]
  /** undefined: never set, so Electron's default menu; null: taken away. */
  menu: unknown
  sandboxed: boolean
  quit: boolean
  exitCode: number | null
}

export interface WindowOptions {
  readonly x?: number
  readonly y?: number
  readonly width?: number
  readonly height?: number
  readonly show?: boolean
  readonly fullscreen?: boolean
  readonly webPreferences?: Readonly<Record<string, unknown>> & { readonly preload?: string }
}
