// Finds signatures in a PDF by their text alone, so that outside judges get their input from no reader of ours.

export interface SignedPart {
  readonly byteRange: readonly [number, number, number, number]
  /** The two parts that are signed, joined. */
  readonly signed: Uint8Array
  /** CMS or timestamp token, padding removed. */
  readonly contents: Uint8Array
  /** `ETSI.CAdES.detached`, `ETSI.RFC3161` …; the empty text where none stands in the dictionary. */
  readonly subFilter: string
}

const BYTE_RANGE = /\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g

/** In the order of the file. A ByteRange that does not lie in the file is left out. */
export function signedParts(pdf: Uint8Array): readonly SignedPart[] {
  const text = Buffer.from(pdf).toString('latin1')
  const found: SignedPart[] = []
  for (const match of text.matchAll(BYTE_RANGE)) {
    const [a = 0, b = 0, c = 0, d = 0] = match.slice(1).map(Number)
    if (a + b > c || c + d > pdf.length) continue
    const gap = text.slice(a + b, c)
    const contents = withoutPadding(Buffer.from(gap.replaceAll(/[<>\s]/g, ''), 'hex'))
    // The signature dictionary is the object around the ByteRange.
    const start = text.lastIndexOf(' obj', match.index)
    const end = text.indexOf('endobj', match.index)
    const subFilter = /\/SubFilter\s*\/([^\s/<>[\]()]+)/.exec(text.slice(start, end))?.[1] ?? ''
    const signed = Buffer.concat([pdf.subarray(a, a + b), pdf.subarray(c, c + d)])
    found.push({ byteRange: [a, b, c, d], signed, contents, subFilter })
  }
  return found
}

/** Cuts after the outermost DER element; what is no DER stays whole. */
function withoutPadding(bytes: Uint8Array): Uint8Array {
  const first = bytes[1] ?? 0
  if (first < 0x80) return bytes.subarray(0, 2 + first)
  const count = first & 0x7f
  let length = 0
  for (let i = 0; i < count; i++) length = length * 256 + (bytes[2 + i] ?? 0)
  return bytes.subarray(0, 2 + count + length)
}
