// A client that is as cheap as possible: many of them fit into the one process that makes the load.

import * as decoding from 'lib0/decoding'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { TEXT_ROOT } from '../../shared/hub/rooms.ts'
import { MESSAGE } from '../../shared/hub/wire.ts'
import { awarenessMessage, type Dialect, firstInAwareness, SYNC, syncMessage } from './sync-dialect.ts'
import type { Kind } from './sync-kinds.ts'

/** An edit reads `T:`, who wrote it, when: some servers send a writer's own edits back, which are no delivery. */
const MARK = Buffer.from('T:')
const NAME_DIGITS = 4
const TIME_DIGITS = 16

function countIn(acknowledgement: Buffer): number {
  return decoding.readVarUint(decoding.createDecoder(acknowledgement.subarray(1)))
}

export class SyncClient implements Disposable {
  /** Called for every edit of another client that arrives; ms of this process' own clock. */
  onEdit: ((writtenAt: number, now: number) => void) | null = null
  /** Called when the server says how many edits of this connection are durable. */
  onAcknowledged: ((count: number) => void) | null = null
  /** Messages that arrived, of any type. */
  received = 0
  /** Size of the document as it arrived. */
  joinedBytes = 0
  private readonly socket: WebSocket
  private readonly dialect: Dialect
  private readonly echoes: boolean
  private readonly doc = new Y.Doc()
  readonly name: string
  private presenceClock = 0

  private constructor(socket: WebSocket, kind: Kind, id: number) {
    this.socket = socket
    this.dialect = kind.dialect
    this.echoes = kind.echoes
    this.name = `${id}`.padStart(NAME_DIGITS, '0')
    this.doc.clientID = 1000 + id
    this.doc.on('update', (update) => this.socket.send(syncMessage(this.dialect, SYNC.update, update)))
  }

  /** Connects and answers when the whole document has arrived. */
  static async join(kind: Kind, address: string, id: number): Promise<SyncClient> {
    const socket = new WebSocket(address, { perMessageDeflate: false })
    const client = new SyncClient(socket, kind, id)
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject)
      socket.once('close', () => reject(new Error('closed before the document arrived')))
      socket.once('open', () => {
        for (const message of kind.dialect.greeting(client.doc.clientID)) socket.send(message)
        // State vector of an empty document.
        socket.send(syncMessage(kind.dialect, SYNC.step1, new Uint8Array([0])))
      })
      socket.on('message', (data: Buffer) => {
        if (client.read(data)) resolve()
      })
    })
    return client
  }

  /** One edit that carries the time. @returns what now stands under the name of this client */
  edit(): string {
    const time = performance.now().toFixed(3).padStart(TIME_DIGITS, '0')
    const written = `T:${this.name}${time}`
    this.doc.getMap(TEXT_ROOT).set(this.name, written)
    return written
  }

  /** One state of awareness, of the size that a name and a pointer take. */
  showPresence(): void {
    this.presenceClock += 1
    const state = {
      user: { id: this.name, name: `Đại biểu ${this.name}` },
      pointer: { x: this.presenceClock % 97, y: this.presenceClock % 89 },
    }
    this.socket.send(awarenessMessage(this.dialect, this.doc.clientID, this.presenceClock, state))
  }

  [Symbol.dispose](): void {
    this.socket.terminate()
  }

  /** True for the answer to step 1. */
  private read(data: Buffer): boolean {
    this.received += 1
    const at = this.dialect.prefix.length
    const type = data[at]
    if (type === MESSAGE.awareness) this.echo(data)
    if (type === MESSAGE.acknowledged && this.onAcknowledged !== null) this.onAcknowledged(countIn(data))
    if (type !== MESSAGE.sync) return false
    const step = data[at + 1]
    if (step === SYNC.update && this.onEdit !== null) this.findEdits(data, this.onEdit)
    if (step === SYNC.step2) this.joinedBytes = data.length
    return step === SYNC.step2
  }

  /** A server may put several edits into one update. */
  private findEdits(data: Buffer, found: (writtenAt: number, now: number) => void): void {
    const now = performance.now()
    for (let at = data.indexOf(MARK); at !== -1; at = data.indexOf(MARK, at + TIME_DIGITS)) {
      const name = at + MARK.length
      const time = name + NAME_DIGITS
      if (data.toString('latin1', name, time) !== this.name)
        found(Number(data.toString('latin1', time, time + TIME_DIGITS)), now)
    }
  }

  /** y-websocket 3.1.0 sends on whatever was new to it, also what it has just received; its own state is never new to it. */
  private echo(data: Buffer): void {
    if (!this.echoes) return
    const first = firstInAwareness(this.dialect, data)
    if (first !== null && first !== this.doc.clientID) this.socket.send(data)
  }
}
