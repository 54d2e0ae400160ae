// One loopback address for the life of the process: certificates name it before any service answers behind it.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void

export interface LoopbackListener {
  /** `http://127.0.0.1:<port>` */
  readonly baseUrl: string
  /** Null: nobody at home, every connection is dropped, as when the line is cut. */
  answerWith(handler: RequestHandler | null): void
}

/**
 * The port stays taken, because the addresses in certificates cannot change; services come and go behind it. It does not
 * keep the process alive.
 */
export async function loopbackListener(): Promise<LoopbackListener> {
  let current: RequestHandler | null = null
  const server: Server = createServer((request, response) => {
    if (current === null) request.socket.destroy()
    else current(request, response)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  server.unref()
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    answerWith: (handler) => {
      current = handler
      if (handler === null) server.closeAllConnections()
    },
  }
}
