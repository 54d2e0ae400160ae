// What happened to a PDF after a signature, and whether it was allowed: the whole of difference analysis.
import { PdfFault } from '../fault.ts'
import { accountBytes } from '../revisions/account-bytes.ts'
import type { StructureFinding } from '../revisions/finding.ts'
import type { RevisionedPdf } from '../revisions/revisions.ts'
import type { PdfSignature } from '../revisions/signature.ts'
import { faultCode, needs, type Change, type ChangeReport, type Finding } from './change.ts'
import { Comparison } from './comparison.ts'
import { reportLeftovers } from './leftovers.ts'
import { readModel, type DocumentModel } from './model.ts'
import { judged, permissionsAfter } from './permissions.ts'
import { judgeTrailer } from './rules-for-catalog.ts'
import { RevisionView, type EdgeCache } from './view.ts'

/**
 * Compares the document as it was signed with every later revision, one after the other, and the last with the signed one.
 * Everything that differs must be explained by a rule; the rest is `unexplained-change` (a whitelist, closed by default).
 * What a change needs is held against DocMDP, FieldMDP and locks of all signatures that were there before it
 * (ISO 32000-2, 12.8.2.2 to 12.8.2.4). Total: faults of reading become changes that are not permitted.
 *
 * @param signatures all of the file, as `readSignatures` gives them
 * @param of the signature whose later fate is asked
 * @returns `none` when nothing came after it; `forbidden` when anything is not permitted
 */
export function judgeChanges(pdf: RevisionedPdf, signatures: readonly PdfSignature[], of: PdfSignature): ChangeReport {
  const last = pdf.revisions.length - 1
  if (of.revision === null || of.revision > last)
    return report([{ code: 'coverage-unknown', revision: last, permitted: false }])
  try {
    return report(changesAfter(pdf, signatures, of.revision))
  } catch (fault) {
    if (fault instanceof PdfFault) return report([{ code: faultCode(fault), revision: last, permitted: false }])
    throw fault
  }
}

function changesAfter(pdf: RevisionedPdf, signatures: readonly PdfSignature[], signed: number): readonly Change[] {
  const last = pdf.revisions.length - 1
  const memory = memoryOf(pdf, signatures)
  const changes: Change[] = [...structureOf(pdf, memory.structure(), signed)]
  for (let revision = signed + 1; revision <= last; revision++) {
    const findings = memory.compare(revision - 1, revision)
    changes.push(...judged(findings, revision, permissionsAfter(signatures, revision - 1)))
  }
  if (last > signed + 1) changes.push(...wholeWay(memory.compare(signed, last), last, changes))
  return changes
}

/** Steps that each look harmless must be harmless together; what the steps have shown already is not said twice. */
function wholeWay(findings: readonly Finding[], revision: number, known: readonly Change[]): readonly Change[] {
  return (
    findings
      // What a step added and a later one replaced is left without a reference, and each step was judged for itself.
      .filter(({ code }) => needs(code) === 'never' && code !== 'unreferenced-object')
      .filter(({ code, field }) => !known.some((change) => change.code === code && change.field === field))
      .map((finding) => ({ ...finding, revision, permitted: false }))
  )
}

/**
 * What the reader of revisions found wrong in the build of the file behind the signature. Warnings and notes are what
 * honest writers leave; and what is wrong before the signature's end was signed with it.
 */
function structureOf(pdf: RevisionedPdf, all: readonly StructureFinding[], signed: number): readonly Change[] {
  const end = pdf.revisions[signed]?.end ?? 0
  return all
    .filter(({ severity }) => severity === 'error')
    .filter(({ revision, offset }) => revision > signed || (offset !== null && offset >= end))
    .map(({ code, revision }) => ({ code: 'structure', detail: code, revision, permitted: false }))
}

function report(changes: readonly Change[]): ChangeReport {
  if (changes.length === 0) return { verdict: 'none', changes }
  return { verdict: changes.every(({ permitted }) => permitted) ? 'permitted' : 'forbidden', changes }
}

/** Comparisons do not depend on which signature asks: a file with many is compared once. */
class Memory {
  readonly #pdf: RevisionedPdf
  readonly signatures: readonly PdfSignature[]
  readonly #edges: EdgeCache = new WeakMap()
  readonly #views = new Map<number, RevisionView>()
  readonly #models = new Map<number, DocumentModel>()
  #structure: readonly StructureFinding[] | undefined
  readonly #findings = new Map<string, readonly Finding[]>()

  constructor(pdf: RevisionedPdf, signatures: readonly PdfSignature[]) {
    this.#pdf = pdf
    this.signatures = signatures
  }

  structure(): readonly StructureFinding[] {
    this.#structure ??= [...this.#pdf.findings, ...accountBytes(this.#pdf)]
    return this.#structure
  }

  compare(from: number, to: number): readonly Finding[] {
    const key = `${from}-${to}`
    let findings = this.#findings.get(key)
    if (findings === undefined) this.#findings.set(key, (findings = this.#compare(from, to)))
    return findings
  }

  #compare(from: number, to: number): readonly Finding[] {
    try {
      const touched = new Set<number>()
      for (const revision of this.#pdf.revisions.slice(from + 1, to + 1))
        for (const number of revision.changed) touched.add(number)
      const comparison = new Comparison(this.#view(from), this.#view(to), touched, this.signatures)
      judgeTrailer(comparison, this.#model(from), this.#model(to))
      reportLeftovers(comparison)
      return comparison.findings
    } catch (fault) {
      if (fault instanceof PdfFault) return [{ code: faultCode(fault) }]
      throw fault
    }
  }

  #view(index: number): RevisionView {
    const known = this.#views.get(index)
    if (known !== undefined) return known
    const revision = this.#pdf.revisions[index]
    if (revision === undefined) throw new PdfFault('paper-truncated', `no revision ${index}`)
    const view = new RevisionView(revision, this.#edges)
    this.#views.set(index, view)
    return view
  }

  #model(index: number): DocumentModel {
    let model = this.#models.get(index)
    if (model === undefined) this.#models.set(index, (model = readModel(this.#view(index))))
    return model
  }
}

const memories = new WeakMap<RevisionedPdf, Memory>()

function memoryOf(pdf: RevisionedPdf, signatures: readonly PdfSignature[]): Memory {
  const known = memories.get(pdf)
  if (known?.signatures === signatures) return known
  const memory = new Memory(pdf, signatures)
  memories.set(pdf, memory)
  return memory
}
