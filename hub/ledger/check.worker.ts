// `tra-my ledger verify` runs this as a process of its own: the data folder as argument, one line of JSON a stream, exit code 1 when something is wrong.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { openSqliteStore } from '../store/sqlite-store.ts'
import { checkLedger } from './check.ts'

const file = join(process.argv[2] ?? '', 'hub.sqlite')
if (!existsSync(file)) {
  process.exitCode = 2
} else {
  const store = openSqliteStore(file)
  let sound = true
  for await (const report of checkLedger(store)) {
    sound &&= report.ok
    process.stdout.write(`${JSON.stringify(report)}\n`)
  }
  await store.close()
  process.exitCode = sound ? 0 : 1
}
