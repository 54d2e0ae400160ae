// Inflates a stream of a PDF (zlib, RFC 1950) up to a limit: fed in small bites, so that a bomb is noticed before it has filled the memory.
import { Unzlib } from 'fflate'
import { damaged, PdfFault } from './fault.ts'

/** DEFLATE makes at most 1,032 bytes of one, so one bite adds at most 4 MB before the limit is looked at. */
const BITE_BYTES = 4096

/**
 * The checksum at the end is not looked at: what reads the result checks its meaning.
 * @param limit most bytes the result may have
 * @throws PdfFault paper-truncated where the data is not DEFLATE or ends early, paper-too-large above the limit
 */
export function inflate(data: Uint8Array, limit: number): Uint8Array {
  // fflate passes over the flag of a preset dictionary and an empty stream; no PDF has either.
  if (data.length < 2 || ((data[1] ?? 0) & 0x20) !== 0) throw damaged('no zlib data')
  const pieces: Uint8Array[] = []
  const made = { length: 0, finished: false }
  const stream = new Unzlib((piece, final) => {
    made.length += piece.length
    if (made.length > limit) throw new PdfFault('paper-too-large', 'inflated stream')
    pieces.push(piece)
    made.finished = final
  })
  try {
    for (let at = 0; at < data.length && !made.finished; at += BITE_BYTES) {
      stream.push(data.subarray(at, at + BITE_BYTES), at + BITE_BYTES >= data.length)
    }
  } catch (error) {
    throw error instanceof PdfFault ? error : damaged('no DEFLATE data')
  }
  return joined(pieces, made.length)
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
