// Which person may write with which Yjs client id in one room: bound before the first update, never changed afterwards.

import { LIMITS } from '../../../shared/hub/wire.ts'
import { Rejected } from './rejection.ts'

/** Client id and person, as the store keeps them. */
export type Binding = readonly [clientId: number, person: string]

/** Yjs 13 draws client ids from 32 bits. */
const CLIENT_ID_MAX = 2 ** 32 - 1

export class ClientBindings {
  private readonly owners = new Map<number, string>()
  private readonly counts = new Map<string, number>()

  /** @param restored what the store kept; taken as it is, limits were checked when it was bound */
  constructor(restored: Iterable<Binding> = []) {
    for (const [clientId, person] of restored) this.set(clientId, person)
  }

  ownerOf(clientId: number): string | undefined {
    return this.owners.get(clientId)
  }

  /**
   * @param inUse the document already holds something written with this id, or the hub writes with it: nobody may claim that history
   * @returns true where the binding is new and has to be stored
   * @throws Rejected `malformed`, `client-id-taken`, `client-id-limit`
   */
  bind(clientId: number, person: string, inUse: boolean): boolean {
    if (!Number.isInteger(clientId) || clientId < 0 || clientId > CLIENT_ID_MAX)
      throw new Rejected('malformed', 'client id')
    const owner = this.owners.get(clientId)
    if (owner === person) return false
    if (owner !== undefined || inUse) throw new Rejected('client-id-taken', String(clientId))
    // Every transaction of Yjs copies the state vector: 5 000 ids cost 1.6 ms an update, so one person cannot make many.
    if ((this.counts.get(person) ?? 0) >= LIMITS.clientIdsPerPersonAndRoom) throw new Rejected('client-id-limit')
    this.set(clientId, person)
    return true
  }

  entries(): IterableIterator<Binding> {
    return this.owners.entries()
  }

  private set(clientId: number, person: string): void {
    this.owners.set(clientId, person)
    this.counts.set(person, (this.counts.get(person) ?? 0) + 1)
  }
}
