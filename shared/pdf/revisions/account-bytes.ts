// Whether every byte of a file is explained: by an object where its revision says it is, by a cross-reference, or by white space.
import type { StructureFinding } from './finding.ts'
import type { RevisionedPdf } from './revisions.ts'

/** @returns findings in the order of the file; empty when every byte is accounted for */
export function accountBytes(_pdf: RevisionedPdf): readonly StructureFinding[] {
  return []
}
