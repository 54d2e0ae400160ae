// One server of the sync benchmark in its own process: `node sync-server.ts KIND PORT BYTES`, started and questioned by server-process.ts.

import { textOfSize } from './documents.ts'
import { kindOf } from './sync-kinds.ts'

/** Answers the parent: `address` of a client, or the processor time of this process in µs. */
async function main(): Promise<void> {
  const [kind = '', port = '', bytes = '0'] = process.argv.slice(2)
  const start = await kindOf(kind).load()
  const server = await start(Number(port), textOfSize(Number(bytes)))
  const answer = async (question: unknown) => {
    if (typeof question === 'number') process.send?.({ address: await server.address(question) })
    else {
      const { user, system } = process.cpuUsage()
      process.send?.({ cpu: user + system, rss: process.memoryUsage.rss() })
    }
  }
  process.on('message', (question) => void answer(question))
  process.on('disconnect', () => process.exit(0))
  process.send?.({ ready: true })
}

await main()
