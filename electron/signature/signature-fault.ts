// Why a document was not signed or raised: one closed list over everything that takes part, so that each has a sentence.
import type { SignFaultCode } from '../../shared/pdf/sign/fault.ts'
import type { SignatureLevel } from '../../shared/signature/report.ts'
import type { TsaFailure } from '../revocation/tsa-client.ts'
import type { SourceFailure } from '../revocation/revocation-types.ts'
import type { SigningFaultCode } from '../signing/signing-fault.ts'

export const DOCUMENT_FAULTS = [
  'file-unreadable',
  /** The file has a signature that does not hold: another one on top would make it look better than it is. */
  'file-invalid',
  'file-unsigned',
  /** Our own verifier says that the new file would break an earlier signature, or does not bear the new one. */
  'would-break-signatures',
  'certificate-unreadable',
  'certificate-expired',
  'certificate-not-for-signing',
] as const

export type DocumentFault = (typeof DOCUMENT_FAULTS)[number] | SignFaultCode | SigningFaultCode

/** Why a level was not reached; the file is whole at the level that was. */
export interface Shortfall {
  readonly timestamp: readonly TsaFailure[]
  readonly revocation: readonly SourceFailure[]
  /** Of a chain something is not known, whether or not anybody could be asked. */
  readonly evidenceMissing: boolean
}

export const NO_SHORTFALL: Shortfall = { timestamp: [], revocation: [], evidenceMissing: false }

export type DocumentOutcome =
  | {
      readonly ok: true
      readonly bytes: Uint8Array
      /** What was reached, which may be less than what was wanted. */
      readonly level: SignatureLevel
      readonly shortfall: Shortfall
    }
  | { readonly ok: false; readonly code: DocumentFault; readonly pinTried: boolean }

export function refused(code: DocumentFault, pinTried = false): Extract<DocumentOutcome, { readonly ok: false }> {
  return { ok: false, code, pinTried }
}
