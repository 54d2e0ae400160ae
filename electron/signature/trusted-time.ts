// A timestamp for bytes, from an authority that leads to an anchor of this office.
import { timestampTrust } from '../revocation/timestamp-trust.ts'
import { obtainTimestamp, type TimestampOutcome } from '../revocation/tsa-client.ts'
import type { SignatureSurroundings } from './surroundings.ts'

/**
 * The imprint is over the bytes as if the parts stood one after the other. Where the office believes nobody, nobody's word can be
 * checked: the token is taken as it is, and every verifier says so.
 */
export async function timestampOver(
  parts: readonly Uint8Array[],
  { crypto, anchors, timestampServices: services, line, now }: SignatureSurroundings,
): Promise<TimestampOutcome> {
  const imprint = await crypto.digest('sha256', parts)
  const trusts = anchors.length === 0 ? () => Promise.resolve(true) : timestampTrust(anchors, crypto)
  return await obtainTimestamp({ imprint, hash: 'sha256', services }, { line, crypto, trusts, now })
}
