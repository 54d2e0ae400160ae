// Which pages of other origins may call the hub: the desktop's own, and nobody else's. The credential travels in a header, never in a cookie.
import type { FastifyInstance } from 'fastify'

const METHODS = 'GET, POST, PUT'
const HEADERS = 'authorization, content-type, range, if-range'
const EXPOSED = 'accept-ranges, content-range, content-length, etag, retry-after'

export function allowOrigins(app: FastifyInstance, allowed: readonly string[]): void {
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('x-content-type-options', 'nosniff').header('referrer-policy', 'no-referrer')
    const origin = request.headers.origin
    if (origin === undefined || !allowed.includes(origin)) return undefined
    void reply
      .header('access-control-allow-origin', origin)
      .header('vary', 'origin')
      .header('access-control-expose-headers', EXPOSED)
    if (request.method !== 'OPTIONS') return undefined
    void reply
      .header('access-control-allow-methods', METHODS)
      .header('access-control-allow-headers', HEADERS)
      .header('access-control-max-age', 600)
    // Chromium asks this of pages that call an address of the local network.
    if (request.headers['access-control-request-private-network'] === 'true')
      void reply.header('access-control-allow-private-network', 'true')
    return await reply.code(204).send()
  })
}
