// The sockets: a ticket opens one room; messages are limited before they are read, and read before anything is done.
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type RawData, type WebSocket } from 'ws'
import { CLOSE, LIMITS, SYNC_PATH } from '../../shared/hub/wire.ts'
import type { RefusalCode } from '../../shared/refusal.ts'
import type { Tickets } from '../access/tickets.ts'
import type { Clock } from '../clock.ts'
import { RateLimit } from '../rate-limit.ts'
import type { BoardRoom } from './board-room.ts'
import { Connection, type Holder } from './connection.ts'
import { messageOf, readMessage, type ClientMessage } from './frames.ts'
import type { Rooms } from './rooms.ts'
import type { TextRoom } from './text-room.ts'

export interface RoomServer {
  close(): Promise<void>
}

/** Answers upgrades below `/sync/` on an HTTP server that exists already. */
export function serveRooms(server: Server, rooms: Rooms, tickets: Tickets, clock: Clock): RoomServer {
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: LIMITS.frameBytes })
  const rate = new RateLimit(clock, LIMITS.messagesPerSecond * 2, LIMITS.messagesPerSecond)
  const keepAlive = setInterval(() => {
    const frame = messageOf.keepAlive()
    for (const connection of live) connection.send(frame)
  }, LIMITS.keepAliveMs)
  const live = new Set<Connection>()
  const perSession = new Map<string, number>()
  let serial = 0

  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const url = new URL(request.url ?? '/', 'http://hub')
    if (!url.pathname.startsWith(SYNC_PATH)) {
      socket.destroy()
      return
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      // Nobody listens yet: without this an error of a socket that breaks at once would end the process.
      webSocket.on('error', () => webSocket.terminate())
      const name = decodeRoom(url.pathname.slice(SYNC_PATH.length))
      const holder = tickets.redeem(url.searchParams.get('ticket'), name)
      if (holder.ok) void admit(webSocket, name, holder.value)
      else webSocket.close(CLOSE.ticketExpired, holder.code)
    })
  }

  async function admit(webSocket: WebSocket, name: string, holder: Holder): Promise<void> {
    const found = rooms.access(name, holder.personId)
    if (found?.access.read !== true) {
      webSocket.close(CLOSE.noAccess, 'forbidden' satisfies RefusalCode)
      return
    }
    const open = perSession.get(holder.sessionId) ?? 0
    if (open >= LIMITS.roomsPerSession) {
      webSocket.close(CLOSE.tooFast, 'rate-limited' satisfies RefusalCode)
      return
    }
    perSession.set(holder.sessionId, open + 1)
    const connection = new Connection(webSocket, holder)
    serial += 1
    const key = `${serial}`
    const early: Uint8Array[] = []
    let room: BoardRoom | TextRoom | null = null
    let closed = false
    webSocket.on('message', (data: RawData) => {
      const bytes = bytesOf(data)
      if (!rate.take(key)) connection.close(CLOSE.tooFast, 'rate-limited')
      else if (room === null) early.push(bytes)
      else receive(room, connection, bytes)
    })
    webSocket.on('close', () => {
      closed = true
      live.delete(connection)
      const left = (perSession.get(holder.sessionId) ?? 1) - 1
      if (left > 0) perSession.set(holder.sessionId, left)
      else perSession.delete(holder.sessionId)
      if (room !== null) rooms.leave(room, connection)
    })
    try {
      room = await rooms.enter(name, found.room, connection)
    } catch {
      connection.close(CLOSE.later, 'hub-unavailable')
      return
    }
    // The line may have gone while the room was loaded; then its close has been and nobody would take it out again.
    if (closed as boolean) {
      rooms.leave(room, connection)
      return
    }
    live.add(connection)
    for (const bytes of early) receive(room, connection, bytes)
  }

  server.on('upgrade', onUpgrade)
  return {
    close: async () => {
      clearInterval(keepAlive)
      server.off('upgrade', onUpgrade)
      for (const socket of sockets.clients) socket.close(CLOSE.later, 'hub stops')
      await new Promise<void>((done) => sockets.close(() => done()))
    },
  }
}

function receive(room: BoardRoom | TextRoom, connection: Connection, bytes: Uint8Array): void {
  let message: ClientMessage
  try {
    message = readMessage(bytes)
    handle(room, connection, message)
  } catch {
    // Bytes that are no message of the protocol: the refusal is told, and the line is closed because nothing after it can be trusted.
    connection.refuse('malformed', 'reset')
    connection.close(CLOSE.malformed, 'malformed')
  }
}

function handle(room: BoardRoom | TextRoom, connection: Connection, message: ClientMessage): void {
  switch (message.type) {
    case 'awareness':
      room.presence.receive(connection, message.body)
      return
    case 'query-awareness':
      room.presence.greet(connection)
      return
    case 'bind':
      room.bind(connection, message.clientId)
      return
    case 'sync': {
      const { step, body } = message.message
      if (step === 'vector') room.synchronise(connection, body)
      else room.receiveUpdate(connection, body, step === 'missing')
    }
  }
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data)
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data
}

function decodeRoom(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return ''
  }
}
