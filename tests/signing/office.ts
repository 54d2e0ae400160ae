// An office for signing tests: two soft tokens with their people, services on loopback, and one call that signs.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { parseCertificate } from '../../shared/pki/certificate.ts'
import type { TrustAnchor } from '../../shared/pki/path-types.ts'
import { nodePkiCrypto } from '../../electron/pki/node-crypto.ts'
import { NO_CACHE } from '../../electron/revocation/evidence-cache.ts'
import type { SignatureSurroundings } from '../../electron/signature/surroundings.ts'
import { signDocument, type SignatureOrder } from '../../electron/signature/sign-document.ts'
import type { DocumentOutcome } from '../../electron/signature/signature-fault.ts'
import { createSigningClient, type SigningClient, type SignRequest } from '../../electron/signing/client.ts'
import { nodeSigningChild } from '../../electron/signing/signing-child.ts'
import { softTokens, type SoftKeyPlan, type SoftTokens } from './pki/soft-token.ts'
import { testPki, type TestPki } from './pki/test-pki.ts'
import { trustServices, type TrustServices } from './pki/trust-services.ts'

const PROCESS = join(import.meta.dirname, '../../electron/signing/signing-process.ts')

export interface Office extends AsyncDisposable {
  readonly pki: TestPki
  readonly services: TrustServices
  readonly soft: SoftTokens
  readonly client: SigningClient
  readonly surroundings: SignatureSurroundings
  /** Opens the token, signs once, ends. @throws where the token itself refuses */
  sign(token: string, document: Uint8Array, order: Partial<SignatureOrder>): Promise<DocumentOutcome>
}

export const PLAIN: SignatureOrder = {
  role: 'plain',
  certify: false,
  place: { page: 0, rectangle: [60, 60, 260, 110] },
  picture: null,
  number: null,
  date: null,
  copyForm: '',
  reason: null,
  level: 'B-B',
}

export async function openOffice(plan?: Readonly<Record<string, readonly SoftKeyPlan[]>>): Promise<Office> {
  const pki = await testPki()
  const services = trustServices(pki)
  const soft = await softTokens(pki, plan)
  const client = createSigningClient({
    spawn: nodeSigningChild(PROCESS, { ...process.env, ...soft.environment }),
    candidates: () => [{ path: soft.modulePath, name: 'SoftHSM' }],
    now: () => Date.now(),
  })
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
    pki,
    services,
    soft,
    client,
    surroundings,
    sign: async (label, document, order) => {
      const token = (await client.tokens()).find(({ id }) => id.label === label)
      if (token === undefined) throw new Error(`no token ${label}`)
      const opened = await client.openSession(token.id, new Uint8Array(Buffer.from('123456')))
      if (!opened.ok) throw new Error(opened.fault.code)
      const listed = await opened.value.certificates()
      const certificate = listed.ok ? listed.value[0]?.der : undefined
      if (certificate === undefined) throw new Error('no certificate')
      const key = { certificate, chain: pki.chain, sign: (request: SignRequest) => opened.value.sign(request) }
      try {
        return await signDocument(document, { ...PLAIN, ...order }, key, surroundings)
      } finally {
        await opened.value.end()
      }
    },
    [Symbol.asyncDispose]: async () => {
      await client.close()
      await services[Symbol.asyncDispose]()
    },
  }
}

export function anchorsOf(pki: TestPki): readonly TrustAnchor[] {
  const certificate = parseCertificate(pki.authorities.root.der)
  if (certificate === null) throw new Error('the root of the test PKI cannot be read')
  return [{ certificate }]
}

/** A PNG with alpha: a square of one colour, transparent around it. */
export function stamp(red: number, green: number, blue: number, size = 40): Uint8Array {
  const row = (y: number) => {
    const inside = (x: number) => x > 5 && x < size - 5 && y > 5 && y < size - 5
    return [0, ...Array.from({ length: size }, (_, x) => [red, green, blue, inside(x) ? 255 : 0]).flat()]
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([8, 6, 0, 0, 0], 8)
  const pixels = deflateSync(Buffer.from(Array.from({ length: size }, (_, y) => row(y)).flat()))
  return new Uint8Array(
    Buffer.concat([
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      chunk('IHDR', header),
      chunk('IDAT', pixels),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  )
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return (crc ^ 0xffffffff) >>> 0
}
