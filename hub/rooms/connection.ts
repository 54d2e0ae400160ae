// One socket in one room: who it belongs to, what it may do, and how it is told things.
import type { Socket } from 'node:net'
import type { WebSocket } from 'ws'
import { LIMITS, CLOSE, type RetryAdvice, type RoomRights } from '../../shared/hub/wire.ts'
import { frame, messageOf } from './frames.ts'

export interface Holder {
  readonly personId: string
  readonly sessionId: string
  readonly deviceId: string
}

export class Connection {
  readonly holder: Holder
  readonly socket: WebSocket
  /** Receives the room's changes: from its first sync on. */
  live = false
  mayWrite = false
  /** Updates of this connection that are durable. */
  acknowledged = 0
  /** The client has answered the hub's state vector: gaps are no longer to be expected. */
  caughtUp = false
  resynced = false
  held: Uint8Array[] = []
  heldBytes = 0

  constructor(socket: WebSocket, holder: Holder) {
    this.socket = socket
    this.holder = holder
  }

  send(message: Uint8Array): void {
    this.write(frame(message))
  }

  /** Writes prepared frames; a reader who does not keep up is closed and synchronises again later, so memory stays bounded. */
  write(frames: Buffer): void {
    if (this.socket.readyState !== this.socket.OPEN) return
    const socket = tcpOf(this.socket)
    if (socket.writableLength > LIMITS.unsentBytes) {
      this.close(CLOSE.tooSlow, 'too slow')
      return
    }
    socket.write(frames)
  }

  refuse(code: string, advice: RetryAdvice): void {
    this.send(messageOf.refused(code, advice))
  }

  tellRights(rights: RoomRights): void {
    this.mayWrite = rights.write
    this.send(messageOf.rights(rights))
  }

  close(code: number, reason: string): void {
    this.live = false
    this.socket.close(code, reason)
  }
}

/** `ws` keeps the TCP socket under this name; frames are written to it whole because compression is off. */
function tcpOf(socket: WebSocket): Socket {
  return (socket as unknown as { readonly _socket: Socket })._socket
}
