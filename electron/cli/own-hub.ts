// Runs a hub for a command: built or from source, kept alive, stopped with the command.
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { HubOptions } from '../../hub/start-contract.ts'
import { startNodeHub } from '../hub-process/node-hub.ts'
import { superviseHub, type HubSupervisor } from '../hub-process/supervisor.ts'

const ROOT = join(import.meta.dirname, '../..')
const RENDERER = join(ROOT, 'dist/renderer')

export const DEFAULT_PORT = 4680
/** Where `npm start` keeps its data without Electron; beside the sources, so that deleting the folder deletes everything. */
export const DEFAULT_DATA = '.tra-my'

export interface OwnHub {
  readonly url: string
  stop(): Promise<void>
}

/** @returns null when the hub does not come up; it has said why on standard error */
export async function runHub(options: HubOptions): Promise<OwnHub | null> {
  const built = join(ROOT, 'dist/hub/main.js')
  const entry = existsSync(built) ? built : join(ROOT, 'hub/main.ts')
  const withScreens = existsSync(RENDERER) ? { ...options, rendererFolder: RENDERER } : options
  const hub: HubSupervisor = superviseHub(withScreens, {
    start: (now) => startNodeHub(entry, now),
    now: () => performance.now(),
    wait: delay,
  })
  const listening = await hub.listening.catch(() => null)
  return listening === null ? null : { url: listening.url, stop: () => hub.stop() }
}

/** Whether a hub could listen there now. */
export function isPortFree(port: number, host: string): Promise<boolean> {
  return new Promise((known) => {
    const probe = createServer()
    probe.once('error', () => known(false))
    probe.listen(port, host, () => {
      probe.close(() => known(true))
    })
  })
}
