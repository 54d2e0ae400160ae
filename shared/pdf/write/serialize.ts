// PDF objects as bytes (ISO 32000-1, 7.3): what was read and is written again reads as the same value.
import { damaged } from '../fault.ts'
import { MAX_NESTING } from '../limits.ts'
import type { PdfDict, PdfObject } from '../objects.ts'

/** Regular characters that stand for themselves in a name; `#` begins an escape (ISO 32000-1, 7.3.5). */
const PLAIN_IN_NAME = /^[!"$&'*+,\-.0-9:;=?@A-Z\\^_`a-z|~]$/
/** Printable ASCII: such strings stay readable in the file, all others are written in hexadecimal. */
const FIRST_PRINTABLE = 0x20
const LAST_PRINTABLE = 0x7e
/** More places than a double has digits behind a leading zero; `toFixed` takes no more. */
const MAX_DECIMALS = 100

/**
 * One object as it stands between `obj` and `endobj`, or inside another object.
 * @throws PdfFault for a stream, whose data is not part of the object: streams are written by `IncrementalUpdate.putStream`
 */
export function serializeObject(object: PdfObject): Uint8Array {
  return latin1Bytes(objectText(object, 0))
}

/** A dictionary as text whose characters are bytes. @throws PdfFault when it is nested deeper than a reader would follow */
export function dictText(dict: PdfDict, depth = 0): string {
  const entries = [...dict.entries].map(([key, value]) => `${nameText(key)} ${objectText(value, depth + 1)}`)
  return entries.length === 0 ? '<<>>' : `<<${entries.join('')}>>`
}

export function nameText(name: string): string {
  const escaped = Array.from(name, (character) => {
    if (PLAIN_IN_NAME.test(character)) return character
    return `#${(character.charCodeAt(0) & 0xff).toString(16).padStart(2, '0')}`
  })
  return `/${escaped.join('')}`
}

/** The shortest decimal that reads back as the same number: PDF knows no exponents. */
export function numberText(value: number): string {
  const shortest = String(value)
  if (!shortest.includes('e')) return shortest
  // Beyond 10^21 even toFixed writes an exponent; no coordinate, length or count comes near.
  if (Math.abs(value) >= 1) return BigInt(value).toString()
  return value.toFixed(MAX_DECIMALS).replace(/0+$/, '').replace(/\.$/, '')
}

export function latin1Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}

function objectText(object: PdfObject, depth: number): string {
  if (depth > MAX_NESTING) throw damaged('nested too deeply')
  if (object === null) return 'null'
  if (typeof object === 'boolean') return String(object)
  if (typeof object === 'number') return numberText(object)
  switch (object.kind) {
    case 'name':
      return nameText(object.name)
    case 'string':
      return stringText(object.bytes)
    case 'ref':
      return `${object.number} ${object.generation} R`
    case 'array':
      return `[${object.items.map((item) => objectText(item, depth + 1)).join(' ')}]`
    case 'dict':
      return dictText(object, depth)
    case 'stream':
      throw damaged('stream inside an object')
  }
}

function stringText(bytes: Uint8Array): string {
  const printable = bytes.every((byte) => byte >= FIRST_PRINTABLE && byte <= LAST_PRINTABLE)
  if (!printable) return `<${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}>`
  return `(${String.fromCharCode(...bytes).replace(/[\\()]/g, '\\$&')})`
}
