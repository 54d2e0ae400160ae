// After a refusal of a text: what of this person's unsent writing can be kept goes on, the rest is laid aside as readable text. Nothing is lost silently.
import * as Y from 'yjs'
import type { RefusalCode } from '../../shared/refusal.ts'
import type { Quarantine } from '../replica/quarantine.ts'
import type { RoomStore } from '../replica/room-store.ts'
import { insertedBy, plainTextOf } from './text-plain.ts'
import { rebase, type IdRange } from './text-rebase.ts'
import type { Pending } from './unacknowledged.ts'

export interface Recovery {
  readonly room: string
  readonly epoch: number
  /** Holds everything that this person sees. */
  readonly old: Y.Doc
  /** Holds what the hub has. */
  readonly fresh: Y.Doc
  readonly code: RefusalCode
  /** The hub refused one of the changes, the oldest that it does not have; it would refuse it again. */
  readonly blame: boolean
  /** The fresh copy is of another epoch, or there is none to come: no old id has a meaning in it. */
  readonly foreign: boolean
  readonly mayWrite: boolean
  /** ms */
  readonly time: number
}

export interface Kept {
  /** Its number in the replica. */
  readonly n: number
  readonly update: Uint8Array
}

/** @returns what was kept, written anew for the fresh copy, under its numbers in the replica; not applied yet */
export async function recover(
  recovery: Recovery,
  pending: readonly Pending[],
  store: RoomStore,
  quarantine: Quarantine,
): Promise<readonly Kept[]> {
  const updates = pending.map(({ update }) => update)
  const { kept, lost } = sorted(recovery, updates)
  const text = plainTextOf(recovery.old, lost)
  const { room, epoch, code, time } = recovery
  const item = {
    id: crypto.randomUUID(),
    kind: 'text',
    type: null,
    body: { room },
    text,
    code,
    time: new Date(time).toISOString(),
  } as const
  const numbers = (await Promise.all(pending.map(({ n }) => n))).filter((n) => n !== null)
  const row = text === '' ? null : await quarantine.rowOf(item)
  const replaced = await store.replace(room, epoch, numbers, kept, row)
  if (row !== null) await quarantine.reload()
  // When this device can write nothing more, the changes at least live on in the open document.
  const given = replaced.ok ? replaced.value : kept.map(() => -1)
  return kept.map((update, i) => ({ n: given[i] ?? -1, update }))
}

function sorted(
  recovery: Recovery,
  updates: readonly Uint8Array[],
): { readonly kept: readonly Uint8Array[]; readonly lost: readonly IdRange[] } {
  const { old, fresh, blame, foreign, mayWrite } = recovery
  const missing = (some: readonly Uint8Array[]) => (foreign ? insertedBy(some) : missingIn(fresh, some))
  if (!mayWrite || foreign) return { kept: [], lost: missing(updates) }
  // The oldest change with something that the hub lacks; deletes alone leave no such trace, then it is the oldest of all.
  const suspect = Math.max(
    0,
    updates.findIndex((update) => missing([update]).length > 0),
  )
  const clientId = crypto.getRandomValues(new Uint32Array(1))[0] ?? 1
  const rebased = rebase(old, fresh, updates, clientId, (index) => blame && index === suspect)
  return { kept: rebased.updates, lost: rebased.lost }
}

/** What of these changes the hub does not have: part of them may have been taken before the rest was refused. */
function missingIn(fresh: Y.Doc, updates: readonly Uint8Array[]): readonly IdRange[] {
  const known = Y.decodeStateVector(Y.encodeStateVector(fresh))
  return insertedBy(updates).flatMap(({ client, clock, length }) => {
    const from = Math.max(clock, known.get(client) ?? 0)
    return from < clock + length ? [{ client, clock: from, length: clock + length - from }] : []
  })
}
