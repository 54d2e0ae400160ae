// One comparison of two revisions: which objects really differ, and what the rules have explained of it so far.
import type { PdfSignature } from '../revisions/signature.ts'
import type { Finding } from './change.ts'
import { differences, sameMeaning } from './equality.ts'
import { below, dictOf, escapeKey, itemsOf, refOf, type Located, type RevisionView, type Slot } from './view.ts'
import type { PdfObject } from '../objects.ts'

/** How one object differs: `positions` are the outermost places, '' for the whole object. */
export interface Delta {
  readonly kind: 'new' | 'gone' | 'changed'
  readonly positions: readonly string[]
}

/**
 * What an object is in the document. A changed object may be pointed at only in the ways its role has,
 * or the change would show where no rule looked: a field that is also a page's resource, say.
 */
export type Role = 'catalog' | 'page' | 'field'

/** Keys under which an object of a role is referred to; what they mean there does not depend on what rules may change in it. */
const KEYS_OF_ROLE: Record<Role, ReadonlySet<string>> = {
  catalog: new Set(['Root', 'Data']),
  page: new Set(['Kids', 'P', 'Pg', 'D', 'Dest', 'Names', 'OpenAction', 'Data']),
  field: new Set(['Fields', 'Kids', 'Annots', 'Parent', 'Obj', 'CO', 'T', 'Popup', 'IRT', 'Data']),
}

export class Comparison {
  readonly before: RevisionView
  readonly after: RevisionView
  readonly signatures: readonly PdfSignature[]
  readonly deltas: ReadonlyMap<number, Delta>
  readonly findings: Finding[] = []
  /** Pairs of objects already found to mean the same, for `sameMeaning`. */
  readonly known = new Set<string>()
  readonly #explained = new Map<number, Set<string>>()
  readonly #admitted = new Set<string>()
  readonly #roles = new Map<number, Role>()

  /** @param touched numbers whose cross-reference entry was written after `before`, up to `after` */
  constructor(
    before: RevisionView,
    after: RevisionView,
    touched: ReadonlySet<number>,
    signatures: readonly PdfSignature[],
  ) {
    this.before = before
    this.after = after
    this.signatures = signatures
    this.deltas = this.#compare(touched)
  }

  report(finding: Finding): void {
    this.findings.push(finding)
  }

  /** A rule has looked at every difference at this place and below, and said what it is. */
  explain(slot: Slot): void {
    const paths = this.#explained.get(slot.object) ?? new Set()
    paths.add(slot.path)
    this.#explained.set(slot.object, paths)
  }

  /** A rule has taken into account that changes of what the reference at this place points at are seen through it. */
  admit(holder: Slot): void {
    this.#admitted.add(`${holder.object}:${holder.path}`)
  }

  /** The whole value at this place, and the way to it. */
  consume(located: Located): void {
    this.explain(located.holder)
    this.explain(located.slot)
    this.admit(located.holder)
  }

  /**
   * A new value with all the new objects below it. Stops at objects that were there before: they are only used,
   * and where they have changed themselves the claim does not excuse it.
   */
  claim(located: Located): void {
    this.consume(located)
    this.#claimBelow(located.value, located.slot)
  }

  /** Whether anything differs at this place, below it or where it is held, or whether it is another place than before. */
  touches(a: Located, b: Located): boolean {
    return (
      this.#differsAt(b.slot) || this.#differsAt(b.holder) || !sameSlot(a.slot, b.slot) || !sameSlot(a.holder, b.holder)
    )
  }

  /**
   * A value that no rule lets change. The same meaning written in another way is no change.
   * Looks only at what stands here: changes inside objects it refers to are found where those objects are.
   */
  settle(a: Located, b: Located, finding: Finding): void {
    // What stands in another object than before may be something else although no object differs: it was prepared.
    if (!this.#differsAt(b.holder) && sameSlot(a.holder, b.holder)) return
    if (sameMeaning(this.before, a, this.after, b, this.known)) {
      this.claim(b)
      return
    }
    this.report(finding)
    this.explain(b.holder)
  }

  assign(number: number, role: Role): void {
    this.#roles.set(number, role)
  }

  isExplained(object: number, position: string): boolean {
    const paths = this.#explained.get(object)
    if (paths === undefined) return false
    for (let path = position; ; path = path.slice(0, Math.max(0, path.lastIndexOf('/')))) {
      if (paths.has(path)) return true
      if (path === '') return false
    }
  }

  /** @param keys under which the reference stands, whatever arrays lie between */
  isAdmitted(holder: Slot, target: number, keys: readonly string[]): boolean {
    if (this.#admitted.has(`${holder.object}:${holder.path}`)) return true
    const role = this.#roles.get(target)
    if (role === undefined) return false
    // The first item of an array that belongs to no other role is a destination, whatever the array is called.
    if (role === 'page' && holder.path.split('/').at(-1) === '0') return true
    return keys.length > 0 && keys.every((key) => KEYS_OF_ROLE[role].has(key))
  }

  #differsAt(slot: Slot): boolean {
    const inside = slot.path === '' ? '' : `${slot.path}/`
    return (this.deltas.get(slot.object)?.positions ?? []).some(
      (position) =>
        slot.path === '' ||
        position === '' ||
        position === slot.path ||
        position.startsWith(inside) ||
        slot.path.startsWith(`${position}/`),
    )
  }

  #claimBelow(value: PdfObject | undefined, slot: Slot): void {
    const visit = (part: PdfObject | undefined, at: Slot): void => {
      const ref = refOf(part)
      if (ref === null) {
        itemsOf(part).forEach((item, i) => visit(item, below(at, String(i))))
        for (const [key, entry] of dictOf(part)?.entries ?? []) visit(entry, below(at, escapeKey(key)))
        return
      }
      if (this.deltas.get(ref.number)?.kind !== 'new') return
      this.admit(at)
      const target = { object: ref.number, path: '' }
      if (this.isExplained(ref.number, '')) return
      this.explain(target)
      visit(this.after.object(ref.number), target)
    }
    visit(value, slot)
  }

  #compare(touched: ReadonlySet<number>): ReadonlyMap<number, Delta> {
    const deltas = new Map<number, Delta>()
    for (const number of this.#compared(touched)) {
      const [a, b] = [this.before.object(number) ?? null, this.after.object(number)]
      // What could not be read when it was signed shows nothing; but nobody may write it anew so that it cannot be read.
      if (b === undefined && this.after.has(number) && touched.has(number))
        this.report({ code: 'unreadable-object', object: number })
      if ((b ?? null) === null) {
        if (a !== null) deltas.set(number, { kind: 'gone', positions: [''] })
      } else if (a === null) deltas.set(number, { kind: 'new', positions: [''] })
      else {
        const positions = differences(this.before, a, this.after, b)
        if (positions.length > 0) deltas.set(number, { kind: 'changed', positions })
      }
    }
    return deltas
  }

  /**
   * Objects may change although their own entry stays: with the object stream they are in, or because their entry
   * points behind the end of its revision, where a later one has put something.
   */
  #compared(touched: ReadonlySet<number>): ReadonlySet<number> {
    const numbers = new Set(touched)
    const missing = this.before.unreadable()
    for (const [number, entry] of this.after.file.entries) {
      if (entry.kind === 'compressed' && touched.has(entry.stream)) numbers.add(number)
      if (missing.has(number)) numbers.add(number)
    }
    return numbers
  }
}

function sameSlot(a: Slot, b: Slot): boolean {
  return a.object === b.object && a.path === b.path
}
