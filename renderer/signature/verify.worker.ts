// The thread that verifies: a hostile file may keep it busy, never the page.
import { certificateOf } from '../../shared/org/certificates.ts'
import type { Trust } from '../../shared/org/state.ts'
import { subtlePkiCrypto } from '../../shared/pki/subtle-crypto.ts'
import type { TrustAnchor } from '../../shared/pki/path-types.ts'
import { NO_EVIDENCE } from '../../shared/signature/evidence.ts'
import { verifyPdf } from '../../shared/signature/verify.ts'
import type { VerifyQuestion } from './verify-in-worker.ts'

self.onmessage = (event: MessageEvent<VerifyQuestion>) => {
  const { name, bytes, trust, now } = event.data
  const crypto = subtlePkiCrypto(globalThis.crypto.subtle)
  void verifyPdf(bytes, { name, anchors: anchorsOf(trust), evidence: NO_EVIDENCE, now, crypto }).then((report) => {
    self.postMessage(report)
  })
}

function anchorsOf(trust: Trust | null): readonly TrustAnchor[] {
  return (trust?.anchors ?? []).flatMap(({ certificate, uses }) => {
    const parsed = certificateOf(certificate)
    return parsed === null ? [] : [{ certificate: parsed, use: uses }]
  })
}
