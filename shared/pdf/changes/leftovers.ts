// What no rule explained: every object that differs must be explained at every place where it differs and through every way it is seen.
import type { ChangeCode } from './change.ts'
import { MAX_NESTING } from '../limits.ts'
import type { Comparison, Delta } from './comparison.ts'
import { dictOf, isArray, nameOf, streamOf, TRAILER, type Slot } from './view.ts'

/** Reports what is left when all rules have run. Closed by default: the absence of a rule is a finding. */
export function reportLeftovers(c: Comparison): void {
  const ways = waysTo(c)
  for (const [number, delta] of c.deltas) {
    const holders = ways.get(number) ?? []
    const unseen = holders.length === 0
    if (delta.kind === 'gone' && unseen) continue
    if (isPlumbing(c, number, delta) && unseen) continue
    if (unseen) {
      c.report({ code: replacedStream(c, number) ? 'object-stream-replaced' : 'unreferenced-object', object: number })
      continue
    }
    const strange = holders.filter((holder) => !c.isAdmitted(holder, number, keysTo(c, ways, holder)))
    const unexplained = delta.kind !== 'gone' && delta.positions.some((position) => !c.isExplained(number, position))
    if (strange.length > 0 || unexplained) {
      const shown = strange.length > 0 ? strange : holders
      c.report({ code: codeOf(c, ways, number, shown), object: number })
    }
  }
}

/** Under which keys a reference stands; inside an array that is an object of its own, under which keys that is referred to. */
function keysTo(c: Comparison, ways: Ways, { object, path }: Slot, depth = 0): readonly string[] {
  const key = path.split('/').findLast((step) => !/^\d+$/.test(step))
  if (key !== undefined && key !== '') return [key]
  if (depth > MAX_NESTING) return ['']
  return (ways.get(object) ?? []).flatMap((holder) => keysTo(c, ways, holder, depth + 1))
}

/** From where each differing object, and each array, is seen in the later revision, walking from the trailer. */
type Ways = ReadonlyMap<number, readonly Slot[]>

function waysTo(c: Comparison): Ways {
  const ways = new Map<number, Slot[]>()
  // Whether the way to a number is kept; every object is looked at once, for files have tens of thousands.
  const kept = new Map<number, boolean>([[TRAILER, false]])
  const waiting = [TRAILER]
  for (let object = waiting.pop(); object !== undefined; object = waiting.pop()) {
    for (const { path, target } of c.after.edges(object)) {
      let keep = kept.get(target)
      if (keep === undefined) {
        keep = c.deltas.has(target) || isArray(c.after.object(target))
        kept.set(target, keep)
        waiting.push(target)
      }
      if (!keep) continue
      const holders = ways.get(target)
      if (holders === undefined) ways.set(target, [{ object, path }])
      else holders.push({ object, path })
    }
  }
  return ways
}

/** A new cross-reference or object stream holds the revision itself, and is no part of the document. */
function isPlumbing(c: Comparison, number: number, delta: Delta): boolean {
  const stream = streamOf(c.after.object(number))
  const type = nameOf(stream?.dict.entries.get('Type'))
  if (type === 'XRef') return delta.kind === 'new' || typeOf(c.before.object(number)) === 'XRef'
  return type === 'ObjStm' && delta.kind === 'new'
}

function replacedStream(c: Comparison, number: number): boolean {
  return typeOf(c.before.object(number)) === 'ObjStm'
}

const FONT_KEYS = ['FontFile', 'FontFile2', 'FontFile3', 'ToUnicode', 'DescendantFonts', 'Font']
const EVIDENCE_KEYS = ['DSS', 'Certs', 'OCSPs', 'CRLs', 'VRI', 'Cert', 'OCSP', 'CRL']
/** The length of a stream says where its data ends. */
const CONTENT_KEYS = ['Contents', 'Resources', 'XObject', 'Length']

/** The most telling name for an unexplained change, from what the object is and how it is reached. */
function codeOf(c: Comparison, ways: Ways, number: number, holders: readonly Slot[]): ChangeCode {
  const type = typeOf(c.before.object(number)) ?? typeOf(c.after.object(number))
  const under = (key: string): boolean =>
    holders.some((holder) => holder.path.split('/').includes(key) || keysTo(c, ways, holder).includes(key))
  switch (type) {
    case 'Font':
    case 'FontDescriptor':
      return 'font-changed'
    case 'Page':
      return 'page-changed'
    case 'Pages':
      return 'pages-changed'
    case 'Catalog':
      return 'catalog-changed'
    case 'Sig':
    case 'DocTimeStamp':
      return 'signature-changed'
    case null:
    default:
      if (FONT_KEYS.some(under)) return 'font-changed'
      if (CONTENT_KEYS.some(under)) return 'content-changed'
      return EVIDENCE_KEYS.some(under) ? 'dss-entries-removed' : 'unexplained-change'
  }
}

function typeOf(value: Parameters<typeof dictOf>[0]): string | null {
  return nameOf(dictOf(value)?.entries.get('Type'))
}
