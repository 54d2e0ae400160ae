// Appends objects to a PDF without touching a byte of what is there: an incremental update (ISO 32000-1, 7.5.6).
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes } from '@noble/hashes/utils.js'
import { damaged } from '../fault.ts'
import { MAX_OBJECTS } from '../limits.ts'
import type { PdfDict, PdfObject, PdfRef } from '../objects.ts'
import type { UpdateBase } from './base.ts'
import { tableSection, streamSection, type WrittenObject } from './cross-reference-section.ts'
import { array, isRef, itemsOf, withEntries } from './make.ts'
import { dictText, latin1Bytes, serializeObject } from './serialize.ts'

/** Both halves of `/ID` have 16 bytes in files of other writers, and some readers expect no other length. */
const ID_BYTES = 16
/** Highest object number that readers in use accept (ISO 32000-1, annex C). */
const MAX_OBJECT_NUMBER = 8_388_607
const LINE_FEED = 0x0a

/**
 * Collects the objects of one update. Objects are written in the order in which they were put, each as a plain object:
 * an object stream would save little and would hide signature dictionaries, which must stand in the file as they are.
 */
export class IncrementalUpdate {
  readonly base: UpdateBase
  readonly #bodies = new Map<number, { readonly ref: PdfRef; readonly parts: readonly Uint8Array[] }>()
  readonly #objects = new Map<number, PdfObject>()
  readonly #positions = new Map<number, number>()
  #next: number

  constructor(base: UpdateBase) {
    this.base = base
    this.#next = firstFreeNumber(base)
  }

  /** A number that no object of the file ever had: freed numbers are not used again, so that nothing old can point at something new. */
  allocate(): PdfRef {
    if (this.#next >= MAX_OBJECT_NUMBER) throw damaged('no object number left')
    return { kind: 'ref', number: this.#next++, generation: 0 }
  }

  /** Sets an object; what was put for the same number before is replaced. */
  put(ref: PdfRef, object: PdfObject): void {
    this.#objects.set(ref.number, object)
    this.putRaw(ref, serializeObject(object))
  }

  /** A new object with the next free number. */
  add(object: PdfObject): PdfRef {
    const ref = this.allocate()
    this.put(ref, object)
    return ref
  }

  /** A stream; `/Length` is set here, filters are the caller's. */
  putStream(ref: PdfRef, dict: PdfDict, data: Uint8Array): void {
    const head = dictText(withEntries(dict, { Length: data.length }))
    this.#bodies.set(ref.number, { ref, parts: [latin1Bytes(`${head}\nstream\n`), data, latin1Bytes('\nendstream')] })
  }

  addStream(dict: PdfDict, data: Uint8Array): PdfRef {
    const ref = this.allocate()
    this.putStream(ref, dict, data)
    return ref
  }

  /** An object whose bytes must stand exactly so, as those of a signature dictionary. */
  putRaw(ref: PdfRef, body: Uint8Array): void {
    this.#bodies.set(ref.number, { ref, parts: [body] })
  }

  /** Follows a reference to what this update has put, else to what the file has. @throws PdfFault when nothing is there */
  resolve(object: PdfObject | undefined): PdfObject {
    if (isRef(object)) {
      const own = this.#objects.get(object.number)
      if (own !== undefined) return own
    }
    return this.base.file.resolve(object)
  }

  /** @throws PdfFault when it is no dictionary */
  dict(object: PdfObject | undefined): PdfDict {
    const resolved = this.resolve(object)
    if (resolved === null || typeof resolved !== 'object' || resolved.kind !== 'dict')
      throw damaged('expected a dictionary')
    return resolved
  }

  /**
   * The bytes to append; the base itself is not copied. Ends with `%%EOF` and a line end.
   * @throws PdfFault when no object was put or an offset has no place in the file's kind of cross-reference
   */
  finish(): Uint8Array {
    if (this.#bodies.size === 0) throw damaged('an update without objects')
    const { bytes, origin, kind } = this.base
    const parts: Uint8Array[] = bytes.at(-1) === LINE_FEED ? [] : [Uint8Array.of(LINE_FEED)]
    let at = bytes.length + parts.length
    const written: WrittenObject[] = []
    for (const { ref, parts: body } of this.#bodies.values()) {
      const head = latin1Bytes(`${ref.number} ${ref.generation} obj\n`)
      written.push({ number: ref.number, generation: ref.generation, offset: at - origin })
      this.#positions.set(ref.number, at + head.length)
      for (const part of [head, ...body, latin1Bytes('\nendobj\n')]) {
        parts.push(part)
        at += part.length
      }
    }
    const trailer = this.#trailer(parts)
    const section =
      kind === 'stream'
        ? streamSection(written, trailer, this.allocate().number, at - origin)
        : tableSection(written, withEntries(trailer, { Size: this.#next }))
    parts.push(section, latin1Bytes(`startxref\n${at - origin}\n%%EOF\n`))
    return concatBytes(...parts)
  }

  /** Where the body of an object begins in the whole file; known once the update is finished. */
  positionOf(ref: PdfRef): number {
    const position = this.#positions.get(ref.number)
    if (position === undefined) throw damaged('object is not part of the finished update')
    return position
  }

  /** What the new section keeps of the old one: everything else in it describes the old section itself. */
  #trailer(parts: readonly Uint8Array[]): PdfDict {
    const { trailer, startxref } = this.base
    // The second half of /ID changes with the content (ISO 32000-1, 14.4): the content decides, so that no chance is needed.
    const hash = sha256.create()
    for (const part of parts) hash.update(part)
    const fresh: PdfObject = { kind: 'string', bytes: hash.digest().subarray(0, ID_BYTES) }
    const [first = fresh] = trailer.entries.has('ID') ? itemsOf(this.base.file.resolve(trailer.entries.get('ID'))) : []
    const kept = ['Root', 'Info'].flatMap((key): [string, PdfObject][] => {
      const value = trailer.entries.get(key)
      return value === undefined ? [] : [[key, value]]
    })
    return {
      kind: 'dict',
      entries: new Map<string, PdfObject>([...kept, ['ID', array([first, fresh])], ['Prev', startxref]]),
    }
  }
}

/** The whole file after an update: the only place where the base is copied. */
export function applyUpdate(base: UpdateBase, appended: Uint8Array): Uint8Array {
  return concatBytes(base.bytes, appended)
}

/** `/Size` is what the file says and need not be true: an object beyond it must not be hidden by a new one. */
function firstFreeNumber(base: UpdateBase): number {
  const size = base.trailer.entries.get('Size')
  let next = typeof size === 'number' && Number.isInteger(size) && size > 0 ? size : 1
  for (const number of base.file.entries.keys()) if (number >= next) next = number + 1
  if (next > MAX_OBJECT_NUMBER - MAX_OBJECTS) throw damaged('object numbers are used up')
  return next
}
