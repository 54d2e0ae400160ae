// Looks at a file before it is signed: whether what is signed is what was seen, now and after any later update (research: shadow attacks).
import { PdfFault } from '../fault.ts'
import { fieldsOf, hasValue, typeOf } from '../sign/form.ts'
import { updateBase, type PdfToUpdate, type UpdateBase } from '../write/base.ts'
import { IncrementalUpdate } from '../write/incremental.ts'
import { scanFields } from './fields.ts'
import { finding, type ScanFinding } from './finding.ts'
import { scanPages } from './pages.ts'
import { reach } from './reach.ts'
import { scanStructure } from './structure.ts'

/** Beyond this nobody reads on; the file is refused or cleaned anyway. */
const MAX_FINDINGS = 500

/**
 * Everything that could make a signer sign something else than what was seen. Never throws: a file that cannot be read
 * is itself a finding.
 * @returns refusals first; an empty list says that nothing was found
 */
export function scanBeforeSigning(pdf: PdfToUpdate): readonly ScanFinding[] {
  try {
    return ordered(scan(updateBase(pdf)))
  } catch (error) {
    if (!(error instanceof PdfFault)) throw error
    return [finding(error.code === 'paper-encrypted' ? 'encrypted' : 'unreadable')]
  }
}

function scan(base: UpdateBase): readonly ScanFinding[] {
  // Only asked, never finished: the update's view of form and pages is that of the file.
  const view = new IncrementalUpdate(base)
  const fields = fieldsOf(view)
  const signed = fields.some((field) => typeOf(field) === 'Sig' && hasValue(view, field))
  const reached = reach(base)
  return [
    ...scanStructure(base, reached.numbers, signed),
    ...reached.findings,
    ...scanFields(view, fields, signed),
    ...scanPages(view, fields),
  ]
}

function ordered(findings: readonly ScanFinding[]): readonly ScanFinding[] {
  const seen = new Set<string>()
  const distinct = findings.filter((one) => {
    const key = JSON.stringify(one)
    return !seen.has(key) && seen.add(key)
  })
  const refusals = distinct.filter(({ severity }) => severity === 'refuse')
  return [...refusals, ...distinct.filter(({ severity }) => severity === 'warn')].slice(0, MAX_FINDINGS)
}
