// Starts the hub as a child of plain Node: for the command line, where there is no Electron.
import { fork } from 'node:child_process'
import type { HubOptions } from '../../hub/start-contract.ts'
import type { HubChild } from './supervisor.ts'

/** @param entry the built `dist/hub/main.js`, or `hub/main.ts` in a source tree */
export function startNodeHub(entry: string, options: HubOptions): HubChild {
  const child = fork(entry, [JSON.stringify(options)], { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  return {
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
    stop: () => child.kill('SIGTERM'),
    kill: () => child.kill('SIGKILL'),
  }
}
