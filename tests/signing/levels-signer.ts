// Signs with any leaf of a test authority from its key file: kinds of keys, and certificates that no token would be given.
import { constants, sign as signWithKey } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { nodePkiCrypto } from '../../electron/pki/node-crypto.ts'
import { NO_CACHE } from '../../electron/revocation/evidence-cache.ts'
import type { DocumentOutcome } from '../../electron/signature/signature-fault.ts'
import { signDocument, type SignatureOrder, type SigningKey } from '../../electron/signature/sign-document.ts'
import type { SignatureSurroundings } from '../../electron/signature/surroundings.ts'
import { NO_EVIDENCE } from '../../shared/signature/evidence.ts'
import { fileReportSchema, type FileReport } from '../../shared/signature/report.ts'
import { verifyPdf } from '../../shared/signature/verify.ts'
import { anchorsOf, PLAIN } from './office.ts'
import type { LeafName } from './pki/profiles.ts'
import type { TestPki } from './pki/test-pki.ts'
import type { TrustServices } from './pki/trust-services.ts'

export interface Signer {
  readonly surroundings: SignatureSurroundings
  sign(leaf: LeafName, bytes: Uint8Array, order?: Partial<SignatureOrder>, clock?: number): Promise<DocumentOutcome>
  verify(bytes: Uint8Array, more?: Partial<Parameters<typeof verifyPdf>[1]>): Promise<FileReport>
}

export async function signerOf(pki: TestPki, services: TrustServices): Promise<Signer> {
  const face = createRequire(import.meta.url).resolve('@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf')
  const surroundings: SignatureSurroundings = {
    crypto: nodePkiCrypto,
    anchors: anchorsOf(pki),
    timestampServices: [{ url: services.tsaUrl }],
    line: { proxy: null, authorities: [] },
    cache: NO_CACHE,
    now: () => Date.now(),
    font: new Uint8Array(await readFile(face)),
  }
  return {
    surroundings,
    sign: (leaf, bytes, order = {}, clock) => {
      const around = clock === undefined ? surroundings : { ...surroundings, now: () => clock }
      return signDocument(bytes, { ...PLAIN, place: null, ...order }, leafKey(pki, leaf), around)
    },
    verify: async (bytes, more = {}) => {
      const { anchors, crypto } = surroundings
      const context = { name: 'x.pdf', anchors, evidence: NO_EVIDENCE, now: Date.now(), crypto, ...more }
      return fileReportSchema.parse(await verifyPdf(bytes, context))
    },
  }
}

/** Also where the certificate is of another key than the one that signs. */
export function leafKey(pki: TestPki, leaf: LeafName, certificateOf: LeafName = leaf): SigningKey {
  const key = pki.privateKey(leaf)
  const signed = (algorithm: SignedAlgorithm, signature: Uint8Array) =>
    Promise.resolve({ ok: true, value: { algorithm, signature: new Uint8Array(signature) } } as const)
  return {
    certificate: pki.leaves[certificateOf].der,
    chain: pki.chain,
    sign: ({ data, hash }) => {
      if (key.asymmetricKeyType === 'ed25519') return signed({ kind: 'ed25519' }, signWithKey(null, data, key))
      if (key.asymmetricKeyType === 'ec') return signed({ kind: 'ecdsa', hash }, signWithKey(hash, data, key))
      if (leaf !== 'leaderPss') return signed({ kind: 'rsa-pkcs1', hash }, signWithKey(hash, data, key))
      const pss = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
      return signed({ kind: 'rsa-pss', hash, saltLength: 32 }, signWithKey(hash, data, pss))
    },
  }
}

type SignedAlgorithm = Extract<Awaited<ReturnType<SigningKey['sign']>>, { readonly ok: true }>['value']['algorithm']

export function bytesOf(outcome: DocumentOutcome): Uint8Array {
  if (!outcome.ok) throw new Error(outcome.code)
  return outcome.bytes
}
