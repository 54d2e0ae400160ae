// Looks at a file before it is signed, or cleans it, in a worker of its own that ends with it, within a time.
import type { ScanFinding } from '../../shared/pdf/scan/finding.ts'
import type { SignFaultCode } from '../../shared/pdf/sign/fault.ts'

export interface ScanQuestion {
  readonly bytes: Uint8Array
  /** Write it anew first, and look at what came out. */
  readonly clean: boolean
}

export interface Scanned {
  readonly findings: readonly ScanFinding[]
  /** Names of the signature fields that wait for a signature. */
  readonly waiting: readonly string[]
  /** The whole new file; null where it was only looked at. */
  readonly cleaned: Uint8Array | null
}

export type ScanAnswer = Scanned | { readonly fault: SignFaultCode }

/** A paper of 2,000 pages takes some seconds; ten times that is a file that wants to hang. */
const PATIENCE_MS = 60_000

/** @returns null when no answer came in time, or the worker died */
export function scanInWorker(question: ScanQuestion): Promise<ScanAnswer | null> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./scan.worker.ts', import.meta.url), { type: 'module' })
    const end = (answer: ScanAnswer | null) => {
      clearTimeout(timer)
      worker.terminate()
      resolve(answer)
    }
    const timer = setTimeout(() => end(null), PATIENCE_MS)
    worker.onmessage = (event: MessageEvent<ScanAnswer>) => end(event.data)
    worker.onerror = () => end(null)
    worker.postMessage(question)
  })
}
