// Finds this machine's Chromium and opens pages in it, and hands links to the system.
import { spawn, type ChildProcess } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES: Readonly<Record<string, readonly string[]>> = {
  linux: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: ['chrome.exe', 'msedge.exe'],
}

/** Windows keeps browsers outside the search path. */
const WINDOWS_FOLDERS = ['Google\\Chrome\\Application', 'Microsoft\\Edge\\Application']

interface Surroundings {
  readonly platform: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly isExecutable: (file: string) => boolean
}

/** @returns path of the first one found, or null; `CHROMIUM` in the environment comes first */
export function findChromium({ platform, env, isExecutable }: Surroundings): string | null {
  const names = NAMES[platform] ?? []
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const programs = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((name) => env[name] ?? '')
  const windows = platform === 'win32' ? programs.flatMap((p) => WINDOWS_FOLDERS.map((f) => `${p}\\${f}`)) : []
  const candidates = [
    ...(env['CHROMIUM'] === undefined ? [] : [env['CHROMIUM']]),
    ...names.flatMap((name) => (name.startsWith('/') ? [name] : [...folders, ...windows].map((f) => join(f, name)))),
  ]
  return candidates.find(isExecutable) ?? null
}

export function thisMachine(): Surroundings {
  return {
    platform: process.platform,
    env: process.env,
    isExecutable: (file) => {
      try {
        accessSync(file, constants.X_OK)
        return true
      } catch {
        return false
      }
    },
  }
}

/**
 * Opens one application window with a profile of its own, so that the person's other tabs and extensions stay out of it.
 * @param asRoot Chromium does not start as root with its sandbox; only a container or a test machine runs like that
 */
export function openAppWindow(chromium: string, url: string, profile: string, asRoot: boolean): ChildProcess {
  const flags = [`--app=${url}`, `--user-data-dir=${profile}`, '--no-first-run', '--no-default-browser-check']
  return spawn(chromium, asRoot ? [...flags, '--no-sandbox'] : flags, { stdio: 'ignore' })
}

/** Hands a checked https address to the system's own browser, without a shell in between. @throws when it cannot be started */
export function openInSystem(url: string): Promise<void> {
  const [program, args] = opener(url)
  return new Promise((opened, failed) => {
    const child = spawn(program, args, { stdio: 'ignore', detached: true })
    child.once('error', failed)
    child.once('spawn', () => {
      child.unref()
      opened()
    })
  })
}

function opener(url: string): readonly [string, readonly string[]] {
  if (process.platform === 'darwin') return ['open', [url]]
  if (process.platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', url]]
  return ['xdg-open', [url]]
}
