// A started signing process, whatever started it: a child of plain Node, or Electron's utility process.
import { fork } from 'node:child_process'

export interface SigningChild {
  post(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** At most once. */
  onExit(listener: () => void): void
  /** At once: a driver that hangs hears nothing. */
  kill(): void
}

export type SpawnSigning = () => SigningChild

/** @param entry the built signing process, or `electron/signing/signing-process.ts` in a source tree @param env of the process; its parent's by default */
export function nodeSigningChild(entry: string, env: NodeJS.ProcessEnv = process.env): SpawnSigning {
  return () => {
    const child = fork(entry, [], {
      execArgv: [],
      env,
      // Bytes travel as bytes: as JSON, a PIN would become text on the way.
      serialization: 'advanced',
      // Drivers write to the console what they like.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    return {
      post: (message) => {
        // A child that has just ended is reported by `exit`.
        if (child.connected) child.send(message as object, () => undefined)
      },
      onMessage: (listener) => child.on('message', listener),
      // A file that cannot be started gives `error` and no `exit`.
      onExit: (listener) => {
        let told = false
        const once = (): void => {
          if (!told) listener()
          told = true
        }
        child.on('exit', once)
        child.on('error', once)
      },
      kill: () => child.kill('SIGKILL'),
    }
  }
}

/** The part of Electron's UtilityProcess that is used, so that this side need not import Electron. */
export interface UtilityChild {
  readonly pid?: number | undefined
  postMessage(message: unknown): void
  on(event: 'message', listener: (message: unknown) => void): unknown
  on(event: 'exit', listener: (code: number) => void): unknown
}

/** @param start `() => utilityProcess.fork(entry, [], { serviceName: …, stdio: 'ignore' })` */
export function utilitySigningChild(start: () => UtilityChild): SpawnSigning {
  return () => {
    const child = start()
    return {
      post: (message) => child.postMessage(message),
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void child.on('exit', () => listener()),
      // Electron's own kill() asks politely, which a hung driver does not hear.
      kill: () => {
        if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL')
      },
    }
  }
}
