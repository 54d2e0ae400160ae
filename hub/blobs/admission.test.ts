// Admission: real decrees pass, broken files are refused by name, and a file that crashes, eats memory or hangs costs nobody else.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { refuse } from '../../shared/refusal.ts'
import { createAdmission, type Admission, type AdmissionOptions } from './admission.ts'
import type { BlobContent } from './blob-store.ts'
import { startProcess, startThread } from './isolate.ts'

const open: Admission[] = []
function admission(options: AdmissionOptions): Admission {
  const made = createAdmission(options)
  open.push(made)
  return made
}
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tra-my-admission-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

function content(bytes: Uint8Array): BlobContent {
  return {
    size: bytes.length,
    async *read(start, end) {
      for (let at = start; at < end; at += 1000) yield bytes.subarray(at, Math.min(at + 1000, end))
    },
  }
}

const fixture = (name: string) => readFile(new URL(`../../tests/fixtures/nd30/${name}.pdf`, import.meta.url))

let programs = 0
/** A worker whose code is given: it says it is ready, reads the file into `bytes`, then does this with it. */
async function program(onBytes: string): Promise<URL> {
  const path = join(folder, `${programs++}.mjs`)
  await writeFile(
    path,
    `process.stdout.write('ready\\n'); const bytes = []\n` +
      `for await (const piece of process.stdin) bytes.push(...piece)\n` +
      `const answer = (value) => process.stdout.write(JSON.stringify(value) + '\\n')\n${onBytes}`,
  )
  return pathToFileURL(path)
}

const GROW_A_MAP = 'const all = new Map(); for (let i = 0; ; i++) all.set(i, { i })'
const GROW_ARRAYS = 'const all = []; for (;;) all.push(new Array(1000).fill(all.length))'
const HOSTILE: readonly (readonly [string, string])[] = [
  ['throws', "throw new Error('bad font table')"],
  ['leaves', 'process.exit(0)'],
  ['answers nonsense', 'answer({ ok: true, value: { pages: -1, title: 7 } })'],
  ['answers no JSON', "process.stdout.write('%PDF\\n')"],
  ['keeps many small things', 'const all = []; for (;;) all.push({ a: all.length })'],
]

describe.each([
  ['process', startProcess],
  ['thread', startThread],
] as const)('admission in a %s', (kind, start) => {
  it('reads the pages of the decree and its annexes', async () => {
    const each = admission({ start })
    expect(await each.admit(content(await fixture('nghi-dinh-30-2020')))).toMatchObject({
      ok: true,
      value: { pages: 20 },
    })
    const annexes = await Promise.all(
      [1, 2, 3, 4, 5, 6].map(async (n) => each.admit(content(await fixture(`phu-luc-${n}`)))),
    )
    expect(annexes.filter((found) => found.ok)).toHaveLength(6)
  })

  it('refuses what is no PDF and what is cut short', async () => {
    const each = admission({ start })
    expect(await each.admit(content(new TextEncoder().encode('Kính gửi: Ủy ban nhân dân xã')))).toEqual(
      refuse('paper-not-pdf'),
    )
    const whole = await fixture('phu-luc-2')
    expect(await each.admit(content(whole.subarray(0, whole.length >> 1)))).toEqual(refuse('paper-truncated'))
  })

  // What a thread cannot survive, and takes its process with it: the reason for processes, see isolate.ts.
  const hostile: typeof HOSTILE =
    kind === 'process' ? [...HOSTILE, ['grows a map', GROW_A_MAP], ['grows arrays', GROW_ARRAYS]] : HOSTILE
  it.each(hostile)('takes a file on which it %s as unreadable, and goes on', async (_, code) => {
    const bad = admission({ start, worker: await program(code), limitMs: 60_000 })
    expect(await bad.admit(content(new Uint8Array(10)))).toEqual(refuse('paper-truncated'))
    const worker = await program('answer({ ok: true, value: { pages: bytes.length, title: null } })')
    expect(await admission({ start, worker }).admit(content(new Uint8Array(2500)))).toMatchObject({
      value: { pages: 2500 },
    })
  })

  it.each([
    ['hangs', 'setInterval(() => {}, 1000)'],
    ['turns in circles', 'for (;;) {}'],
  ])('ends the code that %s on a file', async (_, code) => {
    const bad = admission({ start, worker: await program(code), limitMs: 500 })
    expect(await bad.admit(content(new Uint8Array(10)))).toEqual(refuse('paper-truncated'))
  })

  it('does not blame the file when its code cannot start', async () => {
    const worker = pathToFileURL(join(folder, 'not-there.mjs'))
    expect(await admission({ start, worker }).admit(content(new Uint8Array(10)))).toEqual(refuse('hub-unavailable'))
  })

  it('ends what is under way and what waits when it is closed', async () => {
    const slow = admission({ start, worker: await program('setInterval(() => {}, 1000)') })
    const answers = [1, 2, 3, 4].map(() => slow.admit(content(new Uint8Array(10))))
    await slow.close()
    expect(await Promise.all(answers)).toEqual([1, 2, 3, 4].map(() => refuse('hub-unavailable')))
  })

  it('hands a file whose bytes cannot be read back to the caller, and its place to the next', async () => {
    const worker = await program('answer({ ok: true, value: { pages: 1, title: null } })')
    const each = admission({ start, worker })
    const unreadable: BlobContent = {
      size: 10,
      read: () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('EIO')) }) }),
    }
    for (let round = 0; round < 3; round += 1) await expect(each.admit(unreadable)).rejects.toThrow('EIO')
    expect((await each.admit(content(new Uint8Array(10)))).ok).toBe(true)
  })
})

it('gives the process no way to write, to start others, or to see the environment', async () => {
  const attempts = `const { writeFileSync } = await import('node:fs'); const { spawn } = await import('node:child_process')
    const denied = (work) => { try { work(); return false } catch (error) { return error.code === 'ERR_ACCESS_DENIED' } }
    const safe = denied(() => writeFileSync(${JSON.stringify(join(tmpdir(), 'tra-my-escape'))}, 'x')) && denied(() => spawn('true'))
      && process.env.PATH === undefined
    answer({ ok: true, value: { pages: safe ? 1 : 2, title: null } })`
  const found = await admission({ start: startProcess, worker: await program(attempts) }).admit(
    content(new Uint8Array(1)),
  )
  expect(found).toEqual({ ok: true, value: { pages: 1, title: null } })
})
