// The practical limit of one Node process: one frame built once and written to every socket, one snapshot framed once for all joiners; nothing is checked, kept or answered.

import type { Socket } from 'node:net'
import { WebSocketServer } from 'ws'
import * as Y from 'yjs'
import { frame } from '../../hub/rooms/frames.ts'
import { MESSAGE } from '../../shared/hub/wire.ts'
import { SYNC, syncMessage, Y_WEBSOCKET } from './sync-dialect.ts'
import type { BenchServer } from './sync-kinds.ts'

export async function startFrame(port: number, document: Y.Doc): Promise<BenchServer> {
  const peers = new Set<Socket>()
  const snapshot = frame(syncMessage(Y_WEBSOCKET, SYNC.step2, Y.encodeStateAsUpdate(document)))
  const server = new WebSocketServer({ port, host: '127.0.0.1', perMessageDeflate: false })
  server.on('connection', (ws, { socket }) => {
    peers.add(socket)
    ws.on('close', () => peers.delete(socket))
    ws.on('error', () => ws.terminate())
    ws.on('message', (message: Buffer) => {
      if (message[0] === MESSAGE.sync && message[1] === SYNC.step1) socket.write(snapshot)
      else if (message[0] === MESSAGE.sync || message[0] === MESSAGE.awareness) {
        const framed = frame(message)
        for (const peer of peers) if (peer !== socket) peer.write(framed)
      }
    })
  })
  await new Promise((resolve) => server.once('listening', resolve))
  return { address: () => `ws://127.0.0.1:${port}/room` }
}
