// A socket that speaks the room protocol by hand, for the things that no honest client does.
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import { MESSAGE } from '../../shared/hub/wire.ts'

export interface RawSocket {
  send(bytes: Uint8Array): void
  sendUpdate(update: Uint8Array): void
  sendStep2(update: Uint8Array): void
  sendVector(vector: Uint8Array): void
  bind(clientId: number): void
  /** Refusals received so far: code and advice. */
  readonly refusals: { code: string; advice: string }[]
  readonly acknowledged: number[]
  /** Sync bodies received, in order: step and bytes. */
  readonly received: { step: number; body: Uint8Array }[]
  readonly rights: { epoch: number; write: boolean }[]
  readonly closed: Promise<{ code: number; reason: string }>
  close(): void
}

export async function rawSocket(url: string, room: string, ticket: string | null): Promise<RawSocket> {
  const query = ticket === null ? '' : `?ticket=${ticket}`
  const socket = new WebSocket(`${url.replace('http', 'ws')}/sync/${room}${query}`)
  const refusals: RawSocket['refusals'] = []
  const acknowledged: number[] = []
  const received: RawSocket['received'] = []
  const rights: RawSocket['rights'] = []
  socket.on('message', (data: Buffer) => {
    const decoder = decoding.createDecoder(new Uint8Array(data))
    const type = decoding.readVarUint(decoder)
    if (type === MESSAGE.sync)
      received.push({ step: decoding.readVarUint(decoder), body: decoding.readVarUint8Array(decoder) })
    if (type === MESSAGE.refused)
      refusals.push({ code: decoding.readVarString(decoder), advice: decoding.readVarString(decoder) })
    if (type === MESSAGE.acknowledged) acknowledged.push(decoding.readVarUint(decoder))
    if (type === MESSAGE.rights)
      rights.push(JSON.parse(decoding.readVarString(decoder)) as { epoch: number; write: boolean })
  })
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() })),
  )
  socket.on('error', () => undefined)
  await new Promise((resolve) => socket.once('open', resolve))
  const sync = (step: number, body: Uint8Array) =>
    socket.send(
      encoding.encode((encoder) => {
        encoding.writeVarUint(encoder, MESSAGE.sync)
        encoding.writeVarUint(encoder, step)
        encoding.writeVarUint8Array(encoder, body)
      }),
    )
  return {
    send: (bytes) => socket.send(bytes),
    sendVector: (vector) => sync(0, vector),
    sendStep2: (update) => sync(1, update),
    sendUpdate: (update) => sync(2, update),
    bind: (clientId) =>
      socket.send(
        encoding.encode((encoder) => {
          encoding.writeVarUint(encoder, MESSAGE.bind)
          encoding.writeVarUint(encoder, clientId)
        }),
      ),
    refusals,
    acknowledged,
    received,
    rights,
    closed,
    close: () => socket.close(),
  }
}
