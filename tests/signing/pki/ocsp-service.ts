// An OCSP responder (RFC 6960) over `openssl ocsp -index`.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hasNonce, ocspAtOtherTime, ocspWithOtherNonce } from './forged-answers.ts'
import type { IssuerName, LeafName } from './profiles.ts'
import type { TestPki } from './test-pki.ts'
import { mustRun } from './tools.ts'
import type { Answer } from './transport-faults.ts'

export type OcspAnswer =
  | 'index'
  | 'revoked'
  | 'unknown'
  | 'stale'
  | 'future'
  | 'wrong-nonce'
  | 'no-nonce'
  | 'wrong-signer'
  | 'unexempt-signer'
  | 'without-next-update'
  | 'try-later'

const DAYS_30 = 30 * 86_400_000
/** OCSPResponse with status tryLater and nothing else (RFC 6960 §4.2.1). */
const TRY_LATER = Uint8Array.of(0x30, 0x03, 0x0a, 0x01, 0x03)
const REVOKED_AT = '250102030405Z,keyCompromise'

export async function answerOcsp(
  pki: TestPki,
  issuer: IssuerName,
  answer: OcspAnswer,
  request: Uint8Array,
  work: string,
): Promise<Answer> {
  return { contentType: 'application/ocsp-response', body: await body(pki, issuer, answer, request, work) }
}

async function body(
  pki: TestPki,
  issuer: IssuerName,
  answer: OcspAnswer,
  request: Uint8Array,
  work: string,
): Promise<Uint8Array> {
  const signer: LeafName = issuer === 'root' ? 'rootOcspResponder' : 'ocspResponder'
  const index = pki.indexFile(issuer)
  const reply = (query: Uint8Array, part: Partial<Reply> = {}) =>
    ocspReply(pki, { issuer, signer, index, nextUpdate: true, ...part }, query, work)
  switch (answer) {
    case 'index':
      return reply(request)
    case 'revoked':
    case 'unknown': {
      const changed = join(work, 'index.txt')
      const lines = answer === 'unknown' ? '' : allRevoked(await readFile(index, 'utf8'))
      await writeFile(changed, lines)
      return reply(request, { index: changed })
    }
    case 'stale':
      return ocspAtOtherTime(pki, signer, await reply(request), -DAYS_30)
    case 'future':
      return ocspAtOtherTime(pki, signer, await reply(request), DAYS_30)
    case 'wrong-nonce':
    case 'no-nonce':
      if (!hasNonce(request)) return reply(request)
      return reply(ocspWithOtherNonce(request, answer === 'wrong-nonce' ? 'other' : 'none'))
    case 'wrong-signer':
      return reply(request, { signer: 'seal' })
    case 'unexempt-signer':
      // For the intermediate's certificates; the root let nobody but its own responder sign.
      return reply(request, issuer === 'intermediate' ? { signer: 'unexemptResponder' } : {})
    case 'without-next-update':
      return reply(request, { nextUpdate: false })
    case 'try-later':
      return TRY_LATER
  }
}

function allRevoked(index: string): string {
  return index.replaceAll(/^V\t([^\t]*)\t\t/gm, `R\t$1\t${REVOKED_AT}\t`)
}

interface Reply {
  readonly issuer: IssuerName
  readonly signer: LeafName
  readonly index: string
  readonly nextUpdate: boolean
}

/** OCSPResponse for an OCSPRequest, both DER. */
async function ocspReply(pki: TestPki, reply: Reply, query: Uint8Array, work: string): Promise<Uint8Array> {
  const [input, output] = [join(work, 'q.ocsp'), join(work, 'r.ocsp')]
  await writeFile(input, query)
  const { certificateFile, keyFile } = pki.leaves[reply.signer]
  const signer = ['-rsigner', certificateFile, '-rkey', keyFile, '-rmd', 'sha256']
  const authority = ['-CA', pki.authorities[reply.issuer].certificateFile, '-index', reply.index]
  const times = reply.nextUpdate ? ['-nmin', '60'] : []
  // -no_nonce: otherwise openssl puts a nonce of its own into the request it was given.
  const files = ['-no_nonce', '-reqin', input, '-respout', output]
  await mustRun('openssl', ['ocsp', ...authority, ...signer, ...times, ...files])
  return readFile(output)
}
