// Our timestamp questions and OpenSSL's answers, by themselves and inside signatures.
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { nodePkiCrypto } from '../../electron/pki/node-crypto.ts'
import { addTimestamp } from '../../shared/pki/cms-build.ts'
import {
  readTimestampResponse,
  timestampRequest,
  timestampsOf,
  verifySignatureTimestamps,
  verifyTimestampToken,
} from '../../shared/pki/timestamp.ts'
import { testPki, type TestPki } from '../signing/pki/test-pki.ts'
import { TEST_TSA_POLICY } from '../signing/pki/timestamp-service.ts'
import { mustRun } from '../signing/pki/tools.ts'
import {
  digestOf,
  document,
  file,
  fileWith,
  hashOf,
  leaf,
  opensslVerifies,
  read,
  signWith,
  tokenFor,
  tsa,
} from './openssl-bench.ts'

let pki: TestPki
beforeAll(async () => {
  pki = await testPki()
})

describe('timestamps', () => {
  const question = {
    imprint: hashOf('sha256'),
    hash: 'sha256',
    nonce: randomBytes(8),
    policy: TEST_TSA_POLICY,
  } as const

  it('asked for by us are understood by openssl, answered, read and verified here', async () => {
    const request = timestampRequest(question)
    const printed = await mustRun('openssl', ['ts', '-query', '-text', '-in', await fileWith('q.tsq', request)])
    expect(printed).toContain('Hash Algorithm: sha256')
    expect(printed).toContain('Certificate required: yes')
    expect(printed).toContain(TEST_TSA_POLICY)
    const reply = await tsa(pki, 'tsa', request)
    const answer = readTimestampResponse(reply, question)
    if ('fault' in answer) throw new Error(answer.fault)
    expect(Math.abs(answer.time - Date.now())).toBeLessThan(120_000)
    expect(answer.info).toMatchObject({ policy: TEST_TSA_POLICY, accuracy: 1000, hash: 'sha256' })
    const verified = await verifyTimestampToken(answer.token, digestOf, nodePkiCrypto)
    expect(verified.reasons).toEqual([])
    expect(verified.signer?.raw).toEqual(pki.leaves.tsa.der)

    const queryFile = await fileWith('q.tsq', request)
    const trust = ['-CAfile', pki.rootFile, '-untrusted', pki.intermediateFile]
    const files = ['-queryfile', queryFile, '-in', await fileWith('r.tsr', reply)]
    expect(await mustRun('openssl', ['ts', '-verify', ...files, ...trust])).toContain('Verification: OK')
  })

  it('asked for by openssl are read too', async () => {
    const [data, query] = [await fileWith('data', document), file('q.tsq')]
    await mustRun('openssl', ['ts', '-query', '-data', data, '-sha512', '-cert', '-no_nonce', '-out', query])
    const reply = await tsa(pki, 'secondTsa', await readFile(query))
    const expected = { imprint: hashOf('sha512'), hash: 'sha512', nonce: Uint8Array.of(1) } as const
    expect(readTimestampResponse(reply, expected)).toMatchObject({ fault: 'nonce-missing' })
  })

  it('that are refused say why', async () => {
    const unknown = { ...question, policy: '1.2.3.4.99' }
    const reply = await tsa(pki, 'tsa', timestampRequest(unknown))
    expect(readTimestampResponse(reply, unknown)).toEqual({ fault: 'refused', failure: 'unacceptedPolicy' })
  })

  it('stand in a signature as unsigned attribute, which openssl still believes, and prove its value only', async () => {
    const signer = leaf(pki, 'leader', 'sha256', { kind: 'rsa-pkcs1', hash: 'sha256' })
    const bare = signWith(signer)
    const token = await tokenFor(pki, read(bare))
    const stamped = addTimestamp(bare, token)
    if (stamped === null) throw new Error('no timestamp')
    expect((await opensslVerifies(stamped, pki.rootFile)).code).toBe(0)
    expect(stamped).toEqual(signWith(signer, token))
    const content = read(stamped)
    expect(timestampsOf(content)).toEqual([token])
    expect((await verifySignatureTimestamps(content, nodePkiCrypto)).map(({ reasons }) => reasons)).toEqual([[]])

    // openssl on the token as it stands in the signature.
    const [tokenFile, data] = [await fileWith('token', token), await fileWith('sig', content.signer.signature)]
    const trust = ['-CAfile', pki.rootFile, '-untrusted', pki.intermediateFile]
    const args = ['ts', '-verify', '-token_in', '-in', tokenFile, '-data', data, ...trust]
    expect(await mustRun('openssl', args)).toContain('Verification: OK')

    // The timestamp of another signature proves nothing about this one.
    const foreign = addTimestamp(signWith(leaf(pki, 'seal', 'sha256', { kind: 'ecdsa', hash: 'sha256' })), token)
    if (foreign === null) throw new Error('no timestamp')
    const [verdict] = await verifySignatureTimestamps(read(foreign), nodePkiCrypto)
    expect(verdict?.reasons).toEqual(['imprint-mismatch'])
  })
})
