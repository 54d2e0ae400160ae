// A real hub for a test: in this process when the test looks inside, as a child process when it is going to be killed.
import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { replay } from '../../hub/acts/domain-state.ts'
import { systemClock } from '../../hub/clock.ts'
import { Rooms } from '../../hub/rooms/rooms.ts'
import { startHub, type HubParts, type RunningHub } from '../../hub/server.ts'
import type { HubListening, HubOptions } from '../../hub/start-contract.ts'
import { openSqliteStore } from '../../hub/store/sqlite-store.ts'
import { isText, parseRoom } from '../../shared/hub/rooms.ts'

const ROOT = join(import.meta.dirname, '../..')

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'tra-my-test-'))
}

export interface TestHub extends RunningHub {
  readonly dataFolder: string
  /** Faults that the hub reported; a test that expects none asserts that this is empty. */
  readonly faults: unknown[]
  /** Stops the hub and removes its folder, after every open board was rebuilt from the ledger and found equal to the live one. */
  end(): Promise<void>
}

/** What each board must show according to the ledger on the disk alone. */
async function boardsFromLedger(dataFolder: string, names: Iterable<string>): Promise<ReadonlyMap<string, unknown>> {
  const store = openSqliteStore(join(dataFolder, 'hub.sqlite'))
  const state = await replay(store)
  await store.close()
  const rooms = new Rooms({ store, clock: systemClock, state: () => state, onFault: assert.ifError })
  const found = [...names].flatMap((name) => {
    const room = parseRoom(name)
    return room === null || isText(room)
      ? []
      : [[name, JSON.parse(JSON.stringify(rooms.viewOf(room))) as unknown] as const]
  })
  return new Map(found)
}

export async function testHub(options: Partial<HubOptions> = {}, parts: HubParts = {}): Promise<TestHub> {
  const dataFolder = options.dataFolder ?? temporaryFolder()
  const faults: unknown[] = []
  const hub = await startHub(
    { host: '127.0.0.1', port: 0, sampleCommune: true, ...options, dataFolder },
    { onFault: (fault) => faults.push(fault), ...parts },
  )
  const end = async () => {
    const live = hub.rooms.boards()
    assert.deepEqual(live, await boardsFromLedger(dataFolder, live.keys()))
    await hub.close()
    rmSync(dataFolder, { recursive: true, force: true })
  }
  return { ...hub, dataFolder, faults, end }
}

export interface HubProcess {
  readonly url: string
  readonly process: ChildProcess
  /** Ends it without a warning, as a power cut does. */
  kill(): Promise<void>
}

/** The hub as a process of its own, run from the sources. */
export async function spawnHub(options: HubOptions): Promise<HubProcess> {
  const child = spawn(process.execPath, [join(ROOT, 'hub/main.ts'), JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve)
    child.once('exit', (code) => reject(new Error(`the hub ended with ${code} before it listened`)))
  })
  const { url } = JSON.parse(line) as HubListening
  return {
    url,
    process: child,
    kill: async () => {
      child.kill('SIGKILL')
      await exited
    },
  }
}
