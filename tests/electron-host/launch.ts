// Starts the built, unmodified main bundle of an Electron app on Node and a stock Chromium: the surface of Playwright's `_electron.launch`.
import { randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { setTimeout as delay } from 'node:timers/promises'
import { buildSync } from 'esbuild'
import type * as Electron from 'electron'
import { chromium, type BrowserContext, type Page } from 'playwright-core'
import { HostApp } from './electron-app.ts'
import { HostIpcMain } from './ipc-main.ts'
import { hookElectronImports } from './loader-hooks.ts'
import type { HostRuntime, Recorded, WindowOptions } from './runtime.ts'
import { HostSession } from './session.ts'
import { systemFakes, type FakeDisplay, type FakeKeyring } from './system-fakes.ts'
import { HostUtilityProcesses } from './utility-process.ts'
import { HostWindow } from './window.ts'

export interface LaunchOptions {
  /** The built main bundle: the very file that goes into app.asar. */
  readonly main: string
  readonly userData?: string
  readonly packaged?: boolean
  /** false: another copy of the application holds the lock. */
  readonly firstInstance?: boolean
  readonly dialogAnswers?: readonly unknown[]
  readonly keyring?: FakeKeyring
  readonly displays?: readonly [FakeDisplay, ...FakeDisplay[]]
}

export interface ElectronHost {
  /** Waits for the first window and its page. @throws when the app gave up instead, with what it complained of */
  firstWindow(): Promise<Page>
  pageOf(window: HostWindow): Promise<Page>
  browserWindows(): readonly HostWindow[]
  /** Runs in the main process's world with the electron module, like Playwright's electronApp.evaluate. */
  evaluate<T, A>(run: (electron: typeof Electron, arg: A) => T | Promise<T>, arg: A): Promise<T>
  /** A profile the host made itself goes with it, unless the test means to start again on it. */
  close(options?: { readonly keepUserData?: boolean }): Promise<void>
  /** For the next dialog; the ones given at launch come first. */
  answerDialog(answer: unknown): void
  readonly recorded: Recorded
  readonly problems: readonly string[]
  readonly session: HostSession
  /** For calls with a sender of the test's choice. */
  readonly ipcMain: HostIpcMain
  readonly utilities: HostUtilityProcesses
  readonly app: HostApp
  readonly userData: string
}

const PRIMARY: FakeDisplay = { id: 1, bounds: { x: 0, y: 0, width: 1920, height: 1080 } }
const VERSIONS = { electron: '45.4.1', chrome: '156', node: '24' }

const registryKey = Symbol.for('electron-host')
const globals = globalThis as unknown as Record<symbol, Map<string, unknown> | undefined>
const registry = (globals[registryKey] ??= new Map<string, unknown>())
const nativeImport = createRequire(import.meta.url)('./native-import.cjs') as (url: string) => Promise<unknown>
let scripts: HostRuntime['scripts'] | undefined

/** @throws what the main bundle throws while it is evaluated */
export async function launchElectronHost(options: LaunchOptions): Promise<ElectronHost> {
  hookElectronImports()
  scripts ??= { page: compile('page/main-world.ts'), preload: compile('page/preload-world.ts') }

  const userData = options.userData ?? mkdtempSync(join(tmpdir(), 'electron-host-'))
  const session = new HostSession()
  const windows = new Set<HostWindow>()
  const recorded = nothingRecorded()
  const app = new HostApp({
    main: options.main,
    userData,
    packaged: options.packaged ?? true,
    firstInstance: options.firstInstance ?? true,
    session,
    windows,
    recorded,
  })
  const owned = new Set<Page>()
  const context = openChromium(userData, owned)
  const problems: string[] = []
  const ipcMain = new HostIpcMain()
  const runtime: HostRuntime = {
    ...{ context, session, scripts, windows, app, ipcMain, owned, problems, recorded },
    versions: VERSIONS,
  }
  const utilities = new HostUtilityProcesses()
  const dialogAnswers = [...(options.dialogAnswers ?? [])]
  const modules = electronModules(runtime, options, utilities, { dialogAnswers, keyFile: join(userData, 'host-key') })
  const run = randomUUID()
  registry.set(run, { modules })

  const close: ElectronHost['close'] = async ({ keepUserData = options.userData !== undefined } = {}) => {
    const ended = recorded.quit ? Promise.resolve() : new Promise((quit) => app.once('quit', quit))
    app.quit()
    await Promise.race([ended, delay(8_000, undefined, { ref: false })])
    utilities.close()
    registry.delete(run)
    await (await context).close()
    if (!keepUserData) rmSync(userData, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    await nativeImport(`${pathToFileURL(options.main).href}?electron-host=${run}`)
    app.becomeReady()
    await context
  } catch (error) {
    await close()
    throw error
  }
  const pageOf = async (window: HostWindow): Promise<Page> => {
    const { page } = await window.webContents.ready
    if (page.url() === 'about:blank') await page.waitForURL((url) => url.href !== 'about:blank')
    await page.waitForLoadState()
    return page
  }
  return {
    ...{ recorded, problems, session, ipcMain, utilities, app, userData, pageOf, close },
    answerDialog: (answer) => dialogAnswers.push(answer),
    browserWindows: () => Array.from(windows),
    evaluate: async (f, arg) => await f(modules as unknown as typeof Electron, arg),
    firstWindow: async () => {
      for (let waited = 0; waited < 600 && windows.size === 0 && !recorded.quit; waited++) await delay(25)
      const [first] = windows
      const said = JSON.stringify([...problems, ...recorded.errorBoxes.map(({ content }) => content)])
      if (!first) throw new Error(`no window was opened; problems: ${said}`)
      return pageOf(first)
    },
  }
}

/** No name resolves except this machine's own: whatever slips past a guard still reaches nothing. */
function openChromium(userData: string, owned: ReadonlySet<Page>): Promise<BrowserContext> {
  const opening = chromium.launchPersistentContext(join(userData, 'chromium'), {
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    args: ['--no-sandbox', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost'],
  })
  opening.catch(() => undefined)
  return opening.then((context) => {
    context.on('page', (page) => {
      setTimeout(() => {
        if (!owned.has(page)) page.close().catch(() => undefined)
      }, 50)
    })
    return context
  })
}

function electronModules(
  runtime: HostRuntime,
  options: LaunchOptions,
  utilities: HostUtilityProcesses,
  system: { readonly dialogAnswers: unknown[]; readonly keyFile: string },
): Record<string, unknown> {
  const { session, windows, app, ipcMain, recorded } = runtime
  class BrowserWindow extends HostWindow {
    constructor(windowOptions: WindowOptions = {}) {
      super(runtime, windowOptions)
    }
    static getAllWindows(): HostWindow[] {
      return Array.from(windows)
    }
    static fromWebContents(contents: unknown): HostWindow | null {
      return Array.from(windows).find((window) => window.webContents === contents) ?? null
    }
  }
  return {
    ...{ app, BrowserWindow, ipcMain, protocol: session.protocol, utilityProcess: utilities.module },
    session: { defaultSession: session, fromPartition: () => session },
    net: { fetch: session.fetch, isOnline: () => true },
    webContents: { getAllWebContents: () => Array.from(windows, (window) => window.webContents) },
    ...systemFakes({
      recorded,
      ...system,
      keyring: options.keyring ?? 'gnome_libsecret',
      displays: options.displays ?? [PRIMARY],
    }),
  }
}

function nothingRecorded(): Recorded {
  return {
    ...{ openExternal: [], openPath: [], dialogs: [], errorBoxes: [], notifications: [], switches: [], prints: [] },
    menu: undefined,
    sandboxed: false,
    quit: false,
    exitCode: null,
  }
}

function compile(file: string): string {
  const source = join(import.meta.dirname, file)
  if (!existsSync(source)) throw new Error(`the host's own ${file} is missing`)
  const { outputFiles } = buildSync({
    entryPoints: [source],
    bundle: true,
    format: 'iife',
    write: false,
    target: 'chrome140',
  })
  return outputFiles[0]?.text ?? ''
}
