// The real page on the real hub under the real main bundle: nothing of it is stopped by its own policy, and nothing else is spoken to.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { launchElectronHost } from '../electron-host/launch.ts'
import { SAMPLE_ACCOUNTS } from '../../shared/sample/accounts.ts'
import { buildWhenStale } from '../electron-host/stage.ts'
import './checks/check.ts'

const ROOT = join(import.meta.dirname, '../..')

beforeAll(() => {
  buildWhenStale()
  for (const [side, file] of Object.entries({ hub: 'hub/main.js', renderer: 'renderer/index.html' })) {
    if (!existsSync(join(ROOT, 'dist', file))) {
      execFileSync(process.execPath, [join(ROOT, 'build/build.ts'), side], { cwd: ROOT, stdio: 'pipe' })
    }
  }
})

test('the application opens on its embedded hub, a person logs in, and its policy stops nothing of it', async () => {
  const host = await launchElectronHost({ main: join(ROOT, 'dist/electron/main.js') })
  try {
    const page = await host.firstWindow()
    const complaints: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(String(error)))
    const [opened] = host.browserWindows()
    await opened?.webContents.loadURL('app://bundle/index.html')
    await expect.poll(() => page.locator('#root > *').count(), { timeout: 20_000 }).toBeGreaterThan(0)
    await expect.poll(() => page.locator('input[type="password"]').count(), { timeout: 20_000 }).toBe(1)
    expect(await page.title()).toContain('Trà My')
    const info = await page.evaluate(() => window.traMy.call('app.info', {}))
    const hubUrl = info.ok ? info.value.hubUrl : ''
    expect(hubUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    const [secretary] = SAMPLE_ACCOUNTS.filter(({ username }) => username === 'thuky')
    await page
      .locator('input:not([type="password"])')
      .first()
      .fill(secretary?.username ?? '')
    await page.locator('input[type="password"]').fill(secretary?.password ?? '')
    await page.keyboard.press('Enter')
    // Logged in: what opens the replica lies in the keyring's vault, and the login form has gone.
    const kept = () => page.evaluate(() => window.traMy.call('vault.read', {}))
    await expect.poll(kept, { timeout: 30_000 }).toMatchObject({ ok: true, value: { value: expect.any(String) } })
    await expect.poll(() => page.locator('input[type="password"]').count(), { timeout: 20_000 }).toBe(0)
    expect(complaints).toEqual([])
    expect(host.problems).toEqual([])
    const away = host.session.egress.filter((url) => new URL(url).host !== new URL(hubUrl).host)
    expect(away).toEqual([])
  } finally {
    await host.close()
  }
})
