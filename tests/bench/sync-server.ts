// One server of the sync benchmark in its own process: `node sync-server.ts KIND PORT EDITS`, started and questioned by server-process.ts.

import type { Socket } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import * as Y from 'yjs'
import { MESSAGE } from '../../shared/hub/wire.ts'
import { documentOfEdits } from './documents.ts'
import { startHubRooms } from './hub-server.ts'
import { SYNC, syncMessage } from './sync-client.ts'

export interface BenchServer {
  /** Where this client connects; asked once before each connection. */
  readonly address: (client: number) => string | Promise<string>
}

/** Opens one room that holds this document and answers when it listens. */
export type StartServer = (port: number, document: Y.Doc) => Promise<BenchServer>

/** Every kind that can be measured; the load, the tables and the ratios follow from this list. */
export function serversByKind(): ReadonlyMap<string, StartServer> {
  return new Map<string, StartServer>([
    ['raw', startRaw],
    ['frame', startFrame],
    ['hub', startHubRooms],
  ])
}

/** `ws.send` to everyone and the document encoded for every joiner: what a plain relay does. */
function startRaw(port: number, document: Y.Doc): Promise<BenchServer> {
  const peers = new Set<WebSocket>()
  return listen(port, (ws) => {
    peers.add(ws)
    ws.on('close', () => peers.delete(ws))
    return {
      join: () => ws.send(syncMessage(SYNC.step2, Y.encodeStateAsUpdate(document))),
      update: (message) => {
        for (const peer of peers) if (peer !== ws && peer.readyState === peer.OPEN) peer.send(message)
      },
    }
  })
}

/** One frame built once and written to every socket, one snapshot framed once for all joiners: the practical limit of one Node process. */
function startFrame(port: number, document: Y.Doc): Promise<BenchServer> {
  const peers = new Set<Socket>()
  const snapshot = frameOf(syncMessage(SYNC.step2, Y.encodeStateAsUpdate(document)))
  return listen(port, (ws, socket) => {
    peers.add(socket)
    ws.on('close', () => peers.delete(socket))
    return {
      join: () => socket.write(snapshot),
      update: (message) => {
        const frame = frameOf(message)
        for (const peer of peers) if (peer !== socket) peer.write(frame)
      },
    }
  })
}

interface Connection {
  readonly join: () => void
  readonly update: (message: Buffer) => void
}

async function listen(port: number, connect: (ws: WebSocket, socket: Socket) => Connection): Promise<BenchServer> {
  const server = new WebSocketServer({ port, host: '127.0.0.1', perMessageDeflate: false })
  server.on('connection', (ws, request) => {
    request.socket.setNoDelay(true)
    const connection = connect(ws, request.socket)
    ws.on('error', () => ws.terminate())
    ws.on('message', (message: Buffer) => {
      if (message[0] !== MESSAGE.sync) return
      if (message[1] === SYNC.step1) connection.join()
      else connection.update(message)
    })
  })
  await new Promise((resolve) => server.once('listening', resolve))
  return { address: () => `ws://127.0.0.1:${port}/room` }
}

/** An unmasked binary frame, as servers send it (RFC 6455 section 5.2). */
function frameOf(payload: Uint8Array): Buffer {
  const length = payload.byteLength
  const header = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10)
  header[0] = 0x82
  header[1] = length < 126 ? length : length < 65_536 ? 126 : 127
  if (header.length === 4) header.writeUInt16BE(length, 2)
  if (header.length === 10) header.writeBigUInt64BE(BigInt(length), 2)
  return Buffer.concat([header, payload])
}

/** Answers the parent: `address` of a client, or the processor time of this process in µs. */
async function main(): Promise<void> {
  const [kind = '', port = '', edits = '0'] = process.argv.slice(2)
  const start = serversByKind().get(kind)
  if (start === undefined) throw new Error(`unknown kind of server: ${kind}`)
  const server = await start(Number(port), documentOfEdits(Number(edits)))
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

if (import.meta.main) await main()
