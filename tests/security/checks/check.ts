// One line of the desktop's security checklist as something that can be run: on the real bundle, and on one whose guard was taken out.
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Bridge } from '../../../shared/desktop/bridge.ts'
import { launchElectronHost, type ElectronHost, type LaunchOptions } from '../../electron-host/launch.ts'
import { stageApp, type StageOptions } from '../../electron-host/stage.ts'

declare global {
  interface Window {
    readonly traMy: Bridge
  }
}

export interface Running {
  readonly host: ElectronHost
  readonly page: Page
}

export interface Check {
  /** The line of the checklist in the architecture research, 1 to 21. */
  readonly item: number
  readonly title: string
  readonly launch?: Omit<LaunchOptions, 'main'>
  readonly stage?: Omit<StageOptions, 'mutateMain' | 'mutatePreload'>
  /** Rejects with an assertion when the rule is broken. */
  run(running: Running): Promise<void>
}

/** Each check gets an application of its own, so that none can hide another's fault. */
export async function runCheck(
  check: Check,
  mutation: Pick<StageOptions, 'mutateMain' | 'mutatePreload'> = {},
): Promise<void> {
  using stage = stageApp({ ...check.stage, ...mutation })
  const host = await launchElectronHost({ main: stage.main, ...check.launch })
  try {
    const page = await host.firstWindow()
    await check.run({ host, page })
    expect(host.problems).toEqual([])
  } finally {
    await host.close()
  }
}

export function mainWindow(host: ElectronHost): ReturnType<ElectronHost['browserWindows']>[number] {
  const [window] = host.browserWindows()
  if (!window) throw new Error('there is no window')
  return window
}

/** The hub's address as the page has it. */
export async function hubUrl(page: Page): Promise<string> {
  await expect.poll(() => page.textContent('#hub')).toMatch(/^http/)
  return (await page.textContent('#hub')) ?? ''
}
