// Reads an update of format v1 completely, within limits, before anything is done with it.

import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'
import { Rejected } from './rejection.ts'

export type Struct = Y.Item | Y.GC | Y.Skip

/** What one client wrote, clocks without interruption: `end` is the first clock after the last struct. */
export interface Block {
  readonly client: number
  readonly start: number
  readonly end: number
  readonly structs: readonly Struct[]
}

export interface ClockRange {
  readonly clock: number
  readonly len: number
}

export interface DecodedUpdate {
  readonly blocks: ReadonlyMap<number, Block>
  /** By client: ranges in ascending order that neither touch nor overlap. */
  readonly deletes: ReadonlyMap<number, readonly ClockRange[]>
}

/** lib0 writes clocks up to 2^53; sums stay exact below this. */
const CLOCK_MAX = 2 ** 48

const CONTENT_REF = 0b11111
const SUBDOCUMENT_REF = 9

/** Decodes updates for one document. @throws Rejected from `decode` */
export class UpdateReader {
  private readonly decoderClass: typeof Y.UpdateDecoderV1
  private latest: decoding.Decoder | null = null

  constructor(maxStructs: number) {
    const remember = (decoder: decoding.Decoder) => {
      this.latest = decoder
    }
    // Yjs calls readClient once a block and readInfo once a struct: the places to count while it reads.
    this.decoderClass = class extends Y.UpdateDecoderV1 {
      private structs = 0
      private readonly clients = new Set<number>()

      constructor(decoder: decoding.Decoder) {
        super(decoder)
        remember(decoder)
      }

      override readClient(): number {
        const client = super.readClient()
        // Yjs' own reader keeps only the last block of a client, decodeUpdate gives all of them: what was inspected would not be what is applied.
        if (this.clients.has(client)) throw new Rejected('malformed', 'two blocks of one client')
        this.clients.add(client)
        return client
      }

      override readInfo(): number {
        this.structs += 1
        if (this.structs > maxStructs) throw new Rejected('too-many-structs')
        const info = super.readInfo()
        if ((info & CONTENT_REF) === SUBDOCUMENT_REF) throw new Rejected('subdocument')
        return info
      }
    }
  }

  /** @throws Rejected `malformed`, `too-many-structs`, `subdocument`, `clock-overflow` */
  decode(update: Uint8Array): DecodedUpdate {
    let decoded: ReturnType<typeof Y.decodeUpdate>
    try {
      decoded = Y.decodeUpdateV2(update, this.decoderClass)
    } catch (error) {
      if (error instanceof Rejected) throw error
      throw new Rejected('malformed', 'not an update')
    }
    if (this.latest === null || decoding.hasContent(this.latest))
      throw new Rejected('malformed', 'bytes after the update')
    return { blocks: blocksOf(decoded.structs), deletes: checkedDeletes(decoded.ds.clients) }
  }
}

function blocksOf(structs: readonly Struct[]): Map<number, Block> {
  const blocks = new Map<number, Block>()
  let first = 0
  structs.forEach((struct, index) => {
    const { client, clock } = struct.id
    const end = clock + struct.length
    if (!(end <= CLOCK_MAX)) throw new Rejected('clock-overflow')
    if (struct.length <= 0) throw new Rejected('malformed', 'empty struct')
    if (structs[index + 1]?.id.client === client) return
    blocks.set(client, {
      client,
      start: structs[first]?.id.clock ?? clock,
      end,
      structs: structs.slice(first, index + 1),
    })
    first = index + 1
  })
  return blocks
}

/** Yjs sorts and merges every delete set it sends. One that overlaps itself makes both Yjs and us walk the same items again and again. */
function checkedDeletes(
  clients: ReadonlyMap<number, readonly ClockRange[]>,
): ReadonlyMap<number, readonly ClockRange[]> {
  for (const ranges of clients.values()) {
    let free = 0
    for (const { clock, len } of ranges) {
      if (len <= 0 || clock < free) throw new Rejected('malformed', 'delete set out of order')
      free = clock + len
      if (!(free <= CLOCK_MAX)) throw new Rejected('clock-overflow')
    }
  }
  return clients
}

/** Do these ranges contain every clock from `start` up to, not including, `end`? */
export function covers(ranges: readonly ClockRange[] | undefined, start: number, end: number): boolean {
  if (ranges === undefined) return false
  let low = 0
  let high = ranges.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const range = ranges[middle]
    if (range === undefined) return false
    if (start < range.clock) high = middle - 1
    else if (start >= range.clock + range.len) low = middle + 1
    else return end <= range.clock + range.len
  }
  return false
}
