// The hash chain of one stream: each entry's hash covers its text and the hash before it, so one changed byte shows, and where.
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { canonicalJson, type Act } from './act.ts'

/** What happened because of one act. `events` are read by the `evolve` of the stream's area. */
export interface LedgerContent {
  readonly stream: string
  /** From 1, without gaps, in the order of the hub's decisions. */
  readonly seq: number
  /** The hub's time of the decision, UTC ISO 8601. */
  readonly at: string
  readonly act: Act
  readonly events: readonly { readonly type: string }[]
}

/** One row as it is stored: `text` is the canonical JSON of a `LedgerContent`. */
export interface LedgerRow {
  readonly stream: string
  readonly seq: number
  readonly actId: string
  readonly text: string
  readonly previous: string
  readonly hash: string
}

/** The `previous` of a stream's first entry. */
export const GENESIS = '0'.repeat(64)

export function hashEntry(previous: string, text: string): string {
  return bytesToHex(sha256(utf8ToBytes(`${previous}\n${text}`)))
}

export function sealEntry(content: LedgerContent, previous: string): LedgerRow {
  const text = canonicalJson(content)
  const { stream, seq, act } = content
  return { stream, seq, actId: act.id, text, previous, hash: hashEntry(previous, text) }
}

export type ChainFault = 'hash' | 'link' | 'sequence' | 'content'

export type ChainCheck =
  | { readonly ok: true; readonly entries: number; readonly head: string }
  | { readonly ok: false; readonly seq: number; readonly fault: ChainFault }

/**
 * Walks one stream in order. `hash`: the text or the hash was changed; `link`: an entry does not name the one before;
 * `sequence`: one is missing, doubled or out of order; `content`: the row's columns say something else than its text.
 */
export function verifyChain(rows: Iterable<LedgerRow>): ChainCheck {
  let head = GENESIS
  let entries = 0
  for (const row of rows) {
    const fault = faultOf(row, entries + 1, head)
    if (fault !== null) return { ok: false, seq: row.seq, fault }
    head = row.hash
    entries += 1
  }
  return { ok: true, entries, head }
}

function faultOf(row: LedgerRow, seq: number, head: string): ChainFault | null {
  if (row.seq !== seq) return 'sequence'
  if (row.previous !== head) return 'link'
  if (hashEntry(row.previous, row.text) !== row.hash) return 'hash'
  return says(row) ? null : 'content'
}

/** Does the text say what the row's columns say? A text that is no entry at all says nothing. */
function says(row: LedgerRow): boolean {
  try {
    const { stream, seq, act } = JSON.parse(row.text) as Partial<LedgerContent>
    return stream === row.stream && seq === row.seq && act?.id === row.actId
  } catch {
    return false
  }
}
