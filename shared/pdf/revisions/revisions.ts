// The revisions of a file, oldest first: what each added, and the document as a viewer of each would have seen it (ISO 32000-1, 7.5.6).
import { entriesOf, locate, readChain, type Link, type LocatedPdf } from '../cross-reference.ts'
import { EntryHistory, type CrossReferenceEntry } from '../entries.ts'
import { PdfFault } from '../fault.ts'
import { PdfFile } from '../file.ts'
import { MAX_OBJECTS, MAX_SIGNED_FILE_BYTES } from '../limits.ts'
import type { PdfDict } from '../objects.ts'
import type { PdfSource } from '../source.ts'
import { changedBy } from './changed.ts'
import { finding, type StructureFinding } from './finding.ts'
import { groupLinks, type LinkGroup } from './grouping.ts'
import { findEnd, type RevisionEnd } from './revision-end.ts'
import { sectionFindings } from './section-findings.ts'

export interface Revision {
  readonly index: number
  /** Byte span of what this revision added: `[start, end)`, with its `%%EOF` and one line end behind it. */
  readonly start: number
  readonly end: number
  /** Directly behind `%%EOF`. A signature may end anywhere from here to `end`: some writers leave the line end to the next revision. */
  readonly endOfMark: number
  /** Of the word `startxref` that ends it; where there is none, `end`. */
  readonly startxrefAt: number
  readonly kind: 'table' | 'stream' | 'hybrid'
  readonly trailer: PdfDict
  /** Of its newest section, counted from the header as all offsets inside the file are. */
  readonly startxref: number
  /** Numbers of objects that are other than before, freed ones included, object 0 never. */
  readonly changed: ReadonlySet<number>
  /** The document as of this revision. */
  readonly file: PdfFile
  /** Its cross-reference sections, newest first: one, or the two of a linearized file. */
  readonly links: readonly Link[]
}

export interface RevisionedPdf {
  readonly bytes: Uint8Array
  /** Where the header stands: offsets inside the file count from here, spans of revisions count from the first byte. */
  readonly origin: number
  readonly revisions: readonly Revision[]
  /** What opening alone shows; `accountBytes` finds the rest. */
  readonly findings: readonly StructureFinding[]
  readonly source: PdfSource
  readonly history: EntryHistory
}

/**
 * Opens a file revision by revision. Only its cross-reference is read: objects are parsed when they are asked for.
 * Encrypted files are opened too, with the finding `encrypted`: their strings mean nothing until someone decrypts them.
 * @throws PdfFault and nothing else: paper-not-pdf, paper-truncated where the cross-reference is broken, paper-too-large beyond a limit
 */
export function readRevisions(bytes: Uint8Array): RevisionedPdf {
  if (bytes.length > MAX_SIGNED_FILE_BYTES) throw new PdfFault('paper-too-large', `${bytes.length} bytes`)
  const located = locate(bytes)
  const { groups, findings: ordering } = groupLinks(located.source, readChain(located.source, located.newest))
  const history = new EntryHistory()
  const findings: StructureFinding[] = [...ordering]
  const revisions: Revision[] = []
  const ends: number[] = []
  const early: EarlyEntry[] = []
  groups.forEach((group, index) => {
    const end = findEnd(located, group, groups[index + 1] ?? null)
    ends.push(end.end)
    const entries = groupEntries(group)
    for (const [number, entry] of entries) {
      if (entry.kind !== 'offset' || entry.offset < end.end) continue
      // What a revision says of bytes behind its end must not come true when someone appends them.
      early.push({ revision: index, number, offset: entry.offset })
      entries.set(number, { kind: 'free' })
    }
    const changed = changedBy(history, index, entries)
    if (history.size > MAX_OBJECTS) throw new PdfFault('paper-too-large', 'too many objects')
    const start = revisions.at(-1)?.end ?? 0
    const isNewest = index === groups.length - 1
    const revision = makeRevision({
      located,
      group,
      history,
      changed: changed.numbers,
      start,
      end,
      ends,
      index,
      isNewest,
    })
    findings.push(...changed.findings, ...sectionFindings(revision, history, located.origin))
    if (end.missing) findings.push(finding('startxref-missing', 'error', index, { offset: revision.end }))
    revisions.push(revision)
  })
  findings.push(...earlyFindings(early, revisions, located.origin))
  return { bytes, origin: located.origin, revisions, findings, source: located.source, history }
}

type EarlyEntry = { readonly revision: number; readonly number: number; readonly offset: number }

/** An entry that points behind the end of its revision is the business of the revision that brought those bytes. */
function earlyFindings(
  early: readonly EarlyEntry[],
  revisions: readonly Revision[],
  origin: number,
): readonly StructureFinding[] {
  return early.map(({ revision, number, offset }) => {
    const place = { offset: origin + offset, object: number }
    const later = revisions.find(({ end }) => origin + offset < end)?.index ?? revision
    return finding('object-outside-its-revision', later === 0 ? 'warning' : 'error', later, place)
  })
}

function makeRevision(input: {
  readonly located: LocatedPdf
  readonly group: LinkGroup
  readonly history: EntryHistory
  readonly changed: ReadonlySet<number>
  readonly start: number
  readonly end: RevisionEnd
  readonly ends: readonly number[]
  readonly index: number
  readonly isNewest: boolean
}): Revision {
  const { located, group, history, index, end } = input
  const { section, hidden } = group.newest
  return {
    index,
    start: input.start,
    end: located.origin + end.end,
    endOfMark: located.origin + end.mark,
    startxrefAt: located.origin + end.startxref,
    kind: hidden !== null ? 'hybrid' : section.kind,
    trailer: section.dict,
    startxref: section.stated,
    changed: input.changed,
    // The newest view keeps what trails behind the end, since its bytes are those of the file.
    file: new PdfFile(located.source, history.asOf(index), input.isNewest ? undefined : end.end, input.ends),
    links: group.links,
  }
}

/** The sections of a linearized file are one revision: its first page's section comes before the main one. */
function groupEntries({ links }: LinkGroup): Map<number, CrossReferenceEntry> {
  const entries = new Map<number, CrossReferenceEntry>()
  for (const link of links) {
    for (const [number, entry] of entriesOf(link)) if (!entries.has(number)) entries.set(number, entry)
  }
  return entries
}
