// The two protocols that clients of the benchmark speak: y-websocket's, and Hocuspocus', which puts the room's name before each message and greets first.

import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { MESSAGE } from '../../shared/hub/wire.ts'

export const SYNC = { step1: 0, step2: 1, update: 2 } as const

/** The one room of a peer that has no names of its own for it. */
export const PEER_ROOM = 'room'

export interface Dialect {
  /** Bytes before the type of each message. */
  readonly prefix: Uint8Array
  /** Sent before the first state vector. @param clientId the Yjs client id that the sender is going to write with */
  readonly greeting: (clientId: number) => readonly Uint8Array[]
}

const HOCUSPOCUS_AUTH = 2
const HOCUSPOCUS_TOKEN = 0
const HOCUSPOCUS_VERSION = '4.7.0'

const NO_PREFIX = new Uint8Array(0)
const ROOM_PREFIX = encoding.encode((encoder) => encoding.writeVarString(encoder, PEER_ROOM))

export const Y_WEBSOCKET: Dialect = {
  prefix: NO_PREFIX,
  // Our own message: the others pass it over.
  greeting: (clientId) => [message(NO_PREFIX, MESSAGE.bind, (encoder) => encoding.writeVarUint(encoder, clientId))],
}

export const HOCUSPOCUS: Dialect = {
  prefix: ROOM_PREFIX,
  greeting: () => [
    message(ROOM_PREFIX, HOCUSPOCUS_AUTH, (encoder) => {
      encoding.writeVarUint(encoder, HOCUSPOCUS_TOKEN)
      encoding.writeVarString(encoder, 'bench')
      encoding.writeVarString(encoder, HOCUSPOCUS_VERSION)
    }),
  ],
}

function message(prefix: Uint8Array, type: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeUint8Array(encoder, prefix)
    encoding.writeVarUint(encoder, type)
    write(encoder)
  })
}

export function syncMessage(dialect: Dialect, step: number, body: Uint8Array): Uint8Array {
  return message(dialect.prefix, MESSAGE.sync, (encoder) => {
    encoding.writeVarUint(encoder, step)
    encoding.writeVarUint8Array(encoder, body)
  })
}

/** One state of awareness, as y-protocols encodes it. */
export function awarenessMessage(dialect: Dialect, clientId: number, clock: number, state: object): Uint8Array {
  const update = encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 1)
    encoding.writeVarUint(encoder, clientId)
    encoding.writeVarUint(encoder, clock)
    encoding.writeVarString(encoder, JSON.stringify(state))
  })
  return message(dialect.prefix, MESSAGE.awareness, (encoder) => encoding.writeVarUint8Array(encoder, update))
}

/** The client id of the first state in a message of awareness, or null where it carries none. */
export function firstInAwareness(dialect: Dialect, data: Uint8Array): number | null {
  const decoder = decoding.createDecoder(data.subarray(dialect.prefix.length + 1))
  const update = decoding.createDecoder(decoding.readVarUint8Array(decoder))
  return decoding.readVarUint(update) === 0 ? null : decoding.readVarUint(update)
}
