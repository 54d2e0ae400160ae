// Path validation as a whole, where PKITS does not reach: purposes, anchors and their dates, weak algorithms, hostile crowds of certificates.
import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { signatureIdentifier } from './algorithms.ts'
import { parseCertificate, type Certificate } from './certificate.ts'
import type { TestKey } from './cms.fixture.ts'
import type { HashName, PkiCrypto, SignatureAlgorithm } from './crypto.ts'
import {
  derBitString,
  derContext,
  derInteger,
  derNull,
  derOctetString,
  derOid,
  derSequence,
  derUtcTime,
} from './der.ts'
import { EXTENSION, KEY_PURPOSE } from './extensions.ts'
import {
  basicExt,
  certificateDer,
  DAY,
  dn,
  ext,
  holder,
  NOW,
  purposeExt,
  usageExt,
  type CertificatePlan,
  type Holder,
} from './path.fixture.ts'
import { validatePath, type PathRequest, type PathResult } from './path.ts'
import { subtlePkiCrypto } from './subtle-crypto.ts'
import { MAX_SIGNATURE_CHECKS } from './verify-budget.ts'

const platform = subtlePkiCrypto(crypto.subtle)

function newKey(hash: HashName = 'sha256'): TestKey {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const spki = new Uint8Array(pair.publicKey.export({ format: 'der', type: 'spki' }))
  return { spki, algorithm: { kind: 'ecdsa', hash }, sign: (data) => new Uint8Array(sign(hash, data, pair.privateKey)) }
}

function rsaKey(bits: number, algorithm: SignatureAlgorithm & { hash: HashName }): TestKey {
  const pair = generateKeyPairSync('rsa', { modulusLength: bits })
  const spki = new Uint8Array(pair.publicKey.export({ format: 'der', type: 'spki' }))
  return { spki, algorithm, sign: (data) => new Uint8Array(sign(algorithm.hash, data, pair.privateKey)) }
}

const [rootKey, caKey, leafKey, strangerKey] = [newKey(), newKey(), newKey(), newKey()] as const
const AUTHORITY = [basicExt(true), usageExt('keyCertSign', 'cRLSign')]
const root = holder({ subject: 'CN=Root', key: rootKey, extensions: AUTHORITY })
const ca = holder({ subject: 'CN=CA', key: caKey, issuer: root, extensions: AUTHORITY })
const leaf = (part: Partial<CertificatePlan> = {}): Holder =>
  holder({
    subject: 'CN=Leader',
    key: leafKey,
    issuer: ca,
    extensions: [usageExt('digitalSignature', 'nonRepudiation')],
    ...part,
  })

function ask(
  target: Certificate,
  part: Partial<PathRequest> = {},
  platformCrypto: PkiCrypto = platform,
): Promise<PathResult> {
  const request: PathRequest = {
    target,
    candidates: [ca.certificate],
    anchors: [{ certificate: root.certificate }],
    crls: [],
    ocsp: [],
    at: NOW,
    revocation: 'off',
    purpose: 'signing',
    ...part,
  }
  return validatePath(request, platformCrypto)
}
const codes = (result: PathResult): string[] =>
  result.reasons.map(({ code, index }) => (index === null ? code : `${code}@${index}`))

describe('a path', () => {
  it('that nothing speaks against is valid, and shown from the target to the anchor', async () => {
    const target = leaf().certificate
    const result = await ask(target)
    expect(result).toMatchObject({ status: 'valid', reasons: [], revocation: [] })
    expect(result.chain).toEqual([target, ca.certificate, root.certificate])
    expect(result.anchor?.certificate).toBe(root.certificate)
  })

  it('is found without the certificates in between when the anchor issued the target', async () => {
    expect((await ask(leaf({ issuer: root }).certificate, { candidates: [] })).status).toBe('valid')
  })

  it('that does not lead to an anchor is indeterminate: a missing certificate could mend it', async () => {
    const alone = await ask(leaf().certificate, { candidates: [] })
    expect(alone).toMatchObject({ status: 'indeterminate', anchor: null, reasons: [{ code: 'no-chain', index: null }] })
    expect(alone.chain).toHaveLength(1)
    expect((await ask(leaf().certificate, { anchors: [] })).status).toBe('indeterminate')
  })

  it('is not made by a certificate that only bears the issuer’s name', async () => {
    const forged = holder({ subject: 'CN=CA', key: strangerKey, issuer: root, extensions: AUTHORITY })
    expect((await ask(leaf().certificate, { candidates: [forged.certificate, ca.certificate] })).status).toBe('valid')
    const result = await ask(leaf().certificate, { candidates: [forged.certificate] })
    expect([result.status, ...codes(result)]).toEqual(['invalid', 'signature-invalid@0'])
  })

  it('is not made by an anchor of the same name with another key', async () => {
    const other = holder({ subject: 'CN=Root', key: strangerKey, extensions: AUTHORITY })
    expect(codes(await ask(leaf().certificate, { anchors: [{ certificate: other.certificate }] }))).toEqual([
      'signature-invalid@1',
    ])
  })

  it('does not end at a root that is only among the candidates', async () => {
    const self = holder({ subject: 'CN=Self', key: strangerKey, extensions: AUTHORITY })
    const target = leaf({ issuer: self }).certificate
    expect((await ask(target, { candidates: [self.certificate] })).status).toBe('indeterminate')
  })

  it('ends at the anchor once, though that is among the candidates too', async () => {
    const again = holder({ subject: 'CN=Root', key: rootKey, serial: 9 }).certificate
    const result = await ask(leaf().certificate, { candidates: [again, root.certificate, ca.certificate] })
    expect([result.status, result.chain.length]).toEqual(['valid', 3])
  })

  it('is taken by the authority whose key identifier is named, first', async () => {
    const identifier = (value: number) => ext(EXTENSION.subjectKeyIdentifier, derOctetString(Uint8Array.of(value)))
    const twin = (value: number) =>
      holder({
        subject: 'CN=CA',
        key: caKey,
        serial: value,
        issuer: root,
        extensions: [...AUTHORITY, identifier(value)],
      })
    const wanted = ext(EXTENSION.authorityKeyIdentifier, derSequence(Uint8Array.of(0x80, 1, 3)))
    const target = leaf({ extensions: [wanted] }).certificate
    const candidates = [ca, twin(2), twin(3), twin(4)].map((one) => one.certificate)
    expect((await ask(target, { candidates })).chain[1]).toBe(candidates[2])
    const unreadable = leaf({ extensions: [ext(EXTENSION.authorityKeyIdentifier, derNull())] }).certificate
    expect(codes(await ask(unreadable, { candidates }))).toEqual(['extension-unreadable@0'])
  })

  it('is another where the first one has run out', async () => {
    const old = holder({ subject: 'CN=CA', key: caKey, issuer: root, extensions: AUTHORITY, notAfter: NOW - DAY })
    expect((await ask(leaf().certificate, { candidates: [old.certificate, ca.certificate] })).status).toBe('valid')
    expect(codes(await ask(leaf().certificate, { candidates: [old.certificate] }))).toEqual(['expired@1'])
  })

  it('goes through changes of keys, and in no circle', async () => {
    const [oldKey, key] = [newKey(), newKey()]
    const old = holder({ subject: 'CN=CA', key: oldKey, issuer: root, extensions: AUTHORITY })
    const fresh = holder({ subject: 'CN=CA', key, issuer: old, extensions: AUTHORITY })
    const back = holder({ subject: 'CN=CA', key: oldKey, issuer: fresh, extensions: AUTHORITY })
    const candidates = [back, fresh, old].map((one) => one.certificate)
    const result = await ask(leaf({ issuer: fresh }).certificate, { candidates })
    expect([result.status, result.chain.length]).toEqual(['valid', 4])
  })

  it('shows what is nearest to being mended when none is valid', async () => {
    const broken = holder({ subject: 'CN=CA', key: caKey, issuer: root, extensions: [usageExt('cRLSign')] })
    const result = await ask(leaf({ notAfter: NOW - DAY }).certificate, {
      candidates: [broken.certificate, ca.certificate],
    })
    expect(codes(result)).toEqual(['expired@0'])
    const candidates = [broken.certificate, ca.certificate]
    const open = await ask(leaf().certificate, { candidates, revocation: 'require' })
    expect([open.status, codes(open)]).toEqual(['indeterminate', ['revocation-unknown@0', 'revocation-unknown@1']])
  })
})

describe('the time', () => {
  it('is within both ends', async () => {
    const target = leaf({ notBefore: NOW, notAfter: NOW }).certificate
    expect((await ask(target)).status).toBe('valid')
    expect(codes(await ask(target, { at: NOW - 1000 }))).toEqual(['not-yet-valid@0'])
    expect(codes(await ask(target, { at: NOW + 1000 }))).toEqual(['expired@0'])
  })

  it('of a trust anchor is that of the list, not of its certificate', async () => {
    const old = holder({ subject: 'CN=Root', key: rootKey, extensions: AUTHORITY, notAfter: NOW - DAY }).certificate
    const at = async (part: object) =>
      codes(await ask(leaf().certificate, { anchors: [{ certificate: old, ...part }] }))
    expect(await at({})).toEqual([])
    expect(await at({ validFrom: NOW, validUntil: NOW })).toEqual([])
    expect(await at({ validFrom: NOW + 1 })).toEqual(['anchor-out-of-use'])
    expect(await at({ validUntil: NOW - 1 })).toEqual(['anchor-out-of-use'])
  })
})

describe('what a certificate is for', () => {
  const { timeStamping, ocspSigning, emailProtection, documentSigning } = KEY_PURPOSE
  const SERVER = '1.3.6.1.5.5.7.3.1'

  it.each<[string, PathRequest['purpose'], readonly Uint8Array[], string[]]>([
    ['signs documents without any limits', 'signing', [], []],
    ['signs documents with a signing key', 'signing', [usageExt('digitalSignature')], []],
    [
      'signs documents with a key for commitment',
      'signing',
      [usageExt('nonRepudiation'), purposeExt(false, emailProtection)],
      [],
    ],
    ['signs documents with a purpose of their own', 'signing', [purposeExt(true, SERVER, documentSigning)], []],
    ['does not sign with a key for encryption', 'signing', [usageExt('keyEncipherment')], ['key-usage@0']],
    ['does not sign documents as a server', 'signing', [purposeExt(false, SERVER)], ['extended-key-usage@0']],
    ['does not sign documents as a clock', 'signing', [purposeExt(true, timeStamping)], ['extended-key-usage@0']],
    ['stamps time', 'timestamping', [usageExt('digitalSignature'), purposeExt(true, timeStamping)], []],
    ['stamps no time without saying so', 'timestamping', [], ['extended-key-usage@0']],
    [
      'stamps no time where that is not critical',
      'timestamping',
      [purposeExt(false, timeStamping)],
      ['extended-key-usage@0'],
    ],
    [
      'stamps no time beside other purposes',
      'timestamping',
      [purposeExt(true, timeStamping, emailProtection)],
      ['extended-key-usage@0'],
    ],
    ['stamps no time for any purpose', 'timestamping', [purposeExt(true, KEY_PURPOSE.any)], ['extended-key-usage@0']],
    [
      'stamps no time with a key for encryption',
      'timestamping',
      [usageExt('keyEncipherment'), purposeExt(true, timeStamping)],
      ['key-usage@0'],
    ],
    ['answers for certificates', 'ocsp', [purposeExt(false, ocspSigning)], []],
    [
      'answers for no certificates without saying so',
      'ocsp',
      [purposeExt(false, KEY_PURPOSE.any)],
      ['extended-key-usage@0'],
    ],
    [
      'answers for no certificates with a key for encryption',
      'ocsp',
      [usageExt('keyEncipherment'), purposeExt(false, ocspSigning)],
      ['key-usage@0'],
    ],
    ['signs lists', 'crl', [usageExt('cRLSign')], []],
    ['signs no lists with a key for documents', 'crl', [usageExt('digitalSignature')], ['key-usage@0']],
    ['is anything where nobody asks', 'any', [usageExt('keyEncipherment')], []],
  ])('%s', async (_what, purpose, extensions, expected) => {
    const plan = extensions.length === 0 ? holder({ subject: 'CN=A', key: leafKey, issuer: ca }) : leaf({ extensions })
    expect(codes(await ask(plan.certificate, { purpose }))).toEqual(expected)
  })

  it('is nothing where its purposes cannot be read', async () => {
    const target = leaf({
      extensions: [ext(EXTENSION.extendedKeyUsage, derNull(), true), ext(EXTENSION.keyUsage, derNull())],
    }).certificate
    for (const purpose of ['signing', 'timestamping', 'ocsp'] as const) {
      expect(codes(await ask(target, { purpose }))).toEqual([
        'extension-unreadable@0',
        'key-usage@0',
        'extended-key-usage@0',
      ])
    }
  })

  it.each([
    ['signing', ['signing'], []],
    ['signing', ['timestamping'], ['anchor-out-of-use']],
    ['timestamping', ['signing'], ['anchor-out-of-use']],
    ['any', ['timestamping'], []],
  ] as const)('%s under an anchor for %s', async (purpose, use, expected) => {
    const extensions = purpose === 'timestamping' ? [purposeExt(true, timeStamping)] : []
    const target = leaf(extensions.length === 0 ? {} : { extensions }).certificate
    expect(codes(await ask(target, { purpose, anchors: [{ certificate: root.certificate, use }] }))).toEqual(expected)
  })
})

describe('authorities', () => {
  it.each<[string, readonly Uint8Array[], string[]]>([
    ['without basic constraints', [usageExt('keyCertSign')], ['not-a-ca@1']],
    ['that are none', [basicExt(false)], ['not-a-ca@1']],
    [
      'with unreadable constraints',
      [ext(EXTENSION.basicConstraints, derNull())],
      ['extension-unreadable@1', 'not-a-ca@1'],
    ],
    ['whose key signs no certificates', [basicExt(true), usageExt('cRLSign')], ['key-cert-sign-missing@1']],
    [
      'with an unknown critical extension',
      [basicExt(true), ext('1.2.3', derNull(), true)],
      ['unknown-critical-extension@1'],
    ],
    ['without any key usage', [basicExt(true)], []],
  ])('%s', async (_what, extensions, expected) => {
    const between = holder({ subject: 'CN=CA', key: caKey, issuer: root, extensions })
    expect(codes(await ask(leaf().certificate, { candidates: [between.certificate] }))).toEqual(expected)
  })

  it('of a trust anchor with a length have no more than that below them', async () => {
    const limited = holder({ subject: 'CN=Root', key: rootKey, extensions: [basicExt(true, 0)] }).certificate
    const anchors = [{ certificate: limited }]
    expect(codes(await ask(leaf().certificate, { anchors }))).toEqual(['path-too-long@1'])
    expect((await ask(leaf({ issuer: root }).certificate, { anchors })).status).toBe('valid')
  })
})

describe('weak signatures', () => {
  const under = async (key: TestKey, part: Partial<PathRequest> = {}, check: PkiCrypto = platform) => {
    const own = holder({ subject: 'CN=Weak', key, extensions: AUTHORITY })
    return codes(
      await ask(leaf({ issuer: own }).certificate, { anchors: [{ certificate: own.certificate }], ...part }, check),
    )
  }
  const RSA = { kind: 'rsa-pkcs1', hash: 'sha256' } as const
  const relaxed = { hashes: new Set<HashName>(['sha1', 'sha256']), minRsaBits: 1024, dsa: true }
  const always: PkiCrypto = { ...platform, verify: () => Promise.resolve(true) }
  const fakeKey = (spki: Uint8Array, algorithm: SignatureAlgorithm): TestKey => ({
    spki,
    algorithm,
    sign: () => Uint8Array.of(1),
  })

  it('by SHA-1 do not count unless that is wished for', async () => {
    expect(await under(newKey('sha1'))).toEqual(['algorithm-weak@0'])
    expect(await under(newKey('sha1'), { algorithms: relaxed })).toEqual([])
  })

  it('by short RSA keys do not count unless that is wished for', async () => {
    expect(await under(rsaKey(1024, RSA))).toEqual(['key-weak@0'])
    expect(await under(rsaKey(1024, RSA), { algorithms: relaxed })).toEqual([])
    expect(await under(rsaKey(2048, RSA))).toEqual([])
  })

  it('by DSA do not count unless that is wished for', async () => {
    const pair = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 })
    const spki = new Uint8Array(pair.publicKey.export({ format: 'der', type: 'spki' }))
    const key = fakeKey(spki, { kind: 'dsa', hash: 'sha256' })
    expect(await under(key, {}, always)).toEqual(['key-weak@0'])
    expect(await under(key, { algorithms: relaxed }, always)).toEqual([])
  })

  it('by RSA with the exponent 1, or larger than any key in use, do not count whatever the platform says', async () => {
    const rsa = (modulus: Uint8Array, exponent: number) =>
      derSequence(
        derSequence(derOid('1.2.840.113549.1.1.1'), derNull()),
        derBitString(
          derSequence(
            Uint8Array.from([2, 0x82, (modulus.length + 1) >> 8, (modulus.length + 1) & 255, 0, ...modulus]),
            derInteger(exponent),
          ),
        ),
      )
    const key = (bytes: number, exponent: number) => fakeKey(rsa(new Uint8Array(bytes).fill(0xff), exponent), RSA)
    expect(await under(key(256, 65537), {}, always)).toEqual([])
    expect(await under(key(256, 1), {}, always)).toEqual(['key-weak@0'])
    expect(await under(key(2049, 65537), {}, always)).toEqual(['key-weak@0'])
  })

  it('by other curves, by keys of another kind and by unknown algorithms are not supported', async () => {
    const pair = generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
    const curve = new Uint8Array(pair.publicKey.export({ format: 'der', type: 'spki' }))
    expect(await under(fakeKey(curve, { kind: 'ecdsa', hash: 'sha256' }), {}, always)).toEqual([
      'algorithm-unsupported@0',
    ])
    expect(await under(fakeKey(rootKey.spki, RSA), {}, always)).toEqual(['algorithm-unsupported@0'])
    const md5 = derSequence(derOid('1.2.840.113549.1.1.4'), derNull())
    const tbs = derSequence(
      derContext(0, derInteger(2)),
      derInteger(1),
      md5,
      dn('CN=CA'),
      derSequence(derUtcTime(NOW), derUtcTime(NOW)),
      dn('CN=A'),
      leafKey.spki,
    )
    const target = parseCertificate(derSequence(tbs, md5, derBitString(Uint8Array.of(1))))!
    expect(codes(await ask(target, {}, always))).toEqual(['algorithm-unsupported@0'])
  })

  it('by Ed25519 count', async () => {
    const pair = generateKeyPairSync('ed25519')
    const spki = new Uint8Array(pair.publicKey.export({ format: 'der', type: 'spki' }))
    const key: TestKey = {
      spki,
      algorithm: { kind: 'ed25519' },
      sign: (data) => new Uint8Array(sign(null, data, pair.privateKey)),
    }
    expect(signatureIdentifier(key.algorithm)).toEqual(derSequence(derOid('1.3.101.112')))
    expect(await under(key)).toEqual([])
  })
})

describe('a hostile crowd', () => {
  const crowd = (count: number, plan: (index: number) => CertificatePlan): Certificate[] =>
    Array.from({ length: count }, (_, index) => parseCertificate(certificateDer(plan(index)))!)

  it('of namesakes costs one signature check each and hides nothing', async () => {
    const fakes = crowd(300, (serial) => ({
      subject: 'CN=CA',
      key: strangerKey,
      issuer: root,
      serial,
      extensions: [ext('1.2.3', derInteger(serial))],
    }))
    expect((await ask(leaf().certificate, { candidates: [...fakes, ca.certificate] })).status).toBe('valid')
  })

  it('of more than can be checked leaves the answer open', async () => {
    let checks = 0
    const counting: PkiCrypto = { ...platform, verify: (check) => ((checks += 1), platform.verify(check)) }
    const fake = { ...strangerKey, sign: () => Uint8Array.of(checks & 255) }
    const fakes = crowd(MAX_SIGNATURE_CHECKS + 50, (serial) => ({
      subject: 'CN=CA',
      key: { ...fake, spki: keyNumber(serial) },
      issuer: root,
      serial,
    }))
    const result = await ask(leaf().certificate, { candidates: fakes }, counting)
    expect([result.status, codes(result)]).toEqual(['indeterminate', ['no-chain', 'too-complex']])
    expect(checks).toBeLessThanOrEqual(MAX_SIGNATURE_CHECKS)
  })

  it('of valid cross-certificates in every direction ends', async () => {
    const keys = Array.from({ length: 6 }, newKeyOf)
    const members = keys.map((key, i) => holder({ subject: `CN=${i}`, key, extensions: AUTHORITY }))
    const cross = members.flatMap((to, i) =>
      members.flatMap((by, j) =>
        i === j
          ? []
          : [holder({ subject: `CN=${i}`, key: to.key, issuer: by, serial: j, extensions: AUTHORITY }).certificate],
      ),
    )
    const result = await ask(leaf({ issuer: members[0]! }).certificate, { candidates: cross })
    expect([result.status, codes(result)]).toEqual(['indeterminate', ['no-chain']])
    const broken = holder({
      subject: 'CN=5',
      key: keys[5]!,
      issuer: root,
      extensions: AUTHORITY,
      notAfter: NOW - DAY,
    }).certificate
    const many = await ask(leaf({ issuer: members[0]! }).certificate, { candidates: [...cross, broken] })
    expect([many.status, codes(many)]).toEqual(['indeterminate', ['expired@2', 'too-complex']])
  })

  it('in one long row is not followed to its end', async () => {
    let issuer = root
    const row = Array.from(
      { length: 20 },
      (_, i) => (issuer = holder({ subject: `CN=${i}`, key: caKey, issuer, extensions: AUTHORITY })).certificate,
    )
    const result = await ask(leaf({ issuer }).certificate, { candidates: row })
    expect([result.status, codes(result)]).toEqual(['indeterminate', ['no-chain', 'too-complex']])
  })
})

const newKeyOf = (): TestKey => newKey()

/** A key of the same form that nobody has. */
function keyNumber(index: number): Uint8Array {
  const spki = Uint8Array.from(strangerKey.spki)
  spki.set([index & 255, (index >> 8) & 255], spki.length - 2)
  return spki
}
