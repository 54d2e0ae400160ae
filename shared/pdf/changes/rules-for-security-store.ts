// The document security store (ISO 32000-2, 12.8.4.3): evidence may be added, never taken away, and nothing else may look at it.
import type { Comparison } from './comparison.ts'
import { sameBytes } from './equality.ts'
import { dictOf, isArray, keysOf, nameOf, streamOf, stringOf, type Located } from './view.ts'
import type { PdfStream } from '../objects.ts'

const LISTS = ['Certs', 'OCSPs', 'CRLs']
const LISTS_OF_VRI = ['Cert', 'OCSP', 'CRL']
/** A stream of evidence has data and nothing that a viewer would act upon. */
const KEYS_OF_EVIDENCE = new Set(['Length', 'Filter', 'DecodeParms', 'Type'])

export function judgeSecurityStore(c: Comparison, a: Located, b: Located): void {
  const findings = { touched: (a.value ?? b.value) !== undefined && c.touches(a, b) }
  if (a.value !== undefined && b.value === undefined) {
    c.report({ code: 'dss-entries-removed' })
    c.explain(b.holder)
    return
  }
  if (dictOf(b.value) === null || streamOf(b.value) !== null) {
    c.settle(a, b, { code: 'dss-malformed' })
    return
  }
  consumeIfTouched(c, a, b, findings)
  for (const key of keysOf(a, b)) {
    const [x, y] = [c.before.entry(a, key), c.after.entry(b, key)]
    if (LISTS.includes(key)) judgeList(c, x, y, findings)
    else if (key === 'VRI') judgeVri(c, x, y, findings)
    else if (key !== 'Type' || nameOf(y.value) !== 'DSS') strange(c, x, y)
  }
  if (findings.touched) c.report({ code: 'dss-extended' })
}

type Touched = { touched: boolean }

/** One dictionary for each signature, under the hash of its /Contents. */
function judgeVri(c: Comparison, a: Located, b: Located, findings: Touched): void {
  if (dictOf(b.value) === null) {
    c.report({ code: a.value === undefined ? 'dss-malformed' : 'dss-entries-removed' })
    return
  }
  consumeIfTouched(c, a, b, findings)
  for (const hash of keysOf(a, b)) {
    const [x, y] = [c.before.entry(a, hash), c.after.entry(b, hash)]
    if (hash === 'Type' && nameOf(y.value) !== null) continue
    if (dictOf(y.value) === null) {
      c.report({ code: x.value === undefined ? 'dss-malformed' : 'dss-entries-removed' })
      continue
    }
    consumeIfTouched(c, x, y, findings)
    for (const key of keysOf(x, y)) {
      const [of, is] = [c.before.entry(x, key), c.after.entry(y, key)]
      if (LISTS_OF_VRI.includes(key)) judgeList(c, of, is, findings)
      else if (key === 'TS' && streamOf(is.value) !== null) judgeEvidence(c, is)
      // The time of the evidence: renewed with it.
      else if (key === 'TU' && stringOf(is.value) !== null) consumeIfTouched(c, of, is, findings)
      else if (key !== 'Type' || nameOf(is.value) === null) strange(c, of, is)
    }
  }
}

function judgeList(c: Comparison, a: Located, b: Located, findings: Touched): void {
  const [old, now] = [c.before.items(a), c.after.items(b)]
  const numbers = new Set(now.map(({ ref }) => ref?.number))
  const kept = old.every(
    (item) => (item.ref !== null && numbers.has(item.ref.number)) || now.some((other) => sameEvidence(c, item, other)),
  )
  if (!kept) {
    c.report({ code: 'dss-entries-removed' })
    return
  }
  if (!isArray(b.value)) {
    strange(c, a, b)
    return
  }
  consumeIfTouched(c, a, b, findings)
  for (const item of now) judgeEvidence(c, item)
}

/** Only a stream that is new is accepted; one that was there and has changed is left over, and so found. */
function judgeEvidence(c: Comparison, at: Located): void {
  const stream = streamOf(at.value)
  if (at.ref === null || c.deltas.get(at.ref.number)?.kind !== 'new') return
  if (stream === null || [...stream.dict.entries.keys()].some((key) => !KEYS_OF_EVIDENCE.has(key)))
    c.report({ code: 'dss-malformed', object: at.ref.number })
  c.claim(at)
}

/** Tools rewrite the store and may write the same evidence once more. */
function sameEvidence(c: Comparison, a: Located, b: Located): boolean {
  const [x, y] = [streamOf(a.value), streamOf(b.value)]
  if (x === null || y === null) return false
  const data = (stream: PdfStream, side: 'before' | 'after'): Uint8Array | null => c[side].decoded(stream)
  const [old, now] = [data(x, 'before'), data(y, 'after')]
  return old !== null && now !== null && sameBytes(old, now)
}

function strange(c: Comparison, a: Located, b: Located): void {
  c.settle(a, b, { code: 'dss-malformed' })
}

function consumeIfTouched(c: Comparison, a: Located, b: Located, findings: Touched): void {
  if (!c.touches(a, b)) return
  findings.touched = true
  c.consume(b)
}
