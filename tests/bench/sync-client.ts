// A client of the y-websocket protocol that is as cheap as possible: many of them fit into the one process that makes the load.

import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { TEXT_ROOT } from '../../shared/hub/rooms.ts'
import { MESSAGE } from '../../shared/hub/wire.ts'

export const SYNC = { step1: 0, step2: 1, update: 2 } as const

const MARK = Buffer.from('T:')
const DIGITS = 16

export function syncMessage(step: number, body: Uint8Array): Uint8Array {
  return message(MESSAGE.sync, (encoder) => {
    encoding.writeVarUint(encoder, step)
    encoding.writeVarUint8Array(encoder, body)
  })
}

function message(type: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, type)
  write(encoder)
  return encoding.toUint8Array(encoder)
}

function nowMicros(): number {
  return Number(process.hrtime.bigint() / 1000n)
}

export class SyncClient implements Disposable {
  /** Called with the age (µs) of every edit of another client that arrives. */
  onEdit: ((age: number) => void) | null = null
  private readonly socket: WebSocket
  private readonly doc = new Y.Doc()
  private readonly name: string

  private constructor(socket: WebSocket, id: number) {
    this.socket = socket
    this.name = `u${id}`
    this.doc.clientID = 1000 + id
    this.doc.on('update', (update) => this.socket.send(syncMessage(SYNC.update, update)))
  }

  /** Connects and answers when the whole document has arrived. */
  static async join(address: string, id: number): Promise<SyncClient> {
    const socket = new WebSocket(address, { perMessageDeflate: false })
    const client = new SyncClient(socket, id)
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject)
      socket.once('close', () => reject(new Error('closed before the document arrived')))
      socket.once('open', () => {
        socket.send(message(MESSAGE.bind, (encoder) => encoding.writeVarUint(encoder, client.doc.clientID)))
        // State vector of an empty document.
        socket.send(syncMessage(SYNC.step1, new Uint8Array([0])))
      })
      socket.on('message', (data: Buffer) => {
        if (client.read(data)) resolve()
      })
    })
    return client
  }

  /** One edit that carries the time. */
  edit(): void {
    this.doc.getMap(TEXT_ROOT).set(this.name, `T:${String(nowMicros()).padStart(DIGITS, '0')}`)
  }

  [Symbol.dispose](): void {
    this.socket.terminate()
  }

  /** True for the answer to step 1. */
  private read(data: Buffer): boolean {
    if (data[0] !== MESSAGE.sync) return false
    if (data[1] === SYNC.update && this.onEdit !== null) {
      const now = nowMicros()
      // A server may put several edits into one update.
      for (let at = data.indexOf(MARK); at !== -1; at = data.indexOf(MARK, at + DIGITS)) {
        this.onEdit(now - Number(data.toString('latin1', at + MARK.length, at + MARK.length + DIGITS)))
      }
    }
    return data[1] === SYNC.step2
  }
}
