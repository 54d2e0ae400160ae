// A bad line on loopback: passes bytes on, counts them, and cuts each connection after as many as it is told.
import { createServer, connect, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

export interface CuttingProxy {
  readonly url: string
  /** Bytes taken from clients and from the hub, and connections cut, since the start or the last `reset`. */
  readonly counted: { fromClients: number; fromHub: number; cuts: number }
  reset(): void
  close(): Promise<void>
}

/** @param lifetime bytes, both ways together, that the next connection carries before it is cut; Infinity for a good line */
export async function startCuttingProxy(hubPort: number, lifetime: () => number): Promise<CuttingProxy> {
  const counted = { fromClients: 0, fromHub: 0, cuts: 0 }
  const open = new Set<Socket>()

  const server = createServer((client) => {
    const hub = connect(hubPort, '127.0.0.1')
    let left = lifetime()
    const end = () => {
      client.destroy()
      hub.destroy()
    }
    const pass = (from: Socket, to: Socket, side: 'fromClients' | 'fromHub') => {
      open.add(from)
      from.on('error', end)
      from.on('close', () => {
        open.delete(from)
        end()
      })
      from.on('data', (bytes: Buffer) => {
        const through = Math.min(bytes.length, left)
        left -= through
        counted[side] += through
        if (left === 0) {
          counted.cuts += 1
          end()
        } else if (!to.write(bytes)) {
          from.pause()
          to.once('drain', () => from.resume())
        }
      })
    }
    pass(client, hub, 'fromClients')
    pass(hub, client, 'fromHub')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counted,
    reset() {
      Object.assign(counted, { fromClients: 0, fromHub: 0, cuts: 0 })
    },
    async close() {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
