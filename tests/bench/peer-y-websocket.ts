// A peer of the sync benchmark: @y/websocket-server 0.1.1, as its own start script sets it up, without a database.

import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'
import * as Y from 'yjs'
import type { BenchServer } from './sync-kinds.ts'
import { PEER_ROOM } from './sync-dialect.ts'

export async function startYWebsocketServer(port: number, document: Y.Doc): Promise<BenchServer> {
  const { getYDoc, setupWSConnection } = await import('@y/websocket-server/utils')
  Y.applyUpdate(getYDoc(PEER_ROOM), Y.encodeStateAsUpdate(document))
  // Compression off as everywhere in this benchmark; it is off by default in ws as well.
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  sockets.on('connection', (socket, request) => {
    setupWSConnection(socket, request)
    // It listens for no error: a client that ends without a farewell would end the process.
    socket.on('error', () => socket.terminate())
  })
  const server = createServer()
  server.on('upgrade', (request, socket, head) =>
    sockets.handleUpgrade(request, socket, head, (ws) => sockets.emit('connection', ws, request)),
  )
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return { address: () => `ws://127.0.0.1:${port}/${PEER_ROOM}` }
}
