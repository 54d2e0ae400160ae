// Short ways to make PDF objects, so that what is written can be read in the code as it will stand in the file.
import type { PdfDict, PdfObject, PdfRef } from '../objects.ts'
import { latin1Bytes } from './serialize.ts'

export function name(text: string): PdfObject {
  return { kind: 'name', name: text }
}

export function array(items: readonly PdfObject[]): PdfObject {
  return { kind: 'array', items }
}

/** Entries that are undefined are left out, so that an optional entry needs no branch where a dictionary is put together. */
export function dict(entries: Readonly<Record<string, PdfObject | undefined>>): PdfDict {
  const present = Object.entries(entries).filter((entry): entry is [string, PdfObject] => entry[1] !== undefined)
  return { kind: 'dict', entries: new Map(present) }
}

/** The same dictionary with some entries set anew and the others in their old order; undefined takes an entry out. */
export function withEntries(base: PdfDict, changes: Readonly<Record<string, PdfObject | undefined>>): PdfDict {
  const entries = new Map(base.entries)
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) entries.delete(key)
    else entries.set(key, value)
  }
  return { kind: 'dict', entries }
}

/** A string of bytes that are ASCII anyway, such as a date. */
export function asciiString(text: string): PdfObject {
  return { kind: 'string', bytes: latin1Bytes(text) }
}

/** Text for people: UTF-16BE with its mark (ISO 32000-1, 7.9.2.2), in the composed form that fonts have glyphs for. */
export function textString(text: string): PdfObject {
  const composed = text.normalize('NFC')
  const bytes = new Uint8Array(2 + 2 * composed.length)
  bytes.set([0xfe, 0xff])
  for (let i = 0; i < composed.length; i++) {
    const unit = composed.charCodeAt(i)
    bytes.set([unit >> 8, unit & 0xff], 2 + 2 * i)
  }
  return { kind: 'string', bytes }
}

export function isDict(object: PdfObject | undefined): object is PdfDict {
  return object !== undefined && object !== null && typeof object === 'object' && object.kind === 'dict'
}

export function isRef(object: PdfObject | undefined): object is PdfRef {
  return object !== undefined && object !== null && typeof object === 'object' && object.kind === 'ref'
}

export function nameOf(object: PdfObject | undefined): string | null {
  return object !== undefined && object !== null && typeof object === 'object' && object.kind === 'name'
    ? object.name
    : null
}

/** The items of an array, none for anything else. */
export function itemsOf(object: PdfObject | undefined): readonly PdfObject[] {
  return object !== undefined && object !== null && typeof object === 'object' && object.kind === 'array'
    ? object.items
    : []
}
