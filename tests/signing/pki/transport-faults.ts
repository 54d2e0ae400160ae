// How a service fails before its answer is even read: the ways of the line, the web server and the proxy in between.
import type { ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

export type TransportFault =
  | 'none'
  | 'http-500'
  | 'http-404'
  | 'close'
  | 'truncated'
  | 'drip'
  | 'huge'
  | 'huge-declared'
  | 'wrong-content-type'
  | 'empty'
  | 'garbage'
  | 'redirect-once'
  | 'redirect-loop'
  | 'redirect-to-file'

const HUGE_BYTES = 256 * 1024 * 1024
const CHUNK = Buffer.alloc(64 * 1024, 0x30)
const DRIP_MS = 20

export interface Answer {
  readonly contentType: string
  readonly body: Uint8Array
}

/** @param path of the request; a redirection leads to the same path with `?again` */
export async function deliver(
  response: ServerResponse,
  fault: TransportFault,
  path: string,
  answer: () => Promise<Answer>,
): Promise<void> {
  switch (fault) {
    case 'none':
      send(response, await answer())
      return
    case 'http-500':
      response.writeHead(500).end('Internal Server Error')
      return
    case 'http-404':
      response.writeHead(404).end('Not Found')
      return
    case 'close':
      response.socket?.destroy()
      return
    case 'truncated': {
      const { contentType, body } = await answer()
      response.writeHead(200, { 'content-type': contentType, 'content-length': body.length })
      response.write(body.subarray(0, body.length / 2), () => response.socket?.destroy())
      return
    }
    case 'drip':
      return drip(response, await answer())
    case 'huge':
      return flood(response)
    case 'huge-declared':
      response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': HUGE_BYTES })
      response.flushHeaders()
      return
    case 'wrong-content-type':
      send(response, { ...(await answer()), contentType: 'text/html; charset=utf-8' })
      return
    case 'empty':
      send(response, { ...(await answer()), body: new Uint8Array() })
      return
    case 'garbage':
      send(response, { ...(await answer()), body: Buffer.from('<html>Vui lòng đăng nhập</html>') })
      return
    case 'redirect-once':
      if (path.endsWith('?again')) send(response, await answer())
      else response.writeHead(307, { location: `${path}?again` }).end()
      return
    case 'redirect-loop':
      response.writeHead(307, { location: path }).end()
      return
    case 'redirect-to-file':
      response.writeHead(302, { location: 'file:///etc/hostname' }).end()
  }
}

function send(response: ServerResponse, { contentType, body }: Answer): void {
  response.writeHead(200, { 'content-type': contentType, 'content-length': body.length }).end(body)
}

/** Byte by byte: each arrives in time, the whole never does. */
async function drip(response: ServerResponse, { contentType, body }: Answer): Promise<void> {
  response.writeHead(200, { 'content-type': contentType })
  for (const byte of body) {
    if (response.destroyed) return
    response.write(Uint8Array.of(byte))
    await wait(DRIP_MS)
  }
  response.end()
}

/** More than anybody takes, without saying so beforehand. */
async function flood(response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/octet-stream' })
  for (let sent = 0; sent < HUGE_BYTES && !response.destroyed; sent += CHUNK.length)
    if (!response.write(CHUNK)) await Promise.race([once(response, 'drain'), once(response, 'close')])
  response.end()
}

function once(response: ServerResponse, event: 'drain' | 'close'): Promise<void> {
  return new Promise((resolve) => response.once(event, () => resolve()))
}
