// The window that is paired with the agent: its code stands in no command line, only in a file of this account.
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Agent } from '../agent/server.ts'
import { openPairedWindow } from './own-agent.ts'

test('the browser gets the address of a file that only this account reads, and the file holds the code', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tra-my-agent-'))
  try {
    const browser = join(folder, 'chromium')
    const said = join(folder, 'said')
    writeFileSync(browser, `#!/bin/sh\nprintf '%s\\n' "$@" > ${said}\n`)
    chmodSync(browser, 0o755)
    const agent: Agent = { port: 1, pairingFragment: () => '#pair=1.geheim', close: () => Promise.resolve() }
    const child = openPairedWindow(browser, 'http://hub.vn:4680/', agent, folder)
    await new Promise((ended) => child.once('exit', ended))
    const words = readFileSync(said, 'utf8')
    expect(words).not.toContain('geheim')
    expect(words).toContain('--app=file:')
    const profile = join(folder, 'browser')
    const [door = '', ...others] = readdirSync(profile)
    expect(others).toEqual([])
    expect(statSync(join(profile, door)).mode & 0o077).toBe(0)
    expect(readFileSync(join(profile, door), 'utf8')).toContain('"http://hub.vn:4680/#pair=1.geheim"')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
