// The frames of a room's socket: y-websocket's messages and our own, framed once for all readers.
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { MESSAGE, type RetryAdvice, type RoomRights } from '../../shared/hub/wire.ts'

const SYNC_STEP_1 = 0
const SYNC_STEP_2 = 1
const SYNC_UPDATE = 2

export type SyncMessage = { readonly step: 'vector' | 'missing' | 'update'; readonly body: Uint8Array }

export type ClientMessage =
  | { readonly type: 'sync'; readonly message: SyncMessage }
  | { readonly type: 'awareness'; readonly body: Uint8Array }
  | { readonly type: 'query-awareness' }
  | { readonly type: 'bind'; readonly clientId: number }

/** Reads one message. @throws on anything that is none, before anything was done with it */
export function readMessage(bytes: Uint8Array): ClientMessage {
  const decoder = decoding.createDecoder(bytes)
  const type = decoding.readVarUint(decoder)
  switch (type) {
    case MESSAGE.sync:
      return { type: 'sync', message: readSync(decoder) }
    case MESSAGE.awareness:
      return { type: 'awareness', body: decoding.readVarUint8Array(decoder) }
    case MESSAGE.queryAwareness:
      return { type: 'query-awareness' }
    case MESSAGE.bind:
      return { type: 'bind', clientId: decoding.readVarUint(decoder) }
    default:
      throw new Error('unknown message type')
  }
}

function readSync(decoder: decoding.Decoder): SyncMessage {
  const step = decoding.readVarUint(decoder)
  const body = decoding.readVarUint8Array(decoder)
  if (step === SYNC_STEP_1) return { step: 'vector', body }
  if (step === SYNC_STEP_2) return { step: 'missing', body }
  if (step === SYNC_UPDATE) return { step: 'update', body }
  throw new Error('unknown sync step')
}

function message(type: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, type)
  write(encoder)
  return encoding.toUint8Array(encoder)
}

function sync(step: number, body: Uint8Array): Uint8Array {
  return message(MESSAGE.sync, (encoder) => {
    encoding.writeVarUint(encoder, step)
    encoding.writeVarUint8Array(encoder, body)
  })
}

export const messageOf = {
  /** "This is what I have": the other side answers with what is missing. */
  vector: (stateVector: Uint8Array) => sync(SYNC_STEP_1, stateVector),
  missing: (update: Uint8Array) => sync(SYNC_STEP_2, update),
  update: (update: Uint8Array) => sync(SYNC_UPDATE, update),
  awareness: (body: Uint8Array) => message(MESSAGE.awareness, (e) => encoding.writeVarUint8Array(e, body)),
  acknowledged: (count: number) => message(MESSAGE.acknowledged, (e) => encoding.writeVarUint(e, count)),
  refused: (code: string, advice: RetryAdvice) =>
    message(MESSAGE.refused, (encoder) => {
      encoding.writeVarString(encoder, code)
      encoding.writeVarString(encoder, advice)
    }),
  rights: (rights: RoomRights) => message(MESSAGE.rights, (e) => encoding.writeVarString(e, JSON.stringify(rights))),
  /** No states in it: keeps y-websocket's provider from reconnecting after 30 s of silence. */
  keepAlive: () => message(MESSAGE.awareness, (e) => encoding.writeVarUint8Array(e, new Uint8Array([0]))),
} as const

/** A whole WebSocket frame (RFC 6455 §5.2: final, binary, not masked), so that one buffer is written to every reader instead of framing it for each. */
export function frame(bytes: Uint8Array): Buffer {
  const header = frameHeader(bytes.length)
  const framed = Buffer.allocUnsafe(header.length + bytes.length)
  framed.set(header, 0)
  framed.set(bytes, header.length)
  return framed
}

const FINAL_BINARY = 0x82
const LENGTH_16 = 126
const LENGTH_64 = 127

function frameHeader(length: number): Buffer {
  if (length < LENGTH_16) return Buffer.from([FINAL_BINARY, length])
  if (length < 1 << 16) {
    const header = Buffer.from([FINAL_BINARY, LENGTH_16, 0, 0])
    header.writeUInt16BE(length, 2)
    return header
  }
  const header = Buffer.alloc(10)
  header[0] = FINAL_BINARY
  header[1] = LENGTH_64
  header.writeBigUInt64BE(BigInt(length), 2)
  return header
}
