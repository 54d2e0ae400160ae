// Verifies a file in a worker of its own that ends with it, within a time: a file made to hang hangs nothing else.
import type { Trust } from '../../shared/org/state.ts'
import type { FileReport } from '../../shared/signature/report.ts'

export interface VerifyQuestion {
  readonly name: string
  readonly bytes: Uint8Array
  readonly trust: Trust | null
  /** ms since 1970 */
  readonly now: number
}

/** A file with a hundred signatures takes two seconds on an office machine; ten times that is a file that wants to hang. */
const PATIENCE_MS = 60_000

/** @returns null when no answer came in time, or the worker died */
export function verifyInWorker(question: VerifyQuestion): Promise<FileReport | null> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./verify.worker.ts', import.meta.url), { type: 'module' })
    const end = (report: FileReport | null) => {
      clearTimeout(timer)
      worker.terminate()
      resolve(report)
    }
    const timer = setTimeout(() => end(null), PATIENCE_MS)
    worker.onmessage = (event: MessageEvent<FileReport>) => end(event.data)
    worker.onerror = () => end(null)
    worker.postMessage(question)
  })
}
