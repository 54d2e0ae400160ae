// What travels on a room's socket beside the y-websocket protocol: our own message types, close codes and limits.

/** Below this path of the hub, the rest of the address names the room. */
export const SYNC_PATH = '/sync/'

/** Message types 0 to 3 belong to y-websocket (sync, awareness, auth, query awareness); ours start at 100 and are read by `provider.messageHandlers`. */
export const MESSAGE = {
  sync: 0,
  awareness: 1,
  auth: 2,
  queryAwareness: 3,
  /** varuint: how many updates of this connection are durable. */
  acknowledged: 100,
  /** varstring refusal code, varstring `resync` | `reset` | `none`. */
  refused: 101,
  /** varstring JSON of `RoomRights`. */
  rights: 102,
  /** varuint client id that the sender is going to write with; before the first update from it. */
  bind: 112,
} as const

export type RetryAdvice = 'resync' | 'reset' | 'none'

/** Sent first on every socket: may this person write here, and which epoch of the room is this. */
export interface RoomRights {
  readonly epoch: number
  readonly write: boolean
  readonly now: string
}

/** 4400 to 4499 make y-websocket's provider stop; our client then asks for a new ticket or gives up. 4503 and 1013 mean: come back later. */
export const CLOSE = {
  rightsWithdrawn: 4401,
  noAccess: 4403,
  gone: 4404,
  malformed: 4400,
  epochOld: 4409,
  tooFast: 4429,
  ticketExpired: 4440,
  tooSlow: 1013,
  later: 4503,
} as const

export const LIMITS = {
  /** One live update; a signed paragraph pasted from a decree is about 20 kB. */
  updateBytes: 1 << 20,
  /** Largest frame on any socket: a first sync of a text that grew offline for a week. */
  frameBytes: 16 << 20,
  updateStructs: 50_000,
  clientIdsPerPersonAndRoom: 64,
  roomsPerSession: 32,
  /** Updates that name clocks the hub has not seen yet, before the first step 2 of the connection. */
  heldBytes: 256 << 10,
  heldMs: 10_000,
  unsentBytes: 8 << 20,
  awarenessBytes: 1024,
  awarenessPerSecond: 5,
  messagesPerSecond: 200,
  /** y-websocket's provider reconnects after 30 s of silence. */
  keepAliveMs: 20_000,
  actBytes: 64 << 10,
  actsPerMinute: 240,
  ticketMs: 60_000,
  /** How far ahead of the hub's clock an act may be dated. */
  futureMs: 5 * 60_000,
} as const
