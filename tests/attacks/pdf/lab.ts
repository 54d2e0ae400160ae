// Runs difference analysis on a small paper and says what came out, in words that an attack can be held against.
import type { ChangeReport } from '../../../shared/pdf/changes/change.ts'
import * as own from './verifier.ts'
import { bytesOf } from './paper.ts'

/** The code under test; mutants bring their own. */
export type Verifier = typeof own

/** What can come of a file: the verdict on changes, or why there is no signature that anything could come after. */
export interface Outcome {
  readonly verdict: ChangeReport['verdict'] | 'malformed' | 'unreadable'
  /** Codes of changes that are not permitted, and of what is wrong with the signature. */
  readonly codes: readonly string[]
  readonly report: ChangeReport | null
}

/** @param about the field whose signature is asked about */
export function outcomeOf(file: string, about: string, verifier: Verifier = own): Outcome {
  try {
    const pdf = verifier.readRevisions(bytesOf(file))
    const signatures = verifier.readSignatures(pdf)
    const of = signatures.find(({ fieldName }) => fieldName === about)
    if (of === undefined) return { verdict: 'malformed', codes: ['signature-missing'], report: null }
    const report = verifier.judgeChanges(pdf, signatures, of)
    const refused = report.changes
      .filter(({ permitted }) => !permitted)
      .map(({ code, detail }) => (code === 'structure' ? `structure:${detail ?? ''}` : code))
    const broken = of.kind === 'malformed' || of.findings.length > 0
    return { verdict: broken ? 'malformed' : report.verdict, codes: [...new Set([...of.findings, ...refused])], report }
  } catch (error) {
    if (error instanceof verifier.PdfFault) return { verdict: 'unreadable', codes: [error.code], report: null }
    throw error
  }
}
