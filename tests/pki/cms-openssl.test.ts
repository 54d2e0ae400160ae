// Our CMS against OpenSSL, both ways: what one makes the other must read and believe.
import { createPrivateKey, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { nodePkiCrypto } from '../../electron/pki/node-crypto.ts'
import { parseCertificate } from '../../shared/pki/certificate.ts'
import { addTimestamp } from '../../shared/pki/cms-build.ts'
import { readSignedData } from '../../shared/pki/cms-read.ts'
import { verifySignedData } from '../../shared/pki/cms-verify.ts'
import type { HashName } from '../../shared/pki/crypto.ts'
import type { LeafName } from '../signing/pki/profiles.ts'
import { testPki, type TestPki } from '../signing/pki/test-pki.ts'
import { derOf, mustRun } from '../signing/pki/tools.ts'
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
  type Signer,
} from './openssl-bench.ts'

let pki: TestPki
beforeAll(async () => {
  pki = await testPki()
})

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

const SIGNERS: readonly (readonly [string, () => Signer | Promise<Signer>])[] = [
  ['RSA-2048 PKCS #1', () => leaf(pki, 'leader', 'sha256', { kind: 'rsa-pkcs1', hash: 'sha256' })],
  ['RSA-2048 PKCS #1 SHA-512', () => leaf(pki, 'leader', 'sha512', { kind: 'rsa-pkcs1', hash: 'sha512' })],
  ['RSA-3072 PSS', () => leaf(pki, 'leaderPss', 'sha256', { kind: 'rsa-pss', hash: 'sha256', saltLength: 32 })],
  [
    'RSA-3072 PSS SHA-384, short salt',
    () => leaf(pki, 'leaderPss', 'sha384', { kind: 'rsa-pss', hash: 'sha384', saltLength: 20 }),
  ],
  ['P-256', () => leaf(pki, 'seal', 'sha256', { kind: 'ecdsa', hash: 'sha256' })],
  ['P-384', () => leaf(pki, 'clerk', 'sha384', { kind: 'ecdsa', hash: 'sha384' })],
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
    const cms = signWith(leaf(pki, 'archivist', 'sha512', { kind: 'ed25519' }))
    const verified = await verifySignedData(read(cms), digestOf, nodePkiCrypto)
    expect(verified).toMatchObject({ reasons: [], algorithm: { kind: 'ed25519' } })
  })

  it('has no signing time, an SHA-256 in signing-certificate-v2 that goes without saying, and is DER throughout', async () => {
    const cms = signWith(leaf(pki, 'seal', 'sha256', { kind: 'ecdsa', hash: 'sha256' }))
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
    const stamped = addTimestamp(attached, await tokenFor(pki, content))
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
