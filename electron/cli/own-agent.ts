// Runs the loopback agent for a command, and opens the page that is paired with it.
import { randomUUID } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ChildProcess } from 'node:child_process'
import { AGENT_LIMITS } from '../../shared/desktop/agent-wire.ts'
import { startDeskAgent } from '../agent/desk-agent.ts'
import type { Agent } from '../agent/server.ts'
import { openAppWindow, openInSystem } from '../agent/system-browser.ts'
import packageJson from '../../package.json' with { type: 'json' }
import type { Terminal } from './command.ts'

/** @param dataFolder revocation answers are kept there until they run out */
export function runAgent(hubUrl: string, dataFolder: string, terminal: Terminal): Promise<Agent> {
  return startDeskAgent({
    hubUrl,
    version: packageJson.version,
    open: openInSystem,
    cacheFolder: join(resolve(dataFolder), 'evidence'),
    onFault: (fault) => terminal.complain(`agent: ${fault}`),
  })
}

/**
 * The pairing code goes through a file that this account alone can read: every account of a machine sees the command line of every
 * process, and a code that opens the agent must not stand there.
 * @param dataFolder holds the window's profile: what a page keeps offline stays there
 */
export function openPairedWindow(chromium: string, hubUrl: string, agent: Agent, dataFolder: string): ChildProcess {
  const profile = join(resolve(dataFolder), 'browser')
  mkdirSync(profile, { recursive: true, mode: 0o700 })
  const door = join(profile, `open-${randomUUID()}.html`)
  writeFileSync(door, doorTo(`${new URL('/', hubUrl).href}${agent.pairingFragment()}`), { mode: 0o600, flag: 'wx' })
  // Long enough for a slow machine to start its browser; the code itself lives no longer.
  setTimeout(() => rmSync(door, { force: true }), AGENT_LIMITS.codeLifeMs).unref()
  return openAppWindow(chromium, pathToFileURL(door).href, profile, isRoot())
}

/** A page that goes on to an address and leaves itself out of the history. */
function doorTo(address: string): string {
  // As a string of a script; `<` cannot end it early.
  const quoted = JSON.stringify(address).replaceAll('<', '\\u003c')
  return `<!doctype html><meta charset="utf-8"><script>location.replace(${quoted})</script>\n`
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
