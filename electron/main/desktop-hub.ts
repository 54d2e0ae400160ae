// The hub this desktop belongs to: the office's, by its address, or the embedded one, started as a process of its own.
import { utilityProcess } from 'electron'
import { setTimeout as delay } from 'node:timers/promises'
import type { HubOptions } from '../../hub/start-contract.ts'
import type { DesktopSettings } from '../hub-process/settings.ts'
import { superviseHub, type HubChild } from '../hub-process/supervisor.ts'
import { APP_ORIGIN } from './app-origin.ts'

export interface DesktopHub {
  readonly url: string
  stop(): Promise<void>
}

/**
 * @param entry the built `hub/main.js` @param rendererFolder served by the embedded hub to tablets in the room
 * @throws when the embedded hub does not come up
 */
export async function openDesktopHub(
  settings: DesktopSettings,
  places: { readonly entry: string; readonly dataFolder: string; readonly rendererFolder: string },
): Promise<DesktopHub> {
  if (settings.hub.kind === 'remote') return { url: settings.hub.url, stop: () => Promise.resolve() }
  const { host, port, sampleCommune } = settings.hub
  const hub = superviseHub(
    {
      dataFolder: places.dataFolder,
      host,
      port,
      rendererFolder: places.rendererFolder,
      sampleCommune,
      allowedOrigins: [APP_ORIGIN],
    },
    { start: (options) => startUtility(places.entry, options), now: () => performance.now(), wait: delay },
  )
  const { url } = await hub.listening
  return { url, stop: () => hub.stop() }
}

function startUtility(entry: string, options: HubOptions): HubChild {
  const child = utilityProcess.fork(entry, [JSON.stringify(options)], { serviceName: 'Tra My hub' })
  return {
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.on('exit', () => listener()),
    stop: () => child.kill(),
    // Electron has one way to end a utility process; what outlives it is ended by the system together with this process.
    kill: () => {
      if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL')
    },
  }
}
