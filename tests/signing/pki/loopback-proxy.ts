// An HTTP proxy on loopback that leads every name to one loopback port, so that proxies are tested without any network.
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'

export interface LoopbackProxy extends AsyncDisposable {
  readonly port: number
  /** `CONNECT tsa.example:443`, `GET http://tsa.example/…` */
  readonly seen: readonly string[]
  readonly authorizations: readonly string[]
}

/**
 * @param authorization what `proxy-authorization` must be; null: anything goes
 * @param silent takes connections and never answers
 */
export async function loopbackProxy(
  targetPort: number,
  { authorization = null, silent = false }: { authorization?: string | null; silent?: boolean } = {},
): Promise<LoopbackProxy> {
  const seen: string[] = []
  const authorizations: string[] = []
  const note = (request: IncomingMessage): boolean => {
    seen.push(`${request.method ?? ''} ${request.url ?? ''}`)
    const given = request.headers['proxy-authorization'] ?? ''
    authorizations.push(given)
    return authorization === null || given === authorization
  }
  const forward = (request: IncomingMessage, response: ServerResponse): void => {
    if (silent) return
    if (!note(request)) {
      response.writeHead(407).end()
      return
    }
    const { pathname, search } = new URL(request.url ?? '')
    const { method, headers } = request
    const onward = httpRequest(
      { host: '127.0.0.1', port: targetPort, path: pathname + search, method, headers },
      (answer) => answer.pipe(response.writeHead(answer.statusCode ?? 502, answer.headers)),
    )
    onward.on('error', () => response.destroy())
    request.pipe(onward)
  }
  const server = createServer(forward)
  const tunnels = new Set<Socket>()
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    socket.on('error', () => socket.destroy())
    tunnels.add(socket)
    if (silent) return
    if (!note(request)) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
      return
    }
    const onward = connect(targetPort, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      onward.pipe(socket).pipe(onward)
    })
    onward.on('error', () => socket.destroy())
    tunnels.add(onward)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    seen,
    authorizations,
    [Symbol.asyncDispose]: async () => {
      for (const socket of tunnels) socket.destroy()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
