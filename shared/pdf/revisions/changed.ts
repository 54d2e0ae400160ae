// Which objects a revision changes: those whose entry says something new, and those whose object stream it replaces.
import type { CrossReferenceEntry, EntryHistory } from '../entries.ts'
import { finding, type StructureFinding } from './finding.ts'

/**
 * Adds the entries of a revision to the history. An entry that repeats what held before changes nothing: some writers
 * write their whole table anew with each update.
 * @returns numbers without object 0; with `object-stream-replaced` for objects that move without an entry of their own
 */
export function changedBy(
  history: EntryHistory,
  revision: number,
  entries: ReadonlyMap<number, CrossReferenceEntry>,
): { readonly numbers: ReadonlySet<number>; readonly findings: readonly StructureFinding[] } {
  const numbers = new Set<number>()
  for (const [number, entry] of entries) {
    const before = history.at(revision - 1, number)?.entry
    if (before !== undefined && isSame(before, entry)) continue
    // Freeing what never was there is what writers do to fill gaps.
    if (before === undefined && entry.kind === 'free' && revision > 0) continue
    numbers.add(number)
    history.add(revision, number, entry)
  }
  if (revision === 0) return { numbers, findings: [] }
  const replaced = new Set([...numbers].filter((number) => history.holdsObjects(number)))
  const findings: StructureFinding[] = []
  if (replaced.size > 0) {
    for (const number of history.numbers()) {
      const dated = history.at(revision, number)
      if (dated?.entry.kind !== 'compressed' || dated.revision === revision || !replaced.has(dated.entry.stream))
        continue
      numbers.add(number)
      findings.push(finding('object-stream-replaced', 'error', revision, { object: number }))
    }
  }
  return { numbers, findings }
}

function isSame(a: CrossReferenceEntry, b: CrossReferenceEntry): boolean {
  if (a.kind === 'offset') return b.kind === 'offset' && a.offset === b.offset && a.generation === b.generation
  if (a.kind === 'compressed') return b.kind === 'compressed' && a.stream === b.stream && a.index === b.index
  return b.kind === 'free'
}
