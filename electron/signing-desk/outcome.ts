// What the bridge says of a signed or raised file: the level that was reached, and in codes what a higher one lacked.
import type { BridgeResponse } from '../../shared/desktop/contract.ts'
import type { Shortfall } from '../signature/signature-fault.ts'

export type Missing = Extract<BridgeResponse<'signing.raise'>, { raised: true }>['missing']

export function missingOf({ timestamp, revocation, evidenceMissing }: Shortfall): Missing {
  return {
    timestamp: [...new Set(timestamp.map(({ code }) => code))],
    revocation: [...new Set(revocation.map(({ code }) => code))],
    evidenceMissing,
  }
}

/** null: nothing was missing. */
export function missingOrNull(shortfall: Shortfall): Missing | null {
  const missing = missingOf(shortfall)
  return missing.timestamp.length + missing.revocation.length > 0 || missing.evidenceMissing ? missing : null
}
