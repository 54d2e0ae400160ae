// What a verifier of signed PDFs is made of, in one module: what mutants are bundled from.
export { judgeChanges } from '../../../shared/pdf/changes/judge-changes.ts'
export { PdfFault } from '../../../shared/pdf/fault.ts'
export { readSignatures } from '../../../shared/pdf/revisions/read-signatures.ts'
export { readRevisions } from '../../../shared/pdf/revisions/revisions.ts'
