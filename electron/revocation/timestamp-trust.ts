// Whether an authority's certificate may give timestamps here: the path validator's word, as `obtainTimestamp` asks for it.
import type { PkiCrypto } from '../../shared/pki/crypto.ts'
import { validatePath, type TrustAnchor } from '../../shared/pki/path.ts'
import type { AuthorityTrust } from './tsa-client.ts'

/**
 * Revocation is not asked for: at the moment of signing it would only delay; it is collected for the archive afterwards, and
 * the verifier judges it.
 */
export function timestampTrust(anchors: readonly TrustAnchor[], crypto: PkiCrypto): AuthorityTrust {
  return async (target, candidates, at) => {
    const path = { target, candidates, anchors, at } as const
    const unasked = { crls: [], ocsp: [], revocation: 'off' } as const
    return (await validatePath({ ...path, ...unasked, purpose: 'timestamping' }, crypto)).status === 'valid'
  }
}
