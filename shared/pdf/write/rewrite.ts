// Writes a file anew with one revision: only what the newest trailer reaches, in one table, from the first byte on.
import { concatBytes } from '@noble/hashes/utils.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { standsAt, type PdfDict, type PdfObject, type PdfRef } from '../objects.ts'
import type { UpdateBase } from './base.ts'
import { array, dict, isRef, withEntries } from './make.ts'
import { dictText, latin1Bytes, serializeObject } from './serialize.ts'
import { tableSection, type WrittenObject } from './cross-reference-section.ts'

const ID_BYTES = 16
/** Bytes above 127 in the second line tell transfer programs that the file is no text (ISO 32000-1, 7.5.2). */
const BINARY_MARK = '%\u00e2\u00e3\u00cf\u00d3\n'

/** What the trailer of the new file names, with the numbers of the old one. */
const TRAILER_KEYS = ['Root', 'Info'] as const

/** What becomes of each dictionary, those of streams too, before it is written; what it no longer names is left behind. */
export type ChangeDict = (dict: PdfDict) => PdfDict

/** New numbers in the order in which objects are met; what was met waits to be written. */
class Renumbering {
  readonly waiting: number[] = []
  readonly #base: UpdateBase
  readonly #change: ChangeDict
  readonly #numbers = new Map<number, number>()

  constructor(base: UpdateBase, change: ChangeDict) {
    this.#base = base
    this.#change = change
  }

  object(object: PdfObject): PdfObject {
    if (object === null || typeof object !== 'object') return object
    if (object.kind === 'ref') return this.#reference(object)
    if (object.kind === 'array') return array(object.items.map((item) => this.object(item)))
    return object.kind === 'dict' ? this.dict(object) : object
  }

  dict(dict: PdfDict): PdfDict {
    const { entries } = this.#change(dict)
    return { kind: 'dict', entries: new Map([...entries].map(([key, value]) => [key, this.object(value)])) }
  }

  #reference(ref: PdfRef): PdfRef | null {
    const entry = this.#base.file.entries.get(ref.number)
    // What is not there is null (ISO 32000-1, 7.3.10), and null needs no object.
    if (entry === undefined || entry.kind === 'free') return null
    let number = this.#numbers.get(ref.number)
    if (number === undefined) {
      number = this.#numbers.size + 1
      this.#numbers.set(ref.number, number)
      this.waiting.push(ref.number)
    }
    return { kind: 'ref', number, generation: 0 }
  }
}

/**
 * Earlier revisions, unreachable objects, bytes around the file and the linearization are left behind, and so would signatures be:
 * never for a signed file. Stream data is taken over as it is.
 * @throws PdfFault when something that is reached cannot be read
 */
export function rewrite(base: UpdateBase, change: ChangeDict = (dict) => dict): Uint8Array {
  const renumbering = new Renumbering(base, change)
  const roots = TRAILER_KEYS.map((key) => [key, renumbering.object(base.trailer.entries.get(key) ?? null)] as const)
  const parts = [latin1Bytes(`%PDF-${versionOf(base)}\n${BINARY_MARK}`)]
  let at = lengthOf(parts)
  const written: WrittenObject[] = []
  for (let next = 0; next < renumbering.waiting.length; next++) {
    const number = next + 1
    const old = { kind: 'ref', number: renumbering.waiting[next] ?? 0, generation: 0 } as const
    const object = [latin1Bytes(`${number} 0 obj\n`), ...body(base, renumbering, old), latin1Bytes('\nendobj\n')]
    written.push({ number, generation: 0, offset: at })
    parts.push(...object)
    at += lengthOf(object)
  }
  const hash = sha256.create()
  for (const part of parts) hash.update(part)
  const id: PdfObject = { kind: 'string', bytes: hash.digest().subarray(0, ID_BYTES) }
  const present = Object.fromEntries(roots.filter(([, value]) => isRef(value)))
  const trailer = dict({ ...present, ID: array([id, id]), Size: written.length + 1 })
  return concatBytes(...parts, tableSection(written, trailer, true), latin1Bytes(`startxref\n${at}\n%%EOF\n`))
}

function body(base: UpdateBase, renumbering: Renumbering, ref: PdfRef): readonly Uint8Array[] {
  const object = base.file.resolve(ref)
  if (object === null || typeof object !== 'object' || object.kind !== 'stream')
    return [serializeObject(renumbering.object(object))]
  const data = base.file.streamData(object)
  // The length may be an object of its own; it is written into the dictionary, and that object is not needed.
  const head = withEntries(renumbering.dict(withEntries(object.dict, { Length: undefined })), { Length: data.length })
  return [latin1Bytes(`${dictText(head)}\nstream\n`), data, latin1Bytes('\nendstream')]
}

function lengthOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0)
}

/** 1.7, which Vietnamese rules ask for at least, or 2.0 where the file says so. */
function versionOf(base: UpdateBase): string {
  return standsAt(base.file.bytes, 0, '%PDF-2') ? '2.0' : '1.7'
}

/** Whether a file is one revision from its first to its last byte, with nothing before or behind. */
export function isSingleRevision(base: UpdateBase): boolean {
  const { entries } = base.trailer
  const clean = base.origin === 0 && !entries.has('Prev') && !entries.has('XRefStm')
  const tail = base.bytes.subarray(-'%%EOF\r\n'.length)
  return clean && /%%EOF(\r\n|\n|\r)?$/.test(String.fromCharCode(...tail))
}
