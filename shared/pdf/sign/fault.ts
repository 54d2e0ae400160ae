// Why a file cannot be prepared for signing: a closed set, so that each has a sentence on the screen.
import { PdfFault } from '../fault.ts'

export const SIGN_FAULTS = [
  'unreadable', // the file is not what its cross-reference says, or is encrypted
  'page-missing',
  'field-missing',
  'field-exists',
  'field-already-signed',
  'field-unusable', // of another type, or written in a way that cannot be changed by an update
  'value-field-unusable',
  'already-signed', // preparing and cleaning rewrite a file, which a signature forbids
  'certification-not-first', // ISO 32000-2, 12.8.2.2: the certification is the first signature of a file
  'personal-signature-missing', // Decree 30/2020, article 32: the agency signs what the person in charge has signed
  'time-malformed',
  'font-missing',
  'character-missing',
  'picture-unusable',
  'reserve-too-small',
] as const
export type SignFaultCode = (typeof SIGN_FAULTS)[number]

export interface SignFault {
  readonly fault: SignFaultCode
}

/** Ends preparing at the first thing that is wrong. Never leaves the public functions of shared/pdf/sign: `attempt` turns it into data. */
export class SigningStop extends Error {
  readonly code: SignFaultCode

  constructor(code: SignFaultCode) {
    super(code)
    this.name = 'SigningStop'
    this.code = code
  }
}

/** Runs one public function: what stops it becomes a fault, a programming error stays an exception. */
export function attempt<Value>(work: () => Value): Value | SignFault {
  try {
    return work()
  } catch (error) {
    if (error instanceof SigningStop) return { fault: error.code }
    if (error instanceof PdfFault) return { fault: 'unreadable' }
    throw error
  }
}
