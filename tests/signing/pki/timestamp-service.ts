// A time-stamping authority (RFC 3161) over `openssl ts -reply`.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { withOtherImprint, withOtherNonce, withOtherTime, withUnknownPolicy } from './forged-answers.ts'
import type { LeafName } from './profiles.ts'
import type { TestPki } from './test-pki.ts'
import { mustRun } from './tools.ts'
import type { Answer } from './transport-faults.ts'

export type TimestampAnswer =
  'right' | 'wrong-nonce' | 'no-nonce' | 'wrong-imprint' | 'refused' | 'future' | 'past' | 'wrong-signature'

export const TEST_TSA_POLICY = '1.3.6.1.4.1.99999.2'
const AN_HOUR = 3_600_000

export async function answerTimestamp(
  pki: TestPki,
  signer: LeafName,
  answer: TimestampAnswer,
  request: Uint8Array,
  work: string,
): Promise<Answer> {
  return { contentType: 'application/timestamp-reply', body: await body(pki, signer, answer, request, work) }
}

async function body(
  pki: TestPki,
  signer: LeafName,
  answer: TimestampAnswer,
  request: Uint8Array,
  work: string,
): Promise<Uint8Array> {
  const reply = (query: Uint8Array) => timestampReply(pki, signer, query, work)
  switch (answer) {
    case 'right':
      return reply(request)
    case 'wrong-nonce':
      return reply(withOtherNonce(request, 'other'))
    case 'no-nonce':
      return reply(withOtherNonce(request, 'none'))
    case 'wrong-imprint':
      return reply(withOtherImprint(request))
    case 'refused':
      return reply(withUnknownPolicy(request))
    case 'future':
      return withOtherTime(pki, signer, await reply(request), AN_HOUR, work)
    case 'past':
      return withOtherTime(pki, signer, await reply(request), -AN_HOUR, work)
    case 'wrong-signature': {
      // The signature value is the last thing in the token.
      const broken = Uint8Array.from(await reply(request))
      broken[broken.length - 1] = (broken.at(-1) ?? 0) ^ 0x01
      return broken
    }
  }
}

/** TimeStampResp for a TimeStampReq, both DER. */
export async function timestampReply(
  pki: TestPki,
  signer: LeafName,
  query: Uint8Array,
  work: string,
): Promise<Uint8Array> {
  const [config, input, output] = [join(work, 'tsa.cnf'), join(work, 'q.tsq'), join(work, 'r.tsr')]
  const { certificateFile, keyFile } = pki.leaves[signer]
  await writeFile(
    config,
    `[tsa]
default_tsa = this
[this]
serial = ${work}/tsa-serial
crypto_device = builtin
signer_cert = ${certificateFile}
certs = ${pki.intermediateFile}
signer_key = ${keyFile}
signer_digest = sha256
default_policy = ${TEST_TSA_POLICY}
digests = sha1, sha256, sha384, sha512
accuracy = secs:1
ordering = no
tsa_name = no
ess_cert_id_chain = no
ess_cert_id_alg = sha256
`,
  )
  await writeFile(input, query)
  await mustRun('openssl', ['ts', '-reply', '-config', config, '-queryfile', input, '-out', output])
  return readFile(output)
}
