// The command line: `npm run tra-my -- <command>`.
import { EXIT, type Terminal } from './command.ts'
import { COMMANDS } from './commands.ts'
import { dispatch } from './dispatch.ts'

const terminal: Terminal = {
  line: (text) => console.log(text),
  complain: (text) => console.error(text),
  interrupted: new Promise((interrupted) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => interrupted())
  }),
}

process.exitCode = EXIT.failed
const code = await dispatch(process.argv.slice(2), COMMANDS, terminal)
// A restart of the hub may still be waiting for its moment.
process.exit(code)
