// Starts the hub as a process of its own: options as one JSON argument, the address as the first message to the parent.
import { z } from 'zod'
import { startHub } from './server.ts'
import type { HubListening, HubOptions } from './start-contract.ts'

const optionsSchema = z.strictObject({
  dataFolder: z.string().min(1),
  host: z.string().min(1),
  port: z.number().int().min(0).max(65_535),
  rendererFolder: z.string().optional(),
  sampleCommune: z.boolean().optional(),
  tls: z.strictObject({ keyFile: z.string(), certFile: z.string() }).optional(),
  allowedOrigins: z.array(z.string()).optional(),
})

/** Electron's utility process has a `parentPort`; a forked Node has `process.send`; a shell has standard output. */
interface Parent {
  readonly parentPort?: { postMessage(message: unknown): void; on(event: 'message', listener: () => void): void }
}

function tell(message: HubListening): void {
  const { parentPort } = process as unknown as Parent
  if (parentPort !== undefined) parentPort.postMessage(message)
  else if (process.send !== undefined) process.send(message)
  else process.stdout.write(`${JSON.stringify(message)}\n`)
}

/** A fault inside must be seen by whoever keeps the hub, without what people wrote: kind and place only. */
function report(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : 'unknown fault'
  process.stderr.write(`${new Date().toISOString()} fault: ${text}\n`)
}

const options = optionsSchema.parse(JSON.parse(process.argv[2] ?? '{}')) as HubOptions
const hub = await startHub(options, { onFault: report })
tell({ type: 'listening', url: hub.url, pid: process.pid })

let stopping = false
async function stop(): Promise<void> {
  if (stopping) return
  stopping = true
  await hub.close()
  process.exit(0)
}
process.on('SIGTERM', () => void stop())
process.on('SIGINT', () => void stop())
// The parent is gone: nobody would stop this process any more.
process.on('disconnect', () => void stop())
process.on('uncaughtException', report)
process.on('unhandledRejection', report)
