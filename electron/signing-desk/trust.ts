// Whom to believe, as a page gives it for one batch, in the shape of the path validator; and the surroundings that go with it.
import type { BridgeRequest } from '../../shared/desktop/contract.ts'
import { parseCertificate } from '../../shared/pki/certificate.ts'
import type { TrustAnchor } from '../../shared/pki/path-types.ts'
import type { SignatureSurroundings } from '../signature/surroundings.ts'

export type PageTrust = BridgeRequest<'signing.start'>['trust']

/** What is no certificate is passed over: it can vouch for nobody. */
export function anchorsOf({ anchors }: PageTrust): readonly TrustAnchor[] {
  return anchors.flatMap(({ certificate: text, uses }) => {
    const certificate = parseCertificate(new Uint8Array(Buffer.from(text, 'base64')))
    return certificate === null ? [] : [{ certificate, use: uses }]
  })
}

/** @param own what the desktop has by itself: mathematics, line, cache, clock, face */
export function surroundingsFor(
  trust: PageTrust,
  own: Omit<SignatureSurroundings, 'anchors' | 'timestampServices'>,
): SignatureSurroundings {
  return { ...own, anchors: anchorsOf(trust), timestampServices: trust.timestampServices.map((url) => ({ url })) }
}
