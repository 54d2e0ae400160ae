// Why an update to a shared text was refused, and what the client that sent it should do next: closed sets, so that every case is thought of.

import { assertNever } from '../../../shared/assert-never.ts'
import type { RetryAdvice } from '../../../shared/hub/wire.ts'

export type RejectionCode =
  /** Not an update of format v1, or one that no Yjs client writes. */
  | 'malformed'
  | 'too-big'
  | 'too-many-structs'
  /** Types or values are nested deeper than anything people write; every Yjs reader recurses over them. */
  | 'too-deep'
  | 'clock-overflow'
  /** Clocks of this client are missing in between: Yjs would keep the update as pending and apply it inside somebody else's transaction. */
  | 'gap'
  | 'missing-dependency'
  /** Deletes clocks that the hub has not seen: Yjs would keep them and delete what another person writes there later. */
  | 'delete-of-unknown'
  | 'self-reference'
  | 'cycle'
  | 'client-id-unbound'
  | 'client-id-forged'
  | 'client-id-taken'
  | 'client-id-limit'
  | 'root'
  | 'subdocument'
  | 'forbidden'
  /** Only formatting marks that Yjs itself found redundant: passive readers send these, nobody is to blame. */
  | 'format-cleanup'

/** Thrown by the inspector before anything of the update was applied. Carries no text of the document. */
export class Rejected extends Error {
  override readonly name = 'Rejected'
  readonly code: RejectionCode

  /** @param detail client ids, clocks, counts or fixed words; never content */
  constructor(code: RejectionCode, detail = '') {
    super(detail === '' ? code : `${code}: ${detail}`)
    this.code = code
  }

  /** True where an honest client cannot avoid it: drop the update silently, never count it against the person. */
  get benign(): boolean {
    return this.code === 'format-cleanup'
  }
}

/**
 * What a client should do after this refusal.
 *
 * `resync`: run the sync steps again, the hub lacks something that the client has. `reset`: the refused clocks are burnt, start from the
 * hub's document with a new client id and keep the unsent text aside. `none`: nothing to repair.
 * @param resyncedBefore this connection already resynchronised for such a reason; the second time it must start afresh
 */
export function adviceFor(code: RejectionCode, resyncedBefore = false): RetryAdvice {
  switch (code) {
    case 'gap':
    case 'missing-dependency':
    case 'delete-of-unknown':
      return resyncedBefore ? 'reset' : 'resync'
    case 'malformed':
    case 'too-big':
    case 'too-many-structs':
    case 'too-deep':
    case 'clock-overflow':
    case 'self-reference':
    case 'cycle':
    case 'client-id-unbound':
    case 'client-id-forged':
    case 'client-id-taken':
    case 'root':
    case 'subdocument':
    case 'forbidden':
      return 'reset'
    // A new client id is what this person may not have until the hub rewrites the room under a new epoch.
    case 'client-id-limit':
    case 'format-cleanup':
      return 'none'
    default:
      return assertNever(code)
  }
}
