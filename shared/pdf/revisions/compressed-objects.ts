// Objects that a revision keeps in object streams: each where its stream says it is, and no object there that no entry names.
import { PdfFault } from '../fault.ts'
import type { PdfObject } from '../objects.ts'
import type { ObjectStream } from '../source.ts'
import type { StructureCode } from './finding.ts'
import type { Revision, RevisionedPdf } from './revisions.ts'

export type RevisionObject = { readonly number: number; readonly object: PdfObject }
export type CompressedObjects = {
  readonly findings: readonly { readonly code: StructureCode; readonly object: number }[]
  /** Those of revisions behind the first: those of the first are read when someone asks for them. */
  readonly objects: readonly RevisionObject[]
}

/** @throws PdfFault only beyond a limit */
export function compressedObjects(pdf: RevisionedPdf, revision: Revision): CompressedObjects {
  const { index } = revision
  const findings: { readonly code: StructureCode; readonly object: number }[] = []
  const objects: RevisionObject[] = []
  const streams = new Map<number, ObjectStream | null>()
  for (const [number, entry] of pdf.history.of(index)) {
    if (entry.kind !== 'compressed') continue
    if (pdf.history.at(index, entry.stream)?.revision !== index) {
      findings.push({ code: 'object-outside-its-revision', object: number })
      continue
    }
    let stream = streams.get(entry.stream)
    if (stream === undefined) {
      stream = readOrNull(() => revision.file.objectStream(entry.stream))
      streams.set(entry.stream, stream)
    }
    if (stream?.numbers[entry.index] !== number) {
      findings.push({ code: 'object-not-where-xref-says', object: number })
      continue
    }
    if (index === 0) continue
    const held = stream
    const read = readOrNull(() => ({ number, object: held.object(number, entry.index) }))
    if (read === null) findings.push({ code: 'object-malformed', object: number })
    else objects.push(read)
  }
  for (const [number, stream] of streams) {
    if (stream === null) continue
    if (stream.sawDuplicateKey) findings.push({ code: 'duplicate-key', object: number })
    stream.numbers.forEach((held, at) => {
      const entry = pdf.history.at(index, held)?.entry
      if (entry?.kind !== 'compressed' || entry.stream !== number || entry.index !== at)
        findings.push({ code: 'unexplained-bytes', object: held })
    })
  }
  return { findings, objects }
}

function readOrNull<T>(read: () => T): T | null {
  try {
    return read()
  } catch (fault) {
    if (fault instanceof PdfFault && fault.code !== 'paper-too-large') return null
    throw fault
  }
}
