// The commands as a person runs them: a real process, a real hub, an orderly end.
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { SAMPLE_ACCOUNTS } from '../../shared/sample/accounts.ts'

const MAIN = join(import.meta.dirname, 'main.ts')
let folder: string
const started: ChildProcess[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tra-my-cli-'))
})
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

interface Run {
  readonly child: ChildProcess
  readonly said: () => string
  readonly ended: Promise<number | null>
  /** The first address that the command prints. */
  readonly address: () => Promise<string>
}

function run(words: readonly string[], env: Record<string, string> = {}): Run {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...rest } = process.env
  const child = spawn(process.execPath, [MAIN, ...words], { cwd: folder, env: { ...rest, ...env } })
  started.push(child)
  let said = ''
  child.stdout.on('data', (part: Buffer) => (said += part.toString()))
  child.stderr.on('data', (part: Buffer) => (said += part.toString()))
  const ended = new Promise<number | null>((done) => child.once('exit', done))
  const address = async (): Promise<string> => {
    await expect.poll(() => said, { timeout: 25_000 }).toMatch(/http:\/\/127\.0\.0\.1:\d+/)
    return /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? ''
  }
  return { child, said: () => said, ended, address }
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  )

test('start without a display prints why, the address and every sample account, and ends with its hub', async () => {
  const { child, said, ended, address } = run(['start', '--port', '0'])
  const url = await address()
  expect(await answers(url)).toBe(true)
  await expect.poll(said).toContain('Ctrl+C')
  expect(said().split('\n').slice(0, 2)).toEqual([
    'Máy không có màn hình; hãy mở địa chỉ dưới đây bằng một trình duyệt.',
    'This machine has no display; open the address below in a browser.',
  ])
  for (const { username, password, name } of SAMPLE_ACCOUNTS) {
    expect(said()).toMatch(new RegExp(`${username} +${password} +${name}`))
  }
  expect(existsSync(join(folder, '.tra-my/hub'))).toBe(true)
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  expect(await answers(url)).toBe(false)
})

test('start takes another port when the wanted one is busy, and says so', async () => {
  const other = createServer()
  await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening))
  const busy = other.address()
  const port = busy !== null && typeof busy === 'object' ? busy.port : 0
  try {
    const { child, said, ended, address } = run(['start', '--no-open', '--port', String(port), '--data', 'here'])
    const url = await address()
    expect(Number(new URL(url).port)).not.toBe(port)
    expect(said()).toContain('Cổng đang bận')
    expect(existsSync(join(folder, 'here/hub'))).toBe(true)
    child.kill('SIGINT')
    expect(await ended).toBe(0)
  } finally {
    other.close()
  }
})

test('hub runs the hub alone; one that cannot start is said, with exit code 1', async () => {
  const well = run(['hub', '--port', '0', '--data', 'data'])
  expect(await answers(await well.address())).toBe(true)
  well.child.kill('SIGTERM')
  expect(await well.ended).toBe(0)
  const ill = run(['hub', '--port', '0', '--data', '/dev/null/nowhere'])
  expect(await ill.ended).toBe(1)
  expect(ill.said()).toContain('Máy chủ không khởi động được')
})
