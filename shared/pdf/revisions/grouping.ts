// Sorts the sections of a file into revisions: usually one each, but the two sections of a linearized file are one revision.
import type { Link } from '../cross-reference.ts'
import { PdfFault } from '../fault.ts'
import { isWhitespace, standsAt } from '../objects.ts'
import type { PdfSource } from '../source.ts'
import { finding, type StructureFinding } from './finding.ts'

export type LinkGroup = {
  /** Newest first. */
  readonly links: readonly Link[]
  readonly newest: Link
  /** Of the sections in the file, where the first begins and the last ends. */
  readonly from: number
  readonly to: number
}

/** The linearization dictionary must stand within the first 1,024 bytes (ISO 32000-1, F.3.3). */
const MAX_LINEARIZATION_OFFSET = 1024

/**
 * Revisions are appended, so each section stands behind its `/Prev`. One that does not belongs to the revision before it:
 * honestly in linearized files (ISO 32000-1, annex F), else with `prev-not-the-previous-revision`.
 * @param links newest first
 * @returns groups oldest first
 */
export function groupLinks(
  source: PdfSource,
  links: readonly Link[],
): { readonly groups: readonly LinkGroup[]; readonly findings: readonly StructureFinding[] } {
  const groups: LinkGroup[] = []
  const findings: StructureFinding[] = []
  for (const link of links.toReversed()) {
    const last = groups.at(-1)
    if (last === undefined || spanOf(link).from >= last.to) {
      groups.push({ links: [link], newest: link, ...spanOf(link) })
      continue
    }
    const revision = groups.length - 1
    if (revision > 0 || last.links.length > 1 || !isLinearized(source, link))
      findings.push(finding('prev-not-the-previous-revision', 'error', revision, { offset: link.section.offset }))
    groups[revision] = {
      links: [link, ...last.links],
      newest: link,
      from: Math.min(last.from, spanOf(link).from),
      to: Math.max(last.to, spanOf(link).to),
    }
  }
  return { groups, findings }
}

function spanOf({ section, hidden }: Link): { readonly from: number; readonly to: number } {
  return {
    from: Math.min(section.offset, hidden?.offset ?? section.offset),
    to: Math.max(section.end, hidden?.end ?? section.end),
  }
}

/** Whether the first object of the file says that it is linearized, before the section of its first page. */
function isLinearized(source: PdfSource, { section }: Link): boolean {
  const { bytes } = source
  let at = 0
  // The header and the comment of binary bytes behind it; then the first object.
  while (at < MAX_LINEARIZATION_OFFSET && (bytes[at] === 0x25 || isWhitespace(bytes[at]))) {
    if (bytes[at] === 0x25) while (at < MAX_LINEARIZATION_OFFSET && bytes[at] !== 0x0a && bytes[at] !== 0x0d) at++
    else at++
  }
  if (at >= section.offset || standsAt(bytes, at, 'xref')) return false
  try {
    const { object } = source.objectAt(at)
    return object !== null && typeof object === 'object' && object.kind === 'dict' && object.entries.has('Linearized')
  } catch (fault) {
    if (fault instanceof PdfFault) return false
    throw fault
  }
}
