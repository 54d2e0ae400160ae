// Asks the verifier about a file, once with the root of the test authority and once with nobody to trust.
import { NO_EVIDENCE, parseEvidence } from '../../../shared/signature/evidence.ts'
import type { FileReport } from '../../../shared/signature/report.ts'
import { verifyPdf } from '../../../shared/signature/verify.ts'
import { parseCertificate } from '../../../shared/pki/certificate.ts'
import { nodePkiCrypto } from '../../../electron/pki/node-crypto.ts'
import type { TestPki } from '../../signing/pki/test-pki.ts'

export interface Verdicts {
  /** Root trusted, lists of revoked certificates at hand, certificates of the chain only from the file: what can be valid, is. */
  readonly trusting: FileReport
  readonly trustingNobody: FileReport
}

export type Ask = (bytes: Uint8Array) => Promise<Verdicts>

export async function asker(pki: TestPki): Promise<Ask> {
  const certificate = parseCertificate(pki.authorities.root.der)
  if (certificate === null) throw new Error('the root of the test PKI cannot be read')
  const crls = [await pki.crl('root'), await pki.crl('intermediate')]
  const evidence = parseEvidence({ certificates: [], crls, ocsps: [] })
  return async (bytes) => {
    const about = { name: 'x.pdf', now: Date.now(), crypto: nodePkiCrypto }
    return {
      trusting: await verifyPdf(bytes, { ...about, anchors: [{ certificate }], evidence }),
      trustingNobody: await verifyPdf(bytes, { ...about, anchors: [], evidence: NO_EVIDENCE }),
    }
  }
}

/** All reasons of a report: of the file, and of one of its signatures or all. */
export function reasonsOf(report: FileReport, field?: string): readonly string[] {
  const signatures = report.signatures.filter((each) => field === undefined || each.field === field)
  return [...report.reasons, ...signatures.flatMap(({ reasons }) => reasons)]
}

export function isGreen({ status }: FileReport): boolean {
  return status === 'valid' || status === 'valid-changed'
}
