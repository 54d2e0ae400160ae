// Runs the loopback agent for a command, and opens the page that is paired with it.
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { ChildProcess } from 'node:child_process'
import { agentHandlers } from '../agent/agent-handlers.ts'
import { startAgent, type Agent } from '../agent/server.ts'
import { openAppWindow, openInSystem } from '../agent/system-browser.ts'
import packageJson from '../../package.json' with { type: 'json' }
import type { Terminal } from './command.ts'

export function runAgent(hubUrl: string, terminal: Terminal): Promise<Agent> {
  return startAgent({
    handlers: agentHandlers({ hubUrl, version: packageJson.version, open: openInSystem }),
    allowedOrigins: [new URL(hubUrl).origin],
    now: () => performance.now(),
    onFault: (fault) => terminal.complain(`agent: ${fault}`),
  })
}

/** @param dataFolder holds the window's profile: what a page keeps offline stays there */
export function openPairedWindow(chromium: string, hubUrl: string, agent: Agent, dataFolder: string): ChildProcess {
  const profile = join(resolve(dataFolder), 'browser')
  mkdirSync(profile, { recursive: true, mode: 0o700 })
  return openAppWindow(chromium, `${new URL('/', hubUrl).href}${agent.pairingFragment()}`, profile, isRoot())
}

/** The window's end, however it ends; a browser that only hands over to a running one ends at once and does not count. */
export function windowClosed(window: ChildProcess, now: () => number): Promise<void> {
  const openedAt = now()
  return new Promise((closed) => {
    window.once('exit', () => {
      if (now() - openedAt > HANDED_OVER_MS) closed()
    })
    window.once('error', () => closed())
  })
}

const HANDED_OVER_MS = 3_000

export function isRoot(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0
}
