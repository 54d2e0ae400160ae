// The certificates between a signer and an anchor: from the token, from what the page trusts, and from where the issuers publish them.
import { parseCertificate, type Certificate } from '../../shared/pki/certificate.ts'
import { basicConstraints } from '../../shared/pki/extensions.ts'
import { sameName } from '../../shared/pki/names.ts'
import { isIssuedBy } from '../revocation/certificate-signature.ts'
import { downloadIssuers } from '../revocation/issuer-download.ts'
import type { SignatureSurroundings } from '../signature/surroundings.ts'

/** Longer chains are not national ones; whoever makes one wants us to walk. */
const MAX_LENGTH = 6

/**
 * None of them is trusted by being here: they only travel with the signature. Never rejects.
 * @param onToken DER of everything else on the token
 * @returns DER, from the signer's issuer upwards, without a root
 */
export async function issuerChain(
  signer: Uint8Array,
  onToken: readonly Uint8Array[],
  { anchors, line, crypto }: SignatureSurroundings,
): Promise<readonly Uint8Array[]> {
  const target = parseCertificate(signer)
  if (target === null) return []
  const trusted = anchors.map(({ certificate }) => certificate)
  const known = [...onToken.map(parseCertificate).filter((each) => each !== null && isAuthority(each)), ...trusted]
  const atHand = known.filter((each) => each !== null)
  const { found } = await downloadIssuers(target, atHand, trusted, { line, crypto })
  const chain: Certificate[] = []
  let top = target
  while (chain.length < MAX_LENGTH) {
    const issuer = await issuerOf(top, [...atHand, ...found], crypto)
    if (issuer === null || isRoot(issuer)) break
    chain.push(issuer)
    top = issuer
  }
  return chain.map(({ raw }) => raw)
}

async function issuerOf(
  certificate: Certificate,
  candidates: readonly Certificate[],
  crypto: SignatureSurroundings['crypto'],
): Promise<Certificate | null> {
  for (const candidate of candidates) if (await isIssuedBy(certificate, candidate, crypto)) return candidate
  return null
}

function isRoot({ subject, issuer }: Certificate): boolean {
  return sameName(subject, issuer)
}

function isAuthority(certificate: Certificate): boolean {
  const constraints = basicConstraints(certificate)
  return constraints !== null && constraints !== 'unreadable' && constraints.ca
}
