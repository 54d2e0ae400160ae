// Takes DER apart and puts it together again: only as much as forging an answer needs, independent of the readers under test.

export interface Tlv {
  readonly tag: number
  /** Tag, length and content. */
  readonly whole: Uint8Array
  readonly content: Uint8Array
}

/** The elements that stand one after the other in `content`. @throws where it is no definite-length DER */
export function elements(content: Uint8Array): readonly Tlv[] {
  const found: Tlv[] = []
  let at = 0
  while (at < content.length) {
    const tag = byteAt(content, at)
    const first = byteAt(content, at + 1)
    const lengthBytes = first < 0x80 ? 0 : first & 0x7f
    let length = lengthBytes === 0 ? first : 0
    for (let i = 0; i < lengthBytes; i++) length = length * 256 + byteAt(content, at + 2 + i)
    const start = at + 2 + lengthBytes
    const end = start + length
    if (end > content.length || (lengthBytes === 0 && first === 0x80)) throw new Error('not DER')
    found.push({ tag, whole: content.subarray(at, end), content: content.subarray(start, end) })
    at = end
  }
  return found
}

/** The only element of `der`, and what is inside it. */
export function inside(der: Uint8Array): readonly Tlv[] {
  return elements(elementAt(elements(der), 0).content)
}

export function elementAt(list: readonly Tlv[], index: number): Tlv {
  const found = list.at(index)
  if (found === undefined) throw new Error(`no element ${index}`)
  return found
}

export function tlv(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(parts)
  const length = content.length
  if (length < 0x80) return Buffer.concat([Uint8Array.of(tag, length), content])
  const bytes: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256)
  return Buffer.concat([Uint8Array.of(tag, 0x80 | bytes.length, ...bytes), content])
}

export const SEQUENCE = 0x30
export const OCTET_STRING = 0x04
export const BIT_STRING = 0x03

function byteAt(bytes: Uint8Array, index: number): number {
  const value = bytes[index]
  if (value === undefined) throw new Error('not DER')
  return value
}
