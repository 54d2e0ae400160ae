// What the tests with OpenSSL share: a document, signers of the test PKI, their signatures, and the judge's verdict.
import { createHash, randomBytes, sign, type KeyObject } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildSignedData, signedAttributes } from '../../shared/pki/cms-build.ts'
import { readSignedData, type SignedDataContent } from '../../shared/pki/cms-read.ts'
import type { HashName, SignatureAlgorithm } from '../../shared/pki/crypto.ts'
import { readTimestampResponse, timestampRequest } from '../../shared/pki/timestamp.ts'
import type { LeafName } from '../signing/pki/profiles.ts'
import type { TestPki } from '../signing/pki/test-pki.ts'
import { timestampReply } from '../signing/pki/timestamp-service.ts'
import { processFolder, runTool } from '../signing/pki/tools.ts'

export const document = randomBytes(5000)
export const hashOf = (hash: HashName, data: Uint8Array = document) =>
  new Uint8Array(createHash(hash).update(data).digest())
export const digestOf = (hash: HashName) => Promise.resolve(hashOf(hash))

export interface Signer {
  readonly certificate: Uint8Array
  readonly chain: readonly Uint8Array[]
  readonly key: KeyObject
  readonly hash: HashName
  readonly algorithm: SignatureAlgorithm
  readonly rootFile: string
}

const folder = processFolder('cms')
let count = 0

export const newFolder = () => mkdtempSync(join(folder, 'work-'))
export const file = (name: string) => join(folder, `${count++}-${name}`)

export async function fileWith(name: string, data: Uint8Array): Promise<string> {
  const path = file(name)
  await writeFile(path, data)
  return path
}

export function leaf(pki: TestPki, name: LeafName, hash: HashName, algorithm: SignatureAlgorithm): Signer {
  const { chain, rootFile } = pki
  return { certificate: pki.leaves[name].der, chain, key: pki.privateKey(name), hash, algorithm, rootFile }
}

export function signWith(signer: Signer, timestampToken: Uint8Array | null = null): Uint8Array {
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

export function read(cms: Uint8Array): SignedDataContent {
  const content = readSignedData(cms)
  if ('fault' in content) throw new Error(content.fault)
  return content
}

export async function opensslVerifies(cms: Uint8Array, rootFile: string, content = document) {
  const [input, data] = [await fileWith('cms.der', cms), await fileWith('data', content)]
  const files = ['-in', input, '-content', data, '-CAfile', rootFile, '-out', file('out')]
  return runTool('openssl', ['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-purpose', 'any', ...files])
}

export async function tsa(pki: TestPki, name: LeafName, request: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await timestampReply(pki, name, request, newFolder()))
}

export async function tokenFor(
  pki: TestPki,
  content: SignedDataContent,
  hash: HashName = 'sha256',
): Promise<Uint8Array> {
  const [imprint, nonce] = [hashOf(hash, content.signer.signature), randomBytes(16)]
  const reply = await tsa(pki, 'tsa', timestampRequest({ imprint, hash, nonce }))
  const answer = readTimestampResponse(reply, { imprint, hash, nonce })
  if ('fault' in answer) throw new Error(answer.fault)
  return answer.token
}
