// Proves to the compiler that the closed lists of the bridge and those of the desktop say the same: a code that only one of the two
// knows would reach a page without a sentence.
import type {
  CERTIFICATE_OBSTACLES,
  DESK_CODES,
  PinStateCode,
  REVOCATION_CODES,
  SigningCode,
  TIMESTAMP_CODES,
} from '../../shared/desktop/signing-codes.ts'
import type { SourceCode } from '../revocation/revocation-types.ts'
import type { TsaCode } from '../revocation/tsa-client.ts'
import type { DocumentFault } from '../signature/signature-fault.ts'
import type { CertificateObstacle } from '../signing/certificate-info.ts'
import type { PinState } from '../signing/protocol.ts'

type Same<Left, Right> = [Left] extends [Right] ? ([Right] extends [Left] ? true : never) : never

export const CODES_AGREE: readonly [
  Same<Exclude<SigningCode, (typeof DESK_CODES)[number]>, DocumentFault>,
  Same<(typeof TIMESTAMP_CODES)[number], TsaCode>,
  Same<(typeof REVOCATION_CODES)[number], SourceCode>,
  Same<(typeof CERTIFICATE_OBSTACLES)[number], CertificateObstacle>,
  Same<PinStateCode, PinState>,
] = [true, true, true, true, true]
