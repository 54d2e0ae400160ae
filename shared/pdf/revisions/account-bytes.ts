// Whether every byte of a file is explained: by an object where its revision says it is, by a cross-reference, or by white space.
import { damaged, PdfFault } from '../fault.ts'
import { isWhitespace, newParseBudget, standsAt, type ParseBudget } from '../objects.ts'
import { finding, type Severity, type StructureCode, type StructureFinding } from './finding.ts'
import { gapsBetween, MAX_COMMENT_BYTES, type Part } from './gaps.ts'
import { compressedObjects, type RevisionObject } from './compressed-objects.ts'
import { readEnd, WORD } from './revision-end.ts'
import type { Revision, RevisionedPdf } from './revisions.ts'
import { objectSpanOrNull, type ObjectSpan } from './spans.ts'
import { unreferenced } from './unreferenced.ts'

/** Most findings of one file: a file of leftovers is no better known by more of them. */
const MAX_FINDINGS = 1000

const known = new WeakMap<RevisionedPdf, readonly StructureFinding[]>()

/**
 * Accounts for every byte, revision by revision. In the first revision, which was there before anyone signed, leftovers of sloppy
 * writers are `warning`; in every later one nothing may be left over, and they are `error`.
 * Reads every object once, and never throws: a limit that is reached is the finding `too-large`. A second call costs nothing.
 * @returns findings in the order of the revisions; empty when every byte is accounted for
 */
export function accountBytes(pdf: RevisionedPdf): readonly StructureFinding[] {
  const before = known.get(pdf)
  if (before !== undefined) return before
  const findings: StructureFinding[] = []
  const budget = newParseBudget()
  for (const revision of pdf.revisions) {
    try {
      findings.push(...accountRevision(pdf, revision, budget))
      if (findings.length > MAX_FINDINGS) throw damaged('too many findings')
    } catch (fault) {
      if (!(fault instanceof PdfFault)) throw fault
      findings.push(finding('too-large', 'error', revision.index))
      break
    }
  }
  findings.push(...trailingBytes(pdf))
  known.set(pdf, findings)
  return findings
}

function accountRevision(pdf: RevisionedPdf, revision: Revision, budget: ParseBudget): readonly StructureFinding[] {
  const { index } = revision
  const { origin } = pdf
  const severity: Severity = index === 0 ? 'warning' : 'error'
  const findings: StructureFinding[] = []
  const report = (code: StructureCode, part: Part, object?: number): void => {
    const place = { offset: origin + part.start, length: part.end - part.start }
    findings.push(finding(code, severity, index, object === undefined ? place : { ...place, object }))
  }
  const whole = { start: index === 0 ? 0 : revision.start - origin, end: revision.end - origin }
  // What stands before the header is not counted by offsets: it belongs to no object.
  if (index === 0 && origin > 0) report('unexplained-bytes', { start: -origin, end: 0 })
  const spans = new Map<number, ObjectSpan>()
  const objects: RevisionObject[] = []
  for (const [number, entry] of pdf.history.of(index)) {
    if (entry.kind !== 'offset') continue
    const at = { start: entry.offset, end: entry.offset }
    if (entry.offset < whole.start || entry.offset >= whole.end) {
      report('object-outside-its-revision', at, number)
      continue
    }
    const span = spans.get(entry.offset) ?? objectSpanOrNull(revision.file, entry.offset, budget)
    if (span === null || span.number !== number || span.generation !== entry.generation) {
      report('object-not-where-xref-says', at, number)
      continue
    }
    // Every reader passes over the white space, yet the entry is not right.
    if (span.start !== entry.offset)
      findings.push(
        finding('object-not-where-xref-says', 'warning', index, { offset: origin + entry.offset, object: number }),
      )
    if (!span.wellFormed) report('object-malformed', span, number)
    if (span.duplicateKey) report('duplicate-key', span, number)
    spans.set(entry.offset, span)
    objects.push({ number, object: span.object })
  }
  const compressed = compressedObjects(pdf, revision)
  for (const { code, object } of compressed.findings) findings.push(finding(code, severity, index, { object }))
  const parts = [...spans.values(), ...plumbing(revision, origin, spans, budget)]
  const { unexplained, overlapping } = gapsBetween(
    revision.file.bytes,
    whole,
    parts,
    index === 0 ? Infinity : MAX_COMMENT_BYTES,
  )
  for (const part of unexplained) report('unexplained-bytes', part)
  for (const part of overlapping) report('objects-overlap', part)
  for (const number of unreferenced(pdf, revision, [...objects, ...compressed.objects]))
    findings.push(finding('unreferenced-object', 'info', index, { object: number }))
  return findings
}

/** Cross-reference sections and what ends them; a stream that lists itself among the objects is there already. */
function plumbing(
  revision: Revision,
  origin: number,
  spans: ReadonlyMap<number, ObjectSpan>,
  budget: ParseBudget,
): readonly Part[] {
  const { file, links } = revision
  const starts = new Set([...spans.values()].map(({ start }) => start))
  const parts: Part[] = []
  for (const section of links.flatMap(({ section, hidden }) => (hidden === null ? [section] : [section, hidden]))) {
    if (section.kind === 'table') parts.push({ start: section.offset, end: section.end })
    else if (!starts.has(section.offset)) {
      const span = objectSpanOrNull(file, section.offset, budget)
      if (span !== null) parts.push(span)
    }
  }
  parts.push({ start: revision.startxrefAt - origin, end: revision.end - origin })
  // The first-page section of a linearized file ends with `startxref 0` of its own (ISO 32000-1, F.3.4).
  const [first, main] = links
  if (first !== undefined && main !== undefined) {
    const stated = firstPageEnd(revision, first.section.end, main.section.offset)
    if (stated !== null) parts.push(stated)
  }
  return parts
}

function firstPageEnd({ file: { bytes } }: Revision, from: number, to: number): Part | null {
  let at = from
  while (at < to && isWhitespace(bytes[at])) at++
  // Behind a stream come its end and that of its object.
  for (const word of ['endstream', 'endobj']) {
    if (!standsAt(bytes, at, word)) continue
    at += word.length
    while (at < to && isWhitespace(bytes[at])) at++
  }
  const end = standsAt(bytes, at, WORD) ? readEnd(bytes, at) : null
  return end === null || end.offset !== 0 ? null : { start: at, end: end.end }
}

function trailingBytes({ bytes, revisions }: RevisionedPdf): readonly StructureFinding[] {
  const newest = revisions.at(-1)
  if (newest === undefined) return []
  let offset = newest.end
  while (offset < bytes.length && isWhitespace(bytes[offset])) offset++
  if (offset === bytes.length) return []
  return [finding('trailing-bytes', 'error', newest.index, { offset, length: bytes.length - offset })]
}
