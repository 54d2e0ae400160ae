// Where objects are, as each revision says: one history for the whole file, and views of it as of a revision.

/** Where an object is: at an offset of the file, or as the n-th of an object stream. `free` hides what an older revision had. */
export type CrossReferenceEntry =
  | { readonly kind: 'offset'; readonly offset: number; readonly generation: number }
  | { readonly kind: 'compressed'; readonly stream: number; readonly index: number }
  | { readonly kind: 'free' }

export type CrossReferenceEntries = ReadonlyMap<number, CrossReferenceEntry>

type Dated = { readonly revision: number; readonly entry: CrossReferenceEntry }

/** Every entry that an object number ever had, oldest first. A hundred revisions cost what their own entries cost, and no more. */
export class EntryHistory {
  readonly #entries = new Map<number, Dated[]>()
  readonly #streams = new Set<number>()
  readonly #added: [number, CrossReferenceEntry][][] = []
  #highest = 0

  get size(): number {
    return this.#entries.size
  }

  /** Highest object number of all revisions so far. */
  get highest(): number {
    return this.#highest
  }

  /** Entries must be added revision after revision, oldest first, each number once a revision. */
  add(revision: number, number: number, entry: CrossReferenceEntry): void {
    if (number > this.#highest) this.#highest = number
    if (entry.kind === 'compressed') this.#streams.add(entry.stream)
    const added = (this.#added[revision] ??= [])
    added.push([number, entry])
    const dated = this.#entries.get(number)
    if (dated === undefined) this.#entries.set(number, [{ revision, entry }])
    else dated.push({ revision, entry })
  }

  /** What holds for a number as of a revision, with the revision that said so. */
  at(revision: number, number: number): Dated | undefined {
    const dated = this.#entries.get(number)
    if (dated === undefined) return undefined
    let [low, high] = [0, dated.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((dated[middle]?.revision ?? 0) <= revision) low = middle + 1
      else high = middle
    }
    return dated[low - 1]
  }

  /** The entries that a revision added. */
  of(revision: number): readonly (readonly [number, CrossReferenceEntry])[] {
    return this.#added[revision] ?? []
  }

  /** Whether a number is, or was in some revision so far, that of an object stream. */
  holdsObjects(number: number): boolean {
    return this.#streams.has(number)
  }

  numbers(): IterableIterator<number> {
    return this.#entries.keys()
  }

  asOf(revision: number): CrossReferenceEntries {
    return new EntriesAsOf(this, revision)
  }
}

class EntriesAsOf implements CrossReferenceEntries {
  readonly #history: EntryHistory
  readonly #revision: number
  #size: number | undefined

  constructor(history: EntryHistory, revision: number) {
    this.#history = history
    this.#revision = revision
  }

  get size(): number {
    this.#size ??= [...this.keys()].length
    return this.#size
  }

  get(number: number): CrossReferenceEntry | undefined {
    return this.#history.at(this.#revision, number)?.entry
  }

  has(number: number): boolean {
    return this.get(number) !== undefined
  }

  forEach(each: (entry: CrossReferenceEntry, number: number, map: CrossReferenceEntries) => void): void {
    for (const [number, entry] of this) each(entry, number, this)
  }

  *entries(): MapIterator<[number, CrossReferenceEntry]> {
    for (const number of this.#history.numbers()) {
      const entry = this.get(number)
      if (entry !== undefined) yield [number, entry]
    }
  }

  *keys(): MapIterator<number> {
    for (const [number] of this.entries()) yield number
  }

  *values(): MapIterator<CrossReferenceEntry> {
    for (const [, entry] of this.entries()) yield entry
  }

  [Symbol.iterator](): MapIterator<[number, CrossReferenceEntry]> {
    return this.entries()
  }
}
