// Starts the service worker that opens the application without a line: in a browser only, the desktop has the screens with it.
import { BRIDGE_KEY } from '../../shared/desktop/bridge.ts'

const WORKER_PATH = '/service-worker.js'

/**
 * Never rejects and never holds the page up: where workers are not to be had (plain HTTP, a private window, a
 * development server) the application works as before, with a line.
 */
export function keepShellOnDevice(): void {
  if (BRIDGE_KEY in window || !import.meta.env.PROD || !('serviceWorker' in navigator)) return
  navigator.serviceWorker.register(WORKER_PATH, { updateViaCache: 'none' }).catch(() => undefined)
}
