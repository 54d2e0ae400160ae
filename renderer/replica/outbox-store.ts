// The outbox on this device: acts in the order in which the person did them, sealed, each written to the disk before it is sent.
import { actSchema, type Act } from '../../shared/ledger/act.ts'
import type { Result } from '../../shared/refusal.ts'
import type { OutboxRow, QuarantineRow, Replica } from './database.ts'

export interface StoredAct {
  readonly id: string
  /** Null when the row cannot be read any more (a damaged disk). */
  readonly act: Act | null
}

export interface OutboxStore {
  /** In the order of `add`. */
  all(): Promise<Result<readonly StoredAct[]>>
  add(act: Act): Promise<Result<null>>
  /** Takes an act out; when it goes to quarantine, both happen or neither. */
  remove(id: string, quarantined: QuarantineRow | null): Promise<Result<null>>
}

export function createOutboxStore({ strict, cipher, guard }: Replica): OutboxStore {
  const placeOf = (id: string) => `outbox/${id}`
  const opened = async ({ id, bytes }: OutboxRow): Promise<StoredAct> => {
    const parsed = actSchema.safeParse(await cipher.openJson(bytes, placeOf(id)))
    return { id, act: parsed.success ? parsed.data : null }
  }
  return {
    all: () => guard.run(async () => Promise.all((await strict.outbox.orderBy('n').toArray()).map(opened))),
    add: (act) =>
      guard.run(async () => {
        await strict.outbox.add({ id: act.id, bytes: await cipher.sealJson(act, placeOf(act.id)) })
        return null
      }),
    remove: (id, quarantined) =>
      guard.run(() =>
        strict.transaction('rw', [strict.outbox, strict.quarantine], async () => {
          await strict.outbox.where('id').equals(id).delete()
          if (quarantined !== null) await strict.quarantine.put(quarantined)
          return null
        }),
      ),
  }
}
