// The list of waiting files survives what machines do: kills at any moment, broken files, full disks.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, test } from 'vitest'
import { PendingUpgrades, workThrough } from './pending-upgrades.ts'

const folder = mkdtempSync(join(tmpdir(), 'tra-my-pending-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let files = 0
const newFile = () => join(folder, String(files++), 'pending.json')
const digest = (letter: string) => letter.repeat(64)
const MINUTE = 60_000

function clock() {
  let time = 1_000_000_000
  return { now: () => time, chance: () => 0, pass: (ms: number) => (time += ms) }
}

async function open(file: string, at = clock()) {
  const { upgrades } = await PendingUpgrades.open(file, at)
  return upgrades
}

describe('the list', () => {
  test('is on the disk when a promise resolves, and the same after a restart', async () => {
    const file = newFile()
    const at = clock()
    const upgrades = await open(file, at)
    await upgrades.add('/a.pdf', digest('a'))
    await upgrades.add('/b.pdf', digest('b'))
    const taken = await upgrades.take()
    assert.equal(taken?.file, '/a.pdf')
    await upgrades.end(taken.id, 'revocation-incomplete')
    assert.deepEqual((await open(file, at)).list, upgrades.list)
    assert.equal((await open(file, at)).nextTime, at.now())
  })

  test('gives each file once, also to two who ask at once', async () => {
    const upgrades = await open(newFile())
    await Promise.all([upgrades.add('/a.pdf', digest('a')), upgrades.add('/b.pdf', digest('b'))])
    const taken = await Promise.all([upgrades.take(), upgrades.take(), upgrades.take()])
    assert.deepEqual(
      taken.map((one) => one?.file),
      ['/a.pdf', '/b.pdf', undefined],
    )
  })

  test('that was being worked on when the process died waits again', async () => {
    const file = newFile()
    const at = clock()
    const upgrades = await open(file, at)
    await upgrades.add('/a.pdf', digest('a'))
    await upgrades.take()
    const again = await open(file, at)
    assert.equal(await again.take(), null)
    at.pass(MINUTE)
    assert.equal((await again.take())?.attempts, 2)
  })

  test('works on when the line is back, without the wait', async () => {
    const upgrades = await open(newFile())
    await upgrades.add('/a.pdf', digest('a'))
    const outcome = { problem: 'timestamp-failed' as const }
    assert.equal(await workThrough(upgrades, () => Promise.resolve(outcome.problem)), 1)
    assert.equal(await workThrough(upgrades, () => Promise.resolve(null)), 0)
    await upgrades.lineIsBack()
    assert.equal(await workThrough(upgrades, () => Promise.resolve(null)), 1)
    assert.equal(upgrades.list[0]?.state, 'done')
  })

  test('stops between two files when it is told to', async () => {
    const upgrades = await open(newFile())
    await upgrades.add('/a.pdf', digest('a'))
    await upgrades.add('/b.pdf', digest('b'))
    const abort = new AbortController()
    const work = () => {
      abort.abort()
      return Promise.resolve(null)
    }
    assert.equal(await workThrough(upgrades, work, abort.signal), 1)
    assert.deepEqual(
      upgrades.list.map(({ state }) => state),
      ['done', 'waiting'],
    )
  })

  test('is not left hanging by a defect: the file waits for its next time', async () => {
    const upgrades = await open(newFile())
    await upgrades.add('/a.pdf', digest('a'))
    await assert.rejects(
      workThrough(upgrades, () => Promise.reject(new Error('defect'))),
      /defect/,
    )
    assert.deepEqual([upgrades.list[0]?.state, upgrades.list[0]?.problem], ['waiting', 'internal'])
  })
})

describe('a disk', () => {
  test.each([
    ['cut off', '{"version":1,"upgr'],
    ['of a later version', '{"version":2,"upgrades":[]}'],
    ['with a state that does not exist', '{"version":1,"upgrades":[{"state":"lost"}]}'],
  ])('with a list %s: it is kept aside and a new one begun', async (_title, content) => {
    const file = newFile()
    await mkdir(join(file, '..'))
    await writeFile(file, content)
    const { upgrades, broken } = await PendingUpgrades.open(file, clock())
    assert.deepEqual([broken, upgrades.list], [true, []])
    await upgrades.add('/a.pdf', digest('a'))
    const kept = readdirSync(join(file, '..')).find((name) => name.includes('broken'))
    assert.ok(kept)
    assert.equal(await readFile(join(file, '..', kept), 'utf8'), content)
  })

  test('that takes nothing: the promise rejects, and memory knows no more than the disk', async () => {
    const file = newFile()
    const upgrades = await open(file)
    await upgrades.add('/a.pdf', digest('a'))
    rmSync(join(file, '..'), { recursive: true })
    await writeFile(join(file, '..'), 'a file where the folder was')
    await assert.rejects(upgrades.add('/b.pdf', digest('b')))
    assert.equal(upgrades.list.length, 1)
  })

  test('that cannot be read is no empty list', async () => {
    const file = newFile()
    await mkdir(file, { recursive: true })
    await assert.rejects(open(file))
  })
})

test('whatever was promised is there after a kill at any moment', async () => {
  const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000)
  console.log(`seed ${seed}`)
  let random = seed
  const next = () => (random = (random * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648
  const file = newFile()
  const promised = { added: -1, ended: -1 }
  for (let round = 0; round < 6; round++) {
    const script = fileURLToPath(new URL('./pending-upgrades.fixture.ts', import.meta.url))
    const child = spawn(process.execPath, [script, file, String(promised.added + 1)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
    await once(child.stdout, 'data')
    setTimeout(() => child.kill('SIGKILL'), next() * 60)
    await once(child, 'close')
    for (const [, what, number] of said.matchAll(/^(added|ended) (\d+)\n/gm))
      promised[what as 'added' | 'ended'] = Math.max(promised[what as 'added' | 'ended'], Number(number))

    const { upgrades, broken } = await PendingUpgrades.open(file, { now: () => Date.now(), chance: () => 0 })
    assert.equal(broken, false, `seed ${seed}`)
    const states = new Map(upgrades.list.map((one) => [Number.parseInt(one.file), one.state]))
    for (let number = 0; number <= promised.added; number++) {
      const state = states.get(number)
      assert.ok(state !== undefined, `seed ${seed}: ${number} is lost`)
      assert.notEqual(state, 'working', `seed ${seed}`)
      if (number <= promised.ended && number % 3 === 2 && state !== 'done')
        // The kill of an earlier round may have come between taking it and ending it.
        assert.equal(state, 'waiting', `seed ${seed}`)
    }
    // One more than promised may be there: the kill came between the disk and the promise.
    promised.added = Math.max(promised.added, ...states.keys())
  }
})
