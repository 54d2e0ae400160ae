// Leftovers in the structure of a file: earlier revisions, and pages or catalogs that wait for an update to bring them up.
import type { PdfFile } from '../file.ts'
import type { PdfObject } from '../objects.ts'
import { isDict, itemsOf, nameOf } from '../write/make.ts'
import type { UpdateBase } from '../write/base.ts'
import { isSingleRevision } from '../write/rewrite.ts'
import { finding, type ScanFinding } from './finding.ts'

/** Types of streams that hold the structure itself and that no object refers to. */
const STRUCTURAL = new Set(['ObjStm', 'XRef'])

/** @param signed in a signed file earlier revisions are what its signatures cover */
export function scanStructure(base: UpdateBase, reached: ReadonlySet<number>, signed: boolean): readonly ScanFinding[] {
  const findings: ScanFinding[] = []
  const linearized = linearization(base.file)
  if (!signed && linearized === null && !isSingleRevision(base))
    findings.push(finding(base.origin === 0 ? 'earlier-revisions' : 'bytes-outside-file'))
  let others = 0
  for (const [number, entry] of base.file.entries) {
    if (number === 0 || entry.kind === 'free' || reached.has(number)) continue
    if (number === linearized?.number || (entry.kind === 'offset' && entry.offset === linearized?.hints)) continue
    const type = typeOf(base.file.resolve({ kind: 'ref', number, generation: 0 }))
    if (STRUCTURAL.has(type)) continue
    if (type === 'Page' || type === 'Pages') findings.push(finding('unreferenced-page', { object: number }))
    else if (type === 'Catalog') findings.push(finding('unreferenced-catalog', { object: number }))
    // One line for all: honest writers leave some, and nobody reads a list of numbers. Updates of a signed file leave what they replaced.
    else if (!signed && others++ === 0) findings.push(finding('unreferenced-object', { object: number }))
  }
  return findings
}

function typeOf(object: PdfObject): string {
  if (object === null || typeof object !== 'object') return ''
  const dict = object.kind === 'stream' ? object.dict : object
  return isDict(dict) ? (nameOf(dict.entries.get('Type')) ?? '') : ''
}

/** The first object of a linearized file and the offset of its hint stream, which nothing refers to by number (ISO 32000-1, annex F). */
function linearization(file: PdfFile): { readonly number: number; readonly hints: number } | null {
  let [first, offset] = [0, Infinity]
  for (const [number, entry] of file.entries)
    if (entry.kind === 'offset' && entry.offset < offset) [first, offset] = [number, entry.offset]
  const object = file.resolve({ kind: 'ref', number: first, generation: 0 })
  if (!isDict(object) || !object.entries.has('Linearized')) return null
  const [hints] = itemsOf(object.entries.get('H'))
  return { number: first, hints: typeof hints === 'number' ? hints : -1 }
}
