// The test PKI, its services, its tokens and its judges say what they should before anything is judged by them.
import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { judge } from './judges.ts'
import { opensslSignedPdf } from './openssl-signed-pdf.ts'
import { LEAVES, type LeafName } from './profiles.ts'
import { SOFT_PIN, softTokens } from './soft-token.ts'
import { makePki, testPki } from './test-pki.ts'
import { TEST_TSA_POLICY } from './timestamp-service.ts'
import { mustRun, processFolder, runTool } from './tools.ts'
import { trustServices } from './trust-services.ts'

async function opensslAccepts(name: LeafName): Promise<string> {
  const pki = await testPki()
  const chain = ['-CAfile', pki.rootFile, '-untrusted', pki.intermediateFile]
  const { code, stderr } = await runTool('openssl', ['verify', ...chain, pki.leaves[name].certificateFile])
  return code === 0 ? 'ok' : (/error \d+ at \d+ depth lookup: (.*)/.exec(stderr)?.[1] ?? stderr)
}

test('each certificate is what its plan says, in the eyes of openssl', async () => {
  const verdicts = Object.fromEntries(
    await Promise.all(Object.keys(LEAVES).map(async (name) => [name, await opensslAccepts(name as LeafName)] as const)),
  )
  expect(verdicts).toEqual({
    ...Object.fromEntries(Object.keys(LEAVES).map((name) => [name, 'ok'])),
    expired: 'certificate has expired',
    expiredTsa: 'certificate has expired',
    notYetValid: 'certificate is not yet valid',
    stranger: 'unable to get local issuer certificate',
    strangerTsa: 'unable to get local issuer certificate',
  })
})

test('names keep their Vietnamese letters, keys have the kinds they should, addresses are on loopback', async () => {
  const pki = await testPki()
  const leader = new X509Certificate(pki.leaves.leader.der)
  assert.match(leader.subject, /CN=Nguyễn Văn Ưởng/)
  assert.match(leader.subject, /O=UBND xã Trà My/)
  assert.match(leader.infoAccess ?? '', /OCSP - URI:http:\/\/127\.0\.0\.1:\d+\/ocsp\/intermediate/)
  const kinds = (['leader', 'leaderPss', 'seal', 'clerk', 'archivist'] as const).map((name) => {
    const { asymmetricKeyType, asymmetricKeyDetails } = pki.privateKey(name)
    return [asymmetricKeyType, asymmetricKeyDetails?.modulusLength ?? asymmetricKeyDetails?.namedCurve]
  })
  assert.deepEqual(kinds, [
    ['rsa', 2048],
    ['rsa', 3072],
    ['ec', 'prime256v1'],
    ['ec', 'secp384r1'],
    ['ed25519', undefined],
  ])
})

test('what is revoked later is on the next list', async () => {
  const pki = await makePki()
  const folder = processFolder('crl')
  const listed = async () => {
    await writeFile(join(folder, 'c.crl'), await pki.crl('intermediate'))
    return mustRun('openssl', ['crl', '-inform', 'DER', '-in', join(folder, 'c.crl'), '-noout', '-text'])
  }
  const serial = new X509Certificate(pki.leaves.seal.der).serialNumber
  assert.ok(!(await listed()).includes(serial))
  await pki.revoke(pki.leaves.seal, 'intermediate', 'cessationOfOperation')
  assert.ok((await listed()).includes(serial))
})

test('the soft tokens hold keys that never leave them, with certificates that chain to the root', async () => {
  const pki = await testPki()
  const { modulePath, environment, tokens } = await softTokens(pki)
  assert.deepEqual(
    tokens.map(({ label, keys }) => [label, keys.map((key) => key.leaf)]),
    [
      ['Leader', ['leader']],
      ['Agency', ['seal']],
    ],
  )
  const files = tokens.flatMap(({ keys }) => keys.map((key) => key.certificate.certificateFile))
  await mustRun('openssl', ['verify', '-CAfile', pki.rootFile, '-untrusted', pki.intermediateFile, ...files])
  const login = ['--module', modulePath, '--token-label', 'Leader', '--login', '--pin', SOFT_PIN]
  const listed = await mustRun('pkcs11-tool', [...login, '--list-objects'], { env: environment })
  assert.match(listed, /Private Key Object; RSA[^]*never extractable/)
})

test('the timestamp service answers, refuses and forges, each as its switch says', async () => {
  const pki = await testPki()
  await using services = trustServices(pki)
  const folder = processFolder('tsq')
  const [data, query, reply] = ['data', 'q.tsq', 'r.tsr'].map((name) => join(folder, name)) as [string, string, string]
  await writeFile(data, 'xin chào')
  await mustRun('openssl', ['ts', '-query', '-data', data, '-sha256', '-cert', '-out', query])
  const body = await readFile(query)
  const said: Record<string, string> = {}
  for (const answer of ['right', 'wrong-nonce', 'no-nonce', 'wrong-imprint', 'refused', 'wrong-signature'] as const) {
    services.tsa.answer = answer
    const response = await fetch(services.tsaUrl, { method: 'POST', body })
    await writeFile(reply, new Uint8Array(await response.arrayBuffer()))
    const verified = await runTool('openssl', [
      'ts',
      '-verify',
      '-queryfile',
      query,
      '-in',
      reply,
      '-CAfile',
      pki.rootFile,
    ])
    said[answer] = verified.code === 0 ? 'ok' : (/time stamp routines:[^:]*:([^:]*):/.exec(verified.stderr)?.[1] ?? '')
    if (answer === 'right')
      assert.ok((await mustRun('openssl', ['ts', '-reply', '-text', '-in', reply])).includes(TEST_TSA_POLICY))
  }
  assert.deepEqual(said, {
    right: 'ok',
    'wrong-nonce': 'nonce mismatch',
    'no-nonce': 'nonce not returned',
    'wrong-imprint': 'message imprint mismatch',
    refused: 'no time stamp token',
    'wrong-signature': 'signature failure',
  })
  assert.equal(services.requests.length, 6)
})

test('the OCSP service answers from the database, and forges as its switch says', async () => {
  const pki = await testPki()
  await using services = trustServices(pki)
  const folder = processFolder('ocsp')
  const [query, reply] = ['q', 'r'].map((name) => join(folder, name)) as [string, string]
  const ask = async (leaf: LeafName, answer: typeof services.ocsp.answer) => {
    services.ocsp.answer = answer
    const certificates = ['-issuer', pki.intermediateFile, '-cert', pki.leaves[leaf].certificateFile]
    await mustRun('openssl', ['ocsp', ...certificates, '-reqout', query])
    const response = await fetch(`${pki.listener.baseUrl}/ocsp/intermediate`, {
      method: 'POST',
      body: await readFile(query),
    })
    await writeFile(reply, new Uint8Array(await response.arrayBuffer()))
    const files = ['-no_nonce', '-reqin', query, '-respin', reply, '-CAfile', pki.rootFile]
    const { stdout, stderr } = await runTool('openssl', ['ocsp', ...certificates, ...files])
    const status = /\b(good|revoked|unknown)$/m.exec(stdout)?.[1] ?? ''
    return [status, stderr.includes('Response verify OK'), /OCSP_check_validity:([^:]*)/.exec(stdout)?.[1] ?? ''].join(
      ' ',
    )
  }
  assert.equal(await ask('leader', 'index'), 'good true ')
  assert.equal(await ask('revoked', 'index'), 'revoked true ')
  assert.equal(await ask('leader', 'revoked'), 'revoked true ')
  assert.equal(await ask('leader', 'unknown'), 'unknown true ')
  assert.equal(await ask('leader', 'stale'), 'good true status expired')
  assert.equal(await ask('leader', 'future'), 'good true status not yet valid')
  assert.equal(await ask('leader', 'wrong-signer'), 'good false ')
})

test('nobody answers when no service is there: the connection is dropped', async () => {
  const pki = await testPki()
  await trustServices(pki)[Symbol.asyncDispose]()
  await assert.rejects(fetch(`${pki.listener.baseUrl}/crl/root.crl`))
})

test('all judges accept a PDF that openssl signed, and name its signer', async () => {
  const pki = await testPki()
  for (const [leaf, signer] of [
    ['leader', 'Nguyễn Văn Ưởng'],
    ['seal', 'UBND xã Trà My'],
  ] as const) {
    const verdict = await judge(await opensslSignedPdf(pki, leaf), pki)
    assert.deepEqual(verdict.poppler.signatures, [
      {
        signer,
        fieldName: 'Leader',
        validation: 'Signature is Valid.',
        certificate: 'Certificate is Trusted.',
        type: 'ETSI.CAdES.detached',
        totalDocument: true,
      },
    ])
    assert.ok(verdict.qpdf.ok, verdict.qpdf.said)
    assert.deepEqual([verdict.mutool.ok, verdict.mutool.unchanged], [true, 1], verdict.mutool.said)
    assert.deepEqual(
      verdict.openssl.map((one) => one.ok),
      [true],
    )
  }
})

test('openssl judges a document timestamp as a timestamp', async () => {
  const pki = await testPki()
  const { openssl } = await judge(await opensslSignedPdf(pki, 'tsa', 'timestamp'), pki)
  assert.deepEqual(
    openssl.map(({ subFilter, ok }) => [subFilter, ok]),
    [['ETSI.RFC3161', true]],
  )
})

test('one changed byte is seen by every judge of the digest, and an unknown issuer by every judge of trust', async () => {
  const pki = await testPki()
  const changed = Uint8Array.from(await opensslSignedPdf(pki, 'seal'))
  changed[12] = 0xe3
  const verdict = await judge(changed, pki)
  assert.equal(verdict.poppler.signatures[0]?.validation, 'Digest Mismatch.')
  assert.equal(verdict.mutool.ok, false)
  assert.equal(verdict.openssl[0]?.ok, false)

  const foreign = await judge(await opensslSignedPdf(pki, 'stranger'), pki)
  assert.equal(foreign.poppler.signatures[0]?.certificate, 'Certificate issuer is unknown.')
  assert.equal(foreign.openssl[0]?.ok, false)
})
