// What is odd about the cross-reference of a revision, seen without reading a single object.
import { isEncrypted } from '../cross-reference.ts'
import type { EntryHistory } from '../entries.ts'
import { finding, type StructureFinding } from './finding.ts'
import type { Revision } from './revisions.ts'

/** @param history up to this revision and no further. @param origin what offsets inside the file count from */
export function sectionFindings(
  revision: Revision,
  history: EntryHistory,
  origin: number,
): readonly StructureFinding[] {
  const { index, links, changed } = revision
  const findings: StructureFinding[] = []
  for (const link of links) {
    const place = { offset: origin + link.section.offset }
    if (isEncrypted(link)) findings.push(finding('encrypted', 'error', index, place))
    if (link.hidden !== null) findings.push(finding('hybrid', index === 0 ? 'info' : 'warning', index, place))
    for (const section of link.hidden === null ? [link.section] : [link.section, link.hidden]) {
      for (const { code, object } of section.notes)
        findings.push(
          finding(code, index === 0 ? 'warning' : 'error', index, { offset: origin + section.offset, object }),
        )
    }
  }
  if (index > 0 && changed.size === 0)
    findings.push(
      finding('empty-revision', 'error', index, { offset: revision.start, length: revision.end - revision.start }),
    )
  findings.push(...sizeFindings(revision, history.highest))
  // The first section numbers all objects without a gap (ISO 32000-1, 7.5.4): Acrobat repairs a file where it does not.
  if (index === 0 && history.highest !== history.size) findings.push(finding('xref-first-section-gap', 'warning', 0))
  return findings
}

/** `/Size` is one more than the highest number; objects at or above it count as missing (ISO 32000-1, table 15). */
function sizeFindings({ index, trailer }: Revision, highest: number): readonly StructureFinding[] {
  const size = trailer.entries.get('Size')
  if (size === highest + 1) return []
  const hides = typeof size !== 'number' || size <= highest
  return [finding('size-wrong', hides ? (index === 0 ? 'warning' : 'error') : 'info', index, { object: highest })]
}
