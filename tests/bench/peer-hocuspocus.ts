// A peer of the sync benchmark: @hocuspocus/server 4.7.0, without a database and without hooks of ours.

import * as Y from 'yjs'
import type { StartServer } from './sync-kinds.ts'

/** @param flushDelay ms for which it gathers what it sends: 0 as the package comes, up to the same turn of the event loop */
export function startHocuspocus(flushDelay: number): StartServer {
  return async (port, document) => {
    const { Server } = await import('@hocuspocus/server')
    const state = Y.encodeStateAsUpdate(document)
    const server = new Server({
      port,
      address: '127.0.0.1',
      quiet: true,
      flushDelay,
      // The room is loaded when the first client comes, before anything is measured.
      onLoadDocument: async ({ document: loaded }) => {
        Y.applyUpdate(loaded, state)
        await Promise.resolve()
      },
    })
    await server.listen()
    return { address: () => `ws://127.0.0.1:${port}` }
  }
}
