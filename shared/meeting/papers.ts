// The set of papers of a meeting, named by a fingerprint: "Đã tải đủ" holds for one very set, and falls when the set changes.
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Paper } from './state.ts'

/** SHA-256 over the sorted hashes of the papers, in hexadecimal. */
export function fingerprintOf(papers: Readonly<Record<string, Pick<Paper, 'sha256'>>>): string {
  const hashes = [...new Set(Object.values(papers).map((paper) => paper.sha256))].sort()
  return bytesToHex(sha256(utf8ToBytes(hashes.join('\n'))))
}
