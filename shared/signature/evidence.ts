// Certificates and revocation data that may help to judge a signature, wherever they come from: the file's store, the signature, or the line.
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { PdfFault } from '../pdf/fault.ts'
import type { PdfFile } from '../pdf/file.ts'
import type { PdfDict } from '../pdf/objects.ts'
import { parseCertificate, type Certificate } from '../pki/certificate.ts'
import { parseCertificateList, type CertificateList } from '../pki/crl.ts'
import { parseOcspResponse, type OcspResponse } from '../pki/ocsp-response.ts'

export interface Evidence {
  readonly certificates: readonly Certificate[]
  readonly crls: readonly CertificateList[]
  readonly ocsps: readonly OcspResponse[]
}

/** DER of each, as it stands in a file or came over a line. */
export interface RawEvidence {
  readonly certificates: readonly Uint8Array[]
  readonly crls: readonly Uint8Array[]
  readonly ocsps: readonly Uint8Array[]
}

export const NO_EVIDENCE: Evidence = { certificates: [], crls: [], ocsps: [] }

/** Entries of one store that are read: an archive of ten agencies has a hundred. */
const MAX_STORE_ENTRIES = 2000

/** What cannot be read is left out: it can prove nothing. */
export function parseEvidence(raw: RawEvidence): Evidence {
  return {
    certificates: raw.certificates.map(parseCertificate).filter((each) => each !== null),
    crls: raw.crls.map(parseCertificateList).filter((each) => each !== null),
    ocsps: raw.ocsps.map(parseOcspResponse).filter((each) => each !== null),
  }
}

/** All of them, each once. */
export function mergeEvidence(...parts: readonly Evidence[]): Evidence {
  const once = <T extends { readonly raw: Uint8Array }>(items: readonly T[]) => [
    ...new Map(items.map((item) => [bytesToHex(sha256(item.raw)), item])).values(),
  ]
  return {
    certificates: once(parts.flatMap(({ certificates }) => certificates)),
    crls: once(parts.flatMap(({ crls }) => crls)),
    ocsps: once(parts.flatMap(({ ocsps }) => ocsps)),
  }
}

/**
 * The document security store as of a revision (ISO 32000-2, 12.8.4.3); `/VRI` only points at what the lists hold.
 * A store that cannot be read is an empty one: whether it was changed is judged elsewhere.
 */
export function securityStore(file: PdfFile, trailer: PdfDict): Evidence {
  try {
    const store = file.dict(trailer.entries.get('Root')).entries.get('DSS')
    if (store === undefined) return NO_EVIDENCE
    const dss = file.dict(store)
    return parseEvidence({
      certificates: streamsOf(file, dss, 'Certs'),
      crls: streamsOf(file, dss, 'CRLs'),
      ocsps: streamsOf(file, dss, 'OCSPs'),
    })
  } catch (fault) {
    if (fault instanceof PdfFault) return NO_EVIDENCE
    throw fault
  }
}

function streamsOf(file: PdfFile, dss: PdfDict, key: string): readonly Uint8Array[] {
  const list = file.resolve(dss.entries.get(key) ?? null)
  if (list === null || typeof list !== 'object' || list.kind !== 'array') return []
  return list.items.slice(0, MAX_STORE_ENTRIES).flatMap((item) => {
    const stream = file.resolve(item)
    return stream !== null && typeof stream === 'object' && stream.kind === 'stream' ? [file.structureData(stream)] : []
  })
}
