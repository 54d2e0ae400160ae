// Runs the key derivation in a worker of its own, which ends with it: 64 MiB are not kept for a login a day.
import type { DeriveKey } from './key-derivation.ts'

/** @throws when the worker cannot be started or fails (no memory) */
export const deriveInWorker: DeriveKey = (request) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./key-derivation.worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = (event: MessageEvent<Uint8Array>) => {
      worker.terminate()
      resolve(event.data)
    }
    worker.onerror = (event) => {
      worker.terminate()
      reject(new Error(`key derivation failed: ${event.message}`))
    }
    worker.postMessage(request)
  })
