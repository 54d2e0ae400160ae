// A timestamp for bytes, from an authority that leads to an anchor of this office.
import type { Certificate } from '../../shared/pki/certificate.ts'
import { validatePath } from '../../shared/pki/path.ts'
import { obtainTimestamp, type TimestampOutcome } from '../revocation/tsa-client.ts'
import type { SignatureSurroundings } from './surroundings.ts'

/**
 * The imprint is over the bytes as if the parts stood one after the other. Where the office believes nobody, nobody's word can be
 * checked: the token is taken as it is, and every verifier says so.
 */
export async function timestampOver(
  parts: readonly Uint8Array[],
  surroundings: SignatureSurroundings,
): Promise<TimestampOutcome> {
  const { crypto, anchors, timestampServices, line, now } = surroundings
  const imprint = await crypto.digest('sha256', parts)
  const trusts = async (authority: Certificate, candidates: readonly Certificate[], at: number): Promise<boolean> => {
    if (anchors.length === 0) return true
    const question = { target: authority, candidates, anchors, crls: [], ocsp: [], at } as const
    const path = await validatePath({ ...question, revocation: 'off', purpose: 'timestamping' }, crypto)
    return path.status === 'valid'
  }
  return await obtainTimestamp({ imprint, hash: 'sha256', services: timestampServices }, { line, crypto, trusts, now })
}
