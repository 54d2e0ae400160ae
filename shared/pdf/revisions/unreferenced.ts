// New objects that nothing in their own revision points at: harmless today, and what a later revision might bring to light.
import type { PdfObject } from '../objects.ts'
import type { RevisionObject } from './compressed-objects.ts'
import type { Revision, RevisionedPdf } from './revisions.ts'
import { isKind } from './values.ts'

/**
 * Numbers that the revision is the first to use, and to which neither its trailer nor any object written with it refers.
 * Of the first revision nothing is said: every second file in the wild has leftovers there.
 */
export function unreferenced(
  { history }: RevisionedPdf,
  { index, links }: Revision,
  objects: readonly RevisionObject[],
): readonly number[] {
  if (index === 0) return []
  const targets = new Set<number>()
  for (const { section } of links) collect(section.dict, targets)
  for (const { object } of objects) collect(object, targets)
  const used = new Set(history.of(index).map(([, entry]) => (entry.kind === 'compressed' ? entry.stream : 0)))
  return objects
    .filter(({ number, object }) => !targets.has(number) && !used.has(number) && !isCrossReference(object))
    .map(({ number }) => number)
    .filter((number) => (history.at(index - 1, number)?.entry.kind ?? 'free') === 'free')
}

function collect(object: PdfObject, targets: Set<number>): void {
  if (object === null || typeof object !== 'object') return
  if (object.kind === 'ref') targets.add(object.number)
  else if (object.kind === 'array') for (const item of object.items) collect(item, targets)
  else if (object.kind === 'dict') for (const value of object.entries.values()) collect(value, targets)
  else if (object.kind === 'stream') collect(object.dict, targets)
}

function isCrossReference(object: PdfObject): boolean {
  if (!isKind(object, 'stream')) return false
  const type = object.dict.entries.get('Type')
  return isKind(type, 'name') && type.name === 'XRef'
}
