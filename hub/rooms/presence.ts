// Awareness as the hub owns it: one state a connection, identity stamped by the hub, small, at most so often, sent in batches, never stored.
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { LIMITS } from '../../shared/hub/wire.ts'
import type { Clock } from '../clock.ts'
import { RateLimit } from '../rate-limit.ts'
import type { Connection } from './connection.ts'
import { frame, messageOf } from './frames.ts'

interface PresenceState {
  readonly clientId: number
  clock: number
  json: string
}

/** Batches by the size of the room: presence costs the square of the people in it (research: 100 ms / 250 ms / 1 s). */
function batchMs(people: number): number {
  if (people <= 50) return 100
  return people <= 200 ? 250 : 1000
}

export class Presence {
  readonly #readers: () => ReadonlySet<Connection>
  readonly #rate: RateLimit
  readonly #states = new Map<Connection, PresenceState>()
  readonly #keys = new WeakMap<Connection, string>()
  #dirty = new Set<PresenceState>()
  #timer: NodeJS.Timeout | null = null
  #serial = 0

  constructor(readers: () => ReadonlySet<Connection>, clock: Clock) {
    this.#readers = readers
    this.#rate = new RateLimit(clock, LIMITS.awarenessPerSecond * 2, LIMITS.awarenessPerSecond)
  }

  /**
   * Takes the state of the sender's own client id, the first that the connection announced; states of others, which
   * y-websocket's provider echoes back, are passed over. @throws on bytes that are no awareness update
   */
  receive(from: Connection, body: Uint8Array): void {
    const decoder = decoding.createDecoder(body)
    const count = decoding.readVarUint(decoder)
    for (let i = 0; i < Math.min(count, 1000); i += 1) {
      const clientId = decoding.readVarUint(decoder)
      const clock = decoding.readVarUint(decoder)
      const json = decoding.readVarString(decoder)
      this.#take(from, clientId, clock, json)
    }
  }

  #take(from: Connection, clientId: number, clock: number, json: string): void {
    const own = this.#states.get(from)
    if (own === undefined ? this.#isTaken(clientId) : own.clientId !== clientId) return
    if (own !== undefined && clock <= own.clock) return
    if (json.length > LIMITS.awarenessBytes || !this.#rate.take(this.#keyOf(from))) return
    const value = JSON.parse(json) as unknown
    const stamped = value === null ? 'null' : JSON.stringify({ ...(value as object), person: from.holder.personId })
    const state = own ?? { clientId, clock, json: stamped }
    state.clock = clock
    state.json = stamped
    this.#states.set(from, state)
    this.#announce(state)
  }

  /** Everyone who is here, for a newcomer. */
  greet(newcomer: Connection): void {
    const states = [...this.#states.values()]
    if (states.length > 0) newcomer.send(encode(states))
  }

  leave(connection: Connection): void {
    const state = this.#states.get(connection)
    if (state === undefined) return
    this.#states.delete(connection)
    this.#announce({ ...state, clock: state.clock + 1, json: 'null' })
  }

  #announce(state: PresenceState): void {
    this.#dirty.add(state)
    this.#timer ??= setTimeout(() => this.#flush(), batchMs(this.#readers().size))
  }

  #flush(): void {
    const changed = frame(encode([...this.#dirty]))
    this.#dirty = new Set()
    this.#timer = null
    for (const reader of this.#readers()) if (reader.live) reader.write(changed)
  }

  #isTaken(clientId: number): boolean {
    for (const state of this.#states.values()) if (state.clientId === clientId) return true
    return false
  }

  #keyOf(connection: Connection): string {
    const known = this.#keys.get(connection)
    if (known !== undefined) return known
    this.#serial += 1
    const key = `${this.#serial}`
    this.#keys.set(connection, key)
    return key
  }

  dispose(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
  }
}

function encode(states: readonly PresenceState[]): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, states.length)
  for (const { clientId, clock, json } of states) {
    encoding.writeVarUint(encoder, clientId)
    encoding.writeVarUint(encoder, clock)
    encoding.writeVarString(encoder, json)
  }
  return messageOf.awareness(encoding.toUint8Array(encoder))
}
