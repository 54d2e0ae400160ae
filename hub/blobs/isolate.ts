// Starts code that may crash, hang or eat memory where that harms nobody, and talks to it over its standard streams.
import { spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'

/** A started piece of code; `ended` comes once, for whatever reason it ended. */
export interface Isolate {
  readonly input: Writable
  readonly output: Readable
  onEnded(listener: () => void): void
  /** Ends it now, whatever it is doing. Answers when it is gone. */
  kill(): Promise<void>
}

export type StartIsolate = (file: URL, argument: string, heapMb: number) => Isolate

/**
 * A process, not a thread: `resourceLimits` of a thread are no wall. In Node 24 a thread that grows one Map or one array of
 * arrays past its limit ends the whole process ("FATAL ERROR: invalid table size"), and with it the meeting.
 */
export const startProcess: StartIsolate = (file, argument, heapMb) => {
  // It may read code, and nothing else: no writing, no processes, no native code, and none of the hub's environment.
  const flags = [`--max-old-space-size=${heapMb}`, '--permission', '--allow-fs-read=*', '--no-warnings']
  const child = spawn(process.execPath, [...flags, fileURLToPath(file), argument], {
    env: {},
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true,
  })
  const gone = new Promise<void>((resolve) => {
    child.once('error', () => resolve())
    child.once('close', () => resolve())
  })
  return {
    input: child.stdin,
    output: child.stdout,
    onEnded: (listener) => void gone.then(listener),
    kill() {
      child.kill('SIGKILL')
      return gone
    },
  }
}

/** In Electron's utility process: its fuses forbid running Electron as Node, so a thread is the best there is. */
export const startThread: StartIsolate = (file, argument, heapMb) => {
  const worker = new Worker(file, {
    argv: [argument],
    env: {},
    execArgv: [],
    stdin: true,
    stdout: true,
    stderr: true,
    // A small young generation makes V8 notice the limit earlier and end only the thread in more cases.
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 8 },
  })
  const input = worker.stdin
  if (input === null) throw new Error('a thread with stdin: true has none')
  const gone = new Promise<void>((resolve) => {
    worker.once('exit', () => resolve())
  })
  worker.on('error', () => {
    // Told by 'exit', which always follows; unheard, it would end the hub.
  })
  return {
    input,
    output: worker.stdout,
    onEnded: (listener) => void gone.then(listener),
    async kill() {
      await worker.terminate()
    },
  }
}

export const startIsolate: StartIsolate = 'electron' in process.versions ? startThread : startProcess
