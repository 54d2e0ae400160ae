// Our CMS, timestamps and OCSP against OpenSSL, both ways: what one makes the other must read and believe.
import { createHash, createPrivateKey, randomBytes, sign, type KeyObject } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { nodePkiCrypto } from '../../electron/pki/node-crypto.ts'
import { parseCertificate } from '../../shared/pki/certificate.ts'
import { addTimestamp, buildSignedData, signedAttributes } from '../../shared/pki/cms-build.ts'
import { readSignedData, type SignedDataContent } from '../../shared/pki/cms-read.ts'
import { verifySignedData } from '../../shared/pki/cms-verify.ts'
import type { HashName, SignatureAlgorithm } from '../../shared/pki/crypto.ts'
import { answersFor, echoesNonce, responderCandidates, verifyOcspSignature } from '../../shared/pki/ocsp-match.ts'
import { ocspRequest } from '../../shared/pki/ocsp-request.ts'
import { parseOcspResponse } from '../../shared/pki/ocsp-response.ts'
import {
  readTimestampResponse,
  timestampRequest,
  timestampsOf,
  verifySignatureTimestamps,
  verifyTimestampToken,
} from '../../shared/pki/timestamp.ts'
import { answerOcsp } from '../signing/pki/ocsp-service.ts'
import type { LeafName } from '../signing/pki/profiles.ts'
import { testPki, type TestPki } from '../signing/pki/test-pki.ts'
import { TEST_TSA_POLICY, timestampReply } from '../signing/pki/timestamp-service.ts'
import { derOf, mustRun, processFolder, runTool } from '../signing/pki/tools.ts'

const document = randomBytes(5000)
const hashOf = (hash: HashName, data: Uint8Array = document) => new Uint8Array(createHash(hash).update(data).digest())
const digestOf = (hash: HashName) => Promise.resolve(hashOf(hash))

interface Signer {
  readonly certificate: Uint8Array
  readonly chain: readonly Uint8Array[]
  readonly key: KeyObject
  readonly hash: HashName
  readonly algorithm: SignatureAlgorithm
  readonly rootFile: string
}

let pki: TestPki
let folder: string
let count = 0

beforeAll(async () => {
  pki = await testPki()
  folder = processFolder('cms')
})

const newFolder = () => mkdtempSync(join(folder, 'work-'))
const file = (name: string) => join(folder, `${count++}-${name}`)

async function fileWith(name: string, data: Uint8Array): Promise<string> {
  const path = file(name)
  await writeFile(path, data)
  return path
}

function leaf(name: LeafName, hash: HashName, algorithm: SignatureAlgorithm): Signer {
  const { chain, rootFile } = pki
  return { certificate: pki.leaves[name].der, chain, key: pki.privateKey(name), hash, algorithm, rootFile }
}

/** The test PKI has no P-521: a certificate that signs itself will do. */
async function p521(): Promise<Signer> {
  const [keyFile, certificateFile] = [file('p521.key'), file('p521.crt')]
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-521', '-nodes', '-keyout', keyFile]
  await mustRun('openssl', ['req', '-x509', ...key, '-subj', '/CN=P521', '-days', '30', '-out', certificateFile])
  return {
    certificate: derOf(await readFile(certificateFile, 'utf8')),
    chain: [],
    key: createPrivateKey(await readFile(keyFile)),
    hash: 'sha512',
    algorithm: { kind: 'ecdsa', hash: 'sha512' },
    rootFile: certificateFile,
  }
}

function signWith(signer: Signer, timestampToken: Uint8Array | null = null): Uint8Array {
  const { certificate, chain, hash: digestAlgorithm, algorithm: signatureAlgorithm } = signer
  const attributes = signedAttributes({ digest: hashOf(digestAlgorithm), digestAlgorithm, certificate })
  const name = signatureAlgorithm.kind === 'ed25519' ? null : signatureAlgorithm.hash
  const pss = signatureAlgorithm.kind === 'rsa-pss' ? { padding: 6, saltLength: signatureAlgorithm.saltLength } : {}
  const signature = sign(name, attributes, { key: signer.key, dsaEncoding: 'der', ...pss })
  return buildSignedData({
    certificate,
    chain,
    digestAlgorithm,
    signedAttributes: attributes,
    signatureAlgorithm,
    signature,
    timestampToken,
  })
}

function read(cms: Uint8Array): SignedDataContent {
  const content = readSignedData(cms)
  if ('fault' in content) throw new Error(content.fault)
  return content
}

async function opensslVerifies(cms: Uint8Array, rootFile: string, content = document) {
  const [input, data] = [await fileWith('cms.der', cms), await fileWith('data', content)]
  const files = ['-in', input, '-content', data, '-CAfile', rootFile, '-out', file('out')]
  return runTool('openssl', ['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-purpose', 'any', ...files])
}

const SIGNERS: readonly (readonly [string, () => Signer | Promise<Signer>])[] = [
  ['RSA-2048 PKCS #1', () => leaf('leader', 'sha256', { kind: 'rsa-pkcs1', hash: 'sha256' })],
  ['RSA-2048 PKCS #1 SHA-512', () => leaf('leader', 'sha512', { kind: 'rsa-pkcs1', hash: 'sha512' })],
  ['RSA-3072 PSS', () => leaf('leaderPss', 'sha256', { kind: 'rsa-pss', hash: 'sha256', saltLength: 32 })],
  [
    'RSA-3072 PSS SHA-384, short salt',
    () => leaf('leaderPss', 'sha384', { kind: 'rsa-pss', hash: 'sha384', saltLength: 20 }),
  ],
  ['P-256', () => leaf('seal', 'sha256', { kind: 'ecdsa', hash: 'sha256' })],
  ['P-384', () => leaf('clerk', 'sha384', { kind: 'ecdsa', hash: 'sha384' })],
  ['P-521', p521],
]

describe('CMS that we build', () => {
  it.each(SIGNERS)('with %s is believed by openssl and by us', async (_, make) => {
    const signer = await make()
    const cms = signWith(signer)
    const verdict = await opensslVerifies(cms, signer.rootFile)
    expect(verdict.stderr).toContain('CAdES Verification successful')
    expect(verdict.code).toBe(0)
    expect((await opensslVerifies(cms, signer.rootFile, randomBytes(10))).code).not.toBe(0)
    expect(await verifySignedData(read(cms), digestOf, nodePkiCrypto)).toMatchObject({
      reasons: [],
      hash: signer.hash,
      algorithm: signer.algorithm,
    })
  })

  it('with Ed25519 is right in itself; OpenSSL 3.0 has none in CMS', async () => {
    const cms = signWith(leaf('archivist', 'sha512', { kind: 'ed25519' }))
    const verified = await verifySignedData(read(cms), digestOf, nodePkiCrypto)
    expect(verified).toMatchObject({ reasons: [], algorithm: { kind: 'ed25519' } })
  })

  it('has no signing time, an SHA-256 in signing-certificate-v2 that goes without saying, and is DER throughout', async () => {
    const cms = signWith(leaf('seal', 'sha256', { kind: 'ecdsa', hash: 'sha256' }))
    const printed = await mustRun('openssl', [
      'cms',
      '-cmsout',
      '-print',
      '-inform',
      'DER',
      '-in',
      await fileWith('c', cms),
    ])
    expect(printed).not.toContain('signingTime')
    expect(printed).toContain('id-smime-aa-signingCertificateV2')
    // Reading and writing again by OpenSSL, which sorts, changes nothing.
    const [input, output] = [await fileWith('again.der', cms), file('again.out')]
    await mustRun('openssl', ['cms', '-cmsout', '-inform', 'DER', '-outform', 'DER', '-in', input, '-out', output])
    expect(new Uint8Array(await readFile(output))).toEqual(cms)
  })
})

describe('CMS that openssl makes', () => {
  async function opensslSigns(more: readonly string[], name: LeafName = 'leader'): Promise<Uint8Array> {
    const { certificateFile, keyFile } = pki.leaves[name]
    const [input, output] = [await fileWith('data', document), file('cms.der')]
    const key = ['-signer', certificateFile, '-inkey', keyFile, '-in', input, '-out', output]
    await mustRun('openssl', ['cms', '-sign', '-binary', '-outform', 'DER', '-md', 'sha256', ...key, ...more])
    return new Uint8Array(await readFile(output))
  }
  const reasonsOf = async (cms: Uint8Array) => (await verifySignedData(read(cms), digestOf, nodePkiCrypto)).reasons

  it.each<[string, readonly string[], LeafName]>([
    ['RSA', [], 'leader'],
    ['RSA-PSS', ['-keyopt', 'rsa_padding_mode:pss', '-keyopt', 'rsa_pss_saltlen:32'], 'leaderPss'],
    ['P-256', [], 'seal'],
    ['P-384', [], 'clerk'],
    ['a key identifier', ['-keyid'], 'seal'],
  ])('with -cades and %s is believed by us', async (_, more, name) => {
    const cms = await opensslSigns(['-cades', '-certfile', pki.intermediateFile, ...more], name)
    const verified = await verifySignedData(read(cms), digestOf, nodePkiCrypto)
    expect(verified.reasons).toEqual([])
    expect(verified.signer?.raw).toEqual(pki.leaves[name].der)
    expect(verified.signingTime).toBeGreaterThan(Date.UTC(2020, 0, 1))
  })

  it('without -cades, as adbe.pkcs7.detached is, is readable and lacks the certificate attribute only', async () => {
    expect(await reasonsOf(await opensslSigns([]))).toEqual(['ess-missing'])
  })

  it('in BER with indefinite lengths is read; a timestamp can be added without touching what is signed', async () => {
    const attached = await opensslSigns(['-cades', '-nodetach', '-stream'])
    expect(Buffer.from(attached).subarray(0, 2).toString('hex')).toBe('3080')
    const content = read(attached)
    expect(content.content).toEqual(new Uint8Array(document))
    expect(await reasonsOf(attached)).toEqual(['encoding-ber', 'content-attached'])
    const stamped = addTimestamp(attached, await tokenFor(content))
    if (stamped === null) throw new Error('no timestamp')
    expect(await reasonsOf(stamped)).toEqual(['content-attached'])
    expect(read(stamped).signer.signedAttributes).toEqual(content.signer.signedAttributes)
  })

  it.each<[string, readonly string[], string]>([
    ['no signed attributes', ['-noattr'], 'signed-attributes-missing'],
    ['attached content', ['-cades', '-nodetach'], 'content-attached'],
    ['no certificate', ['-cades', '-nocerts'], 'signer-certificate-missing'],
    ['SHA-1', ['-cades', '-md', 'sha1'], 'hash-weak'],
    ['MD5', ['-md', 'md5'], 'digest-algorithm-unknown'],
  ])('with %s has a code of its own', async (_, more, code) => {
    expect(await reasonsOf(await opensslSigns(more))).toContain(code)
  })

  it('with two signers is refused', async () => {
    const { certificateFile, keyFile } = pki.leaves.seal
    const cms = await opensslSigns(['-cades', '-signer', certificateFile, '-inkey', keyFile])
    expect(readSignedData(cms)).toEqual({ fault: 'several-signers' })
  })

  it('over another document, or with the certificate of someone else, is not believed', async () => {
    const cms = await opensslSigns(['-cades'])
    const other = (hash: HashName) => Promise.resolve(hashOf(hash, randomBytes(9)))
    expect((await verifySignedData(read(cms), other, nodePkiCrypto)).reasons).toEqual(['message-digest-mismatch'])
    const content = read(cms)
    const seal = parseCertificate(pki.leaves.seal.der)!
    const { issuer, serialNumber } = seal
    const swapped = {
      ...content,
      certificates: [seal],
      signer: { ...content.signer, identifier: { kind: 'issuer-and-serial', issuer, serialNumber } as const },
    }
    expect((await verifySignedData(swapped, digestOf, nodePkiCrypto)).reasons).toEqual([
      'certificate-swapped',
      'key-mismatch',
      'signature-invalid',
    ])
  })
})

async function tsa(name: LeafName, request: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await timestampReply(pki, name, request, newFolder()))
}

async function tokenFor(content: SignedDataContent, hash: HashName = 'sha256'): Promise<Uint8Array> {
  const [imprint, nonce] = [hashOf(hash, content.signer.signature), randomBytes(16)]
  const reply = await tsa('tsa', timestampRequest({ imprint, hash, nonce }))
  const answer = readTimestampResponse(reply, { imprint, hash, nonce })
  if ('fault' in answer) throw new Error(answer.fault)
  return answer.token
}

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
    const reply = await tsa('tsa', request)
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
    const reply = await tsa('secondTsa', await readFile(query))
    const expected = { imprint: hashOf('sha512'), hash: 'sha512', nonce: Uint8Array.of(1) } as const
    expect(readTimestampResponse(reply, expected)).toMatchObject({ fault: 'nonce-missing' })
  })

  it('that are refused say why', async () => {
    const unknown = { ...question, policy: '1.2.3.4.99' }
    const reply = await tsa('tsa', timestampRequest(unknown))
    expect(readTimestampResponse(reply, unknown)).toEqual({ fault: 'refused', failure: 'unacceptedPolicy' })
  })

  it('stand in a signature as unsigned attribute, which openssl still believes, and prove its value only', async () => {
    const signer = leaf('leader', 'sha256', { kind: 'rsa-pkcs1', hash: 'sha256' })
    const bare = signWith(signer)
    const token = await tokenFor(read(bare))
    const stamped = addTimestamp(bare, token)
    if (stamped === null) throw new Error('no timestamp')
    expect((await opensslVerifies(stamped, pki.rootFile)).code).toBe(0)
    expect(stamped).toEqual(signWithToken(signer, bare, token))
    const content = read(stamped)
    expect(timestampsOf(content)).toEqual([token])
    expect((await verifySignatureTimestamps(content, nodePkiCrypto)).map(({ reasons }) => reasons)).toEqual([[]])

    // openssl on the token as it stands in the signature.
    const [tokenFile, data] = [await fileWith('token', token), await fileWith('sig', content.signer.signature)]
    const trust = ['-CAfile', pki.rootFile, '-untrusted', pki.intermediateFile]
    const args = ['ts', '-verify', '-token_in', '-in', tokenFile, '-data', data, ...trust]
    expect(await mustRun('openssl', args)).toContain('Verification: OK')

    // The timestamp of another signature proves nothing about this one.
    const foreign = addTimestamp(signWith(leaf('seal', 'sha256', { kind: 'ecdsa', hash: 'sha256' })), token)
    if (foreign === null) throw new Error('no timestamp')
    const [verdict] = await verifySignatureTimestamps(read(foreign), nodePkiCrypto)
    expect(verdict?.reasons).toEqual(['imprint-mismatch'])
  })

  /** The same signature value built with the token at once. RSA with PKCS #1 signs the same bytes the same way. */
  const signWithToken = (signer: Signer, _bare: Uint8Array, token: Uint8Array) => signWith(signer, token)
})

describe('OCSP', () => {
  it.each<[string, HashName, LeafName, string]>([
    ['good', 'sha1', 'leader', 'good'],
    ['good by SHA-256', 'sha256', 'seal', 'good'],
    ['revoked', 'sha1', 'revoked', 'revoked'],
  ])('says %s to a question of ours, and openssl believes the answer', async (_, hash, name, kind) => {
    const target = parseCertificate(pki.leaves[name].der)!
    const issuer = parseCertificate(pki.authorities.intermediate.der)!
    const nonce = randomBytes(16)
    const request = ocspRequest(target, issuer, nonce, hash)
    const requestFile = await fileWith('q.ocsp', request)
    const printed = await mustRun('openssl', ['ocsp', '-reqin', requestFile, '-req_text', '-noverify'])
    expect(printed).toContain(`Hash Algorithm: ${hash}`)
    expect(printed).toContain('OCSP Nonce')

    const body = new Uint8Array((await answerOcsp(pki, 'intermediate', 'index', request, newFolder())).body)
    const response = parseOcspResponse(body)
    const basic = response?.basic
    if (response === null || basic === null || basic === undefined) throw new Error('no answer')
    expect(echoesNonce(basic, nonce)).toBe(true)
    const [answer, ...others] = answersFor(basic, target, issuer)
    expect(others).toEqual([])
    expect(answer?.status.kind).toBe(kind)
    if (answer?.status.kind === 'revoked') expect(answer.status.reason).toBe('keyCompromise')
    expect(answer?.nextUpdate).toBeGreaterThan(answer?.thisUpdate ?? Infinity)
    const [responder] = responderCandidates(basic, issuer)
    expect(responder?.raw).toEqual(pki.leaves.ocspResponder.der)
    expect(await verifyOcspSignature(basic, responder!, nodePkiCrypto)).toBe(true)
    expect(await verifyOcspSignature(basic, issuer, nodePkiCrypto)).toBe(false)

    const authority = ['-issuer', pki.intermediateFile, `-${hash}`, '-cert', pki.leaves[name].certificateFile]
    const verify = ['-respin', await fileWith('r.ocsp', body), '-CAfile', pki.rootFile, '-no_nonce']
    const verdict = await runTool('openssl', ['ocsp', ...verify, ...authority])
    expect(verdict.stderr).toContain('Response verify OK')
    expect(verdict.stdout).toContain(`: ${kind}`)
  })

  it('reads requests made by openssl as answered: the identifiers are the same', async () => {
    const output = file('q.ocsp')
    const args = [
      '-issuer',
      pki.intermediateFile,
      '-cert',
      pki.leaves.leader.certificateFile,
      '-no_nonce',
      '-reqout',
      output,
    ]
    await mustRun('openssl', ['ocsp', ...args])
    const target = parseCertificate(pki.leaves.leader.der)!
    const issuer = parseCertificate(pki.authorities.intermediate.der)!
    expect(new Uint8Array(await readFile(output))).toEqual(ocspRequest(target, issuer, null))
  })
})
