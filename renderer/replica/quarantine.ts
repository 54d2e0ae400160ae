// What this person did or wrote and the hub did not take: kept, readable, until the person has seen it.
import type { Result } from '../../shared/refusal.ts'
import type { QuarantinedItem } from '../client/contract.ts'
import type { QuarantineRow, Replica } from './database.ts'
import { createValue, type Watchable } from './value.ts'

export interface Quarantine {
  /** Oldest first. */
  readonly items: Watchable<readonly QuarantinedItem[]>
  /** Reads all again: at the start, and when another window changed something. */
  reload(): Promise<void>
  /** Prepares a row, for callers that write it in one transaction with something else; call `reload` afterwards. */
  rowOf(item: QuarantinedItem): Promise<QuarantineRow>
  dismiss(id: string): Promise<Result<null>>
}

export function createQuarantine({ strict, cipher, guard }: Replica): Quarantine {
  const items = createValue<readonly QuarantinedItem[]>([])
  const placeOf = (id: string) => `quarantine/${id}`

  const reload = async () => {
    const rows = await guard.run(async () => {
      const found = await strict.quarantine.orderBy('time').toArray()
      return Promise.all(found.map((row) => cipher.openJson(row.bytes, placeOf(row.id))))
    })
    // Sealed and authenticated by this very profile: what opens is what `rowOf` was given.
    if (rows.ok) items.set(rows.value.filter((row): row is QuarantinedItem => row !== null))
  }
  return {
    items,
    reload,
    rowOf: async (item) => ({ id: item.id, time: item.time, bytes: await cipher.sealJson(item, placeOf(item.id)) }),
    dismiss: async (id) => {
      const removed = await guard.run(() => strict.quarantine.delete(id))
      await reload()
      return removed.ok ? { ok: true, value: null } : removed
    },
  }
}
