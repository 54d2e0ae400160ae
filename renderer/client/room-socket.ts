// One room's socket: y-websocket's own provider, with a fresh ticket before each connection, our message types, and no awareness echo.
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import { WebsocketProvider } from 'y-websocket'
import type * as Y from 'yjs'
import { z } from 'zod'
import { CLOSE, MESSAGE, type RetryAdvice, type RoomRights } from '../../shared/hub/wire.ts'
import { REFUSAL_CODES, type RefusalCode, type Result } from '../../shared/refusal.ts'
import { countingSocket, type SentSync } from './counting-socket.ts'

const RETRY_MS = [300, 1000, 2000, 5000, 10_000] as const
/** A room that was refused may be opened to this person later: an invitation, a position. */
const DENIED_RETRY_MS = 60_000

const rightsSchema: z.ZodType<RoomRights> = z.object({ epoch: z.number(), write: z.boolean(), now: z.string() })

export interface RoomSocketSurroundings {
  /** `ws://host:port/sync` */
  readonly socketUrl: string
  readonly WebSocket: typeof WebSocket
  ticket(room: string): Promise<Result<string>>
  /** A socket opened (true) or closed (false): the line wants to know. */
  onSocket(open: boolean): void
  noteHubTime(hubTime: number): void
  /** From 0 to 1. */
  readonly random: () => number
}

export interface RoomSocketEvents {
  /** First on every connection, and again when they change. @returns false when this copy is of another epoch: the socket is then closed for good */
  onRights(rights: RoomRights): boolean
  onSynced(): void
  onOnline(online: boolean): void
  /** The hub says that this person may not read the room, or that it is gone. */
  onDenied(code: RefusalCode): void
  onAcknowledged?(count: number): void
  onRefused?(code: RefusalCode, advice: RetryAdvice): void
  /** Right before content goes out. */
  onSending?(kind: SentSync): void
  /** The hub has asked for what it lacks; the answer follows. */
  onAsked?(): void
}

export interface RoomSocket {
  readonly provider: WebsocketProvider
  readonly awareness: Awareness
  bind(clientId: number): void
  /** Closes the connection and opens another: both sides then compare what they have. */
  reconnect(): void
  /** The line is back: do not wait any longer. */
  poke(): void
  /** The line is known to be down: a socket that still looks open is not. */
  suspend(): void
  close(): void
}

/** @param presence whether this person is to be seen in the room */
export function openRoomSocket(
  room: string,
  doc: Y.Doc,
  presence: boolean,
  surroundings: RoomSocketSurroundings,
  events: RoomSocketEvents,
): RoomSocket {
  const awareness = new Awareness(doc)
  if (!presence) awareness.setLocalState(null)
  const provider = new WebsocketProvider(surroundings.socketUrl, room, doc, {
    connect: false,
    disableBc: true,
    awareness,
    WebSocketPolyfill: countingSocket(surroundings.WebSocket, (kind) => events.onSending?.(kind)),
    // Every connection needs a ticket of its own, so none is opened by the provider itself.
    shouldReconnect: () => false,
  })
  stopEcho(provider)
  let closed = false
  let asking = false
  let attempts = 0
  let timer: ReturnType<typeof setTimeout> | null = null

  const schedule = (ms: number) => {
    if (timer !== null) clearTimeout(timer)
    timer = closed ? null : setTimeout(() => void connect(), ms)
  }
  const retry = () => {
    schedule((RETRY_MS[Math.min(attempts, RETRY_MS.length - 1)] ?? 0) * (0.75 + surroundings.random() / 2))
    attempts += 1
  }
  const connect = async () => {
    if (closed || asking || provider.ws !== null) return
    asking = true
    const ticket = await surroundings.ticket(room)
    asking = false
    if (closed as boolean) return
    if (ticket.ok) {
      provider.params = { ticket: ticket.value }
      provider.connect()
      return
    }
    if (ticket.code === 'not-found' || ticket.code === 'forbidden') {
      events.onDenied(ticket.code)
      schedule(DENIED_RETRY_MS)
    } else retry()
  }
  const hangUp = () => {
    provider.shouldConnect = false
    if (provider.ws !== null) provider.disconnect()
  }

  provider.on('connection-close', (event: CloseEvent | null) => {
    // The provider's own timer would reconnect with the old ticket.
    provider.shouldConnect = false
    events.onOnline(false)
    if (closed) return
    surroundings.onSocket(false)
    if (event?.code === CLOSE.epochOld) schedule(0)
    else retry()
  })
  provider.on('status', ({ status }) => {
    if (status !== 'connected') return
    surroundings.onSocket(true)
    events.onOnline(true)
  })
  provider.on('sync', (synced: boolean) => {
    if (!synced) return
    attempts = 0
    events.onSynced()
  })

  const handlers = provider.messageHandlers
  handlers[MESSAGE.acknowledged] = (_encoder, decoder) => events.onAcknowledged?.(decoding.readVarUint(decoder))
  handlers[MESSAGE.refused] = (_encoder, decoder) => {
    const name = decoding.readVarString(decoder)
    const advice = decoding.readVarString(decoder)
    const code = REFUSAL_CODES.find((known) => known === name) ?? 'update-refused'
    events.onRefused?.(code, advice === 'resync' || advice === 'reset' ? advice : 'none')
  }
  handlers[MESSAGE.rights] = (_encoder, decoder) => {
    const parsed = rightsSchema.safeParse(JSON.parse(decoding.readVarString(decoder)))
    if (!parsed.success) return
    surroundings.noteHubTime(Date.parse(parsed.data.now))
    if (!events.onRights(parsed.data)) close()
  }
  const readSync = handlers[MESSAGE.sync]
  handlers[MESSAGE.sync] = (encoder, decoder, ...rest) => {
    if (closed) return
    if (decoding.peekVarUint(decoder) === 0) events.onAsked?.()
    readSync?.(encoder, decoder, ...rest)
  }

  const close = () => {
    if (closed) return
    closed = true
    if (timer !== null) clearTimeout(timer)
    hangUp()
    provider.destroy()
    awareness.destroy()
  }
  void connect()
  return {
    provider,
    awareness,
    bind: (clientId) => {
      const encoder = encoding.createEncoder()
      encoding.writeVarUint(encoder, MESSAGE.bind)
      encoding.writeVarUint(encoder, clientId)
      if (provider.wsconnected) provider.ws?.send(encoding.toUint8Array(encoder))
    },
    reconnect: () => {
      hangUp()
      schedule(0)
    },
    poke: () => {
      attempts = 0
      if (provider.ws === null) schedule(0)
    },
    suspend: () => {
      if (provider.ws !== null) hangUp()
    },
    close,
  }
}

/** y-websocket sends every presence state that it receives back to the hub (measured: N² frames); ours sends its own only. */
function stopEcho(provider: WebsocketProvider): void {
  const { awareness } = provider
  awareness.off('update', provider._awarenessUpdateHandler)
  awareness.on('update', (changes: Record<'added' | 'updated' | 'removed', number[]>) => {
    const own = [...changes.added, ...changes.updated, ...changes.removed].includes(awareness.clientID)
    if (!own || !provider.wsconnected) return
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, MESSAGE.awareness)
    encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(awareness, [awareness.clientID]))
    provider.ws?.send(encoding.toUint8Array(encoder))
  })
}
