// Paths under the test authority that openssl made, with its own lists and OCSP answers: what the signer and the verifier will meet.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nodePkiCrypto } from '../../electron/pki/node-crypto.ts'
import { parseCertificate, type Certificate } from '../../shared/pki/certificate.ts'
import { parseCertificateList, type CertificateList } from '../../shared/pki/crl.ts'
import { ocspRequest } from '../../shared/pki/ocsp-request.ts'
import { parseOcspResponse, type OcspResponse } from '../../shared/pki/ocsp-response.ts'
import { validatePath, type PathRequest } from '../../shared/pki/path.ts'
import { answerOcsp, type OcspAnswer } from '../signing/pki/ocsp-service.ts'
import type { LeafName } from '../signing/pki/profiles.ts'
import { testPki, type TestPki } from '../signing/pki/test-pki.ts'

const work = mkdtempSync(join(tmpdir(), 'test-authority-'))
afterAll(() => rmSync(work, { recursive: true }))

let pki: TestPki
let root: Certificate
let intermediate: Certificate
let lists: readonly CertificateList[]
let above: OcspResponse

const read = (der: Uint8Array): Certificate => parseCertificate(der)!
async function ocsp(
  issuer: 'root' | 'intermediate',
  target: Certificate,
  answer: OcspAnswer = 'index',
): Promise<OcspResponse> {
  const request = ocspRequest(target, issuer === 'root' ? root : intermediate, null)
  const { body } = await answerOcsp(pki, issuer, answer, request, work)
  return parseOcspResponse(new Uint8Array(body))!
}

beforeAll(async () => {
  pki = await testPki()
  root = read(pki.authorities.root.der)
  intermediate = read(pki.authorities.intermediate.der)
  lists = (await Promise.all([pki.crl('root'), pki.crl('intermediate')])).map((der) => parseCertificateList(der)!)
  above = await ocsp('root', intermediate)
})

async function verdict(name: LeafName, part: Partial<PathRequest> = {}): Promise<string> {
  const now = Date.now()
  const request: PathRequest = {
    target: read(pki.leaves[name].der),
    candidates: [intermediate],
    anchors: [{ certificate: root }],
    crls: lists,
    ocsp: [],
    at: now,
    // What was made just now may be dated a second ahead.
    evidenceUntil: now + 60_000,
    revocation: 'require',
    purpose: 'signing',
    ...part,
  }
  const { status, reasons } = await validatePath(request, nodePkiCrypto)
  return [status, ...reasons.map(({ code }) => code)].join(' ')
}

describe('by revocation lists', () => {
  test.each<[LeafName, string]>([
    ['leader', 'valid'],
    ['leaderPss', 'valid'],
    ['seal', 'valid'],
    ['clerk', 'valid'],
    ['archivist', 'valid'],
    ['expired', 'invalid expired'],
    ['notYetValid', 'invalid not-yet-valid'],
    ['revoked', 'invalid revoked'],
    ['wrongUsage', 'invalid key-usage'],
    ['stranger', 'indeterminate no-chain'],
    ['tsa', 'invalid extended-key-usage'],
    ['tlsServer', 'invalid extended-key-usage'],
  ])('%s: %s', async (name, expected) => {
    expect(await verdict(name)).toBe(expected)
  })

  test('a time stamper stamps time', async () => {
    expect(await verdict('tsa', { purpose: 'timestamping' })).toBe('valid')
    expect(await verdict('leader', { purpose: 'timestamping' })).toBe('invalid extended-key-usage')
  })

  test('nothing is known without them', async () => {
    expect(await verdict('leader', { crls: [] })).toBe('indeterminate revocation-unknown revocation-unknown')
  })
})

describe('by OCSP answers', () => {
  test.each<[OcspAnswer, string]>([
    ['index', 'valid'],
    ['without-next-update', 'valid'],
    ['revoked', 'invalid revoked'],
    ['unknown', 'indeterminate revocation-unknown'],
    ['stale', 'indeterminate revocation-unknown'],
    ['future', 'indeterminate revocation-unknown'],
    ['wrong-signer', 'indeterminate revocation-unknown'],
    ['try-later', 'indeterminate revocation-unknown'],
  ])('%s: %s', async (answer, expected) => {
    const response = await ocsp('intermediate', read(pki.leaves.seal.der), answer)
    expect(await verdict('seal', { crls: [], ocsp: [response, above] })).toBe(expected)
  })
})
