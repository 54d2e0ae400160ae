// Short-lived tickets that open one room's sockets: what stands in an address may be written into logs, so it must be worth nothing a minute later.
import { randomBytes } from 'node:crypto'
import { LIMITS } from '../../shared/hub/wire.ts'
import { refuse, ok, type Result } from '../../shared/refusal.ts'
import type { Clock } from '../clock.ts'
import type { Holder } from '../rooms/connection.ts'

interface Ticket {
  readonly holder: Holder
  readonly room: string
  readonly expiresAt: number
}

export class Tickets {
  readonly #clock: Clock
  readonly #tickets = new Map<string, Ticket>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  issue(holder: Holder, room: string): { readonly ticket: string; readonly expiresAt: string } {
    const now = this.#clock.now()
    for (const [key, ticket] of this.#tickets) if (ticket.expiresAt <= now) this.#tickets.delete(key)
    const ticket = randomBytes(24).toString('base64url')
    const expiresAt = now + LIMITS.ticketMs
    this.#tickets.set(ticket, { holder, room, expiresAt })
    return { ticket, expiresAt: new Date(expiresAt).toISOString() }
  }

  /** A ticket may open the same room more than once in its minute: a line that drops at once must not cost a new login. */
  redeem(ticket: string | null, room: string): Result<Holder> {
    if (ticket === null || ticket === '') return refuse('ticket-missing')
    const found = this.#tickets.get(ticket)
    if (found === undefined || found.expiresAt <= this.#clock.now()) return refuse('ticket-expired')
    return found.room === room ? ok(found.holder) : refuse('ticket-wrong-room')
  }

  revokeSession(sessionId: string): void {
    for (const [key, ticket] of this.#tickets) if (ticket.holder.sessionId === sessionId) this.#tickets.delete(key)
  }
}
