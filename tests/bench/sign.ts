// `npm run bench:sign`: what signing and verifying cost beside the token's own time, and beside pdfsig and openssl on the same file.
// Prints whether the goals are reached; nothing here can fail.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { raiseLevel } from '../../electron/signature/raise-level.ts'
import { signDocument, type SignatureOrder, type SigningKey } from '../../electron/signature/sign-document.ts'
import type { DocumentOutcome } from '../../electron/signature/signature-fault.ts'
import { nodePkiCrypto } from '../../electron/pki/node-crypto.ts'
import { readRevisions } from '../../shared/pdf/revisions/revisions.ts'
import { prepareSignature } from '../../shared/pdf/sign/prepare.ts'
import { NO_EVIDENCE } from '../../shared/signature/evidence.ts'
import { verifyPdf } from '../../shared/signature/verify.ts'
import { openOffice, PLAIN, stamp } from '../signing/office.ts'
import { mustRun, processFolder, runTool } from '../signing/pki/tools.ts'
import { Goals } from './goals.ts'
import { fileKey, fileWith, withSignatures } from './sign-files.ts'
import { median, printTable } from './table.ts'

const REPEATS = 7
const MEGABYTE = 1024 * 1024
const paper = new Uint8Array(await readFile(join(import.meta.dirname, '../fixtures/nd30/nghi-dinh-30-2020.pdf')))
const folder = processFolder('bench-sign')
const goals = new Goals()
const rows: (readonly [string, number, string])[] = []
await using office = await openOffice()
const { surroundings, pki } = office
const key = await fileKey(pki)
const picture = stamp(20, 40, 160)
const visible: SignatureOrder = { ...PLAIN, picture, place: { page: 0, rectangle: [60, 60, 260, 130] } }

function note(what: string, value: number, unit = 'ms'): number {
  rows.push([what, value, unit])
  return value
}

async function timed(work: () => unknown, repeats = REPEATS): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < repeats; i++) {
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  return median(times)
}

function bytesOf(outcome: DocumentOutcome): Uint8Array {
  if (!outcome.ok) throw new Error(outcome.code)
  return outcome.bytes
}

const verify = (bytes: Uint8Array) =>
  verifyPdf(bytes, {
    name: 'x.pdf',
    anchors: surroundings.anchors,
    evidence: NO_EVIDENCE,
    now: Date.now(),
    crypto: nodePkiCrypto,
  })

/** What the outside tools need for the same file, with their start. */
async function outside(what: string, bytes: Uint8Array): Promise<void> {
  const file = join(folder, 'outside.pdf')
  await writeFile(file, bytes)
  note(`  pdfsig, ${what}`, await timed(() => runTool('pdfsig', ['-nocert', file]), 3))
}

/** The same signature, the time inside the key taken out. */
async function visibleSignature(): Promise<void> {
  let inKey = 0
  const watched: SigningKey = {
    ...key,
    sign: async (request) => {
      const start = performance.now()
      const signed = await key.sign(request)
      inKey = performance.now() - start
      return signed
    },
  }
  let signed = bytesOf(await signDocument(paper, visible, watched, surroundings))
  const whole = await timed(async () => {
    signed = bytesOf(await signDocument(paper, visible, watched, surroundings))
  })
  note('visible signature B-B of 20 pages, without the key', whole - inKey)
  goals.atMost('visible signature B-B of 20 pages, beside the token', whole - inKey, 50, 'ms')
  note('  of these, reading the file', await timed(() => readRevisions(paper)))
  note('with a soft token: session, PIN, key', await timed(() => office.sign('Agency', paper, visible), 3))
  note('verifying it', await timed(() => verify(signed)))
  await outside('verifying it', signed)
  const data = join(folder, 'data')
  await writeFile(data, paper)
  const { certificateFile, keyFile } = pki.leaves.seal
  const args = ['cms', '-sign', '-cades', '-binary', '-in', data, '-outform', 'DER', '-out', join(folder, 'cms')]
  const files = ['-signer', certificateFile, '-inkey', keyFile, '-md', 'sha256']
  note('  openssl cms -sign over as many bytes', await timed(() => mustRun('openssl', [...args, ...files]), 3))
}

async function largeFile(): Promise<void> {
  const large = fileWith(49, MEGABYTE)
  bytesOf(await signDocument(large, PLAIN_ORDER, key, surroundings))
  globalThis.gc?.()
  const before = process.memoryUsage()
  let peak = 0
  let signed = large
  const time = await timed(async () => {
    signed = bytesOf(
      await signDocument(large, PLAIN_ORDER, key, {
        ...surroundings,
        now: () => {
          peak = Math.max(peak, process.memoryUsage().arrayBuffers)
          return Date.now()
        },
      }),
    )
    peak = Math.max(peak, process.memoryUsage().arrayBuffers)
  }, 3)
  const used = (peak - before.arrayBuffers) / MEGABYTE
  note('signing 49 MB', time)
  note('  memory beside the file itself', used, 'MB')
  goals.atMost('signing 49 MB', time, 300, 'ms')
  goals.atMost('signing 49 MB, memory', used, 150, 'MB')
  note('verifying 49 MB', await timed(() => verify(signed), 3))
  await outside('verifying 49 MB', signed)
}

async function hundredSignatures(): Promise<void> {
  const signed = await withSignatures(paper, 100, key)
  const time = await timed(() => verify(signed), 3)
  note('verifying 100 signatures', time)
  goals.atMost('verifying 100 signatures', time, 2000, 'ms')
  await outside('verifying 100 signatures', signed)
}

async function manyObjects(): Promise<void> {
  const many = fileWith(60_000, 0)
  const field = { kind: 'new', name: 'ky_so', place: null } as const
  const time = await timed(() =>
    prepareSignature(many, {
      ...{ kind: 'signature', field, appearance: null, font: null, values: [], lock: null, certify: null },
      ...{ time: null, name: null, reason: null, location: null, reserve: 16_000 },
    }),
  )
  note('preparing a file of 60 000 objects', time)
  note('  signing it', await timed(() => signDocument(many, PLAIN_ORDER, key, surroundings), 3))
  goals.atMost('opening 60 000 objects for signing', time, 300, 'ms')
}

async function growth(): Promise<void> {
  const leader = bytesOf(await office.sign('Leader', paper, { ...visible, role: 'personal', level: 'B-T' }))
  const order = {
    ...visible,
    role: 'agency',
    place: null,
    number: '15/QĐ-UBND',
    date: 'ngày 25 tháng 11 năm 2026',
  } as const
  const archived = bytesOf(await office.sign('Agency', leader, { ...order, level: 'B-LTA' }))
  const grown = (archived.length - paper.length) / 1000
  note('growth: leader B-T, number, date and seal, B-LTA', grown, 'kB')
  goals.atMost('growth of the whole chain', grown, 100, 'kB')
  note('verifying it', await timed(() => verify(archived)))
  await outside('verifying it', archived)
  note('renewing the archive timestamp', await timed(() => raiseLevel(archived, 'B-LTA', surroundings), 3))
}

const PLAIN_ORDER: SignatureOrder = { ...PLAIN, place: null }
const parts: Readonly<Record<string, () => Promise<void>>> = {
  visible: visibleSignature,
  large: largeFile,
  hundred: hundredSignatures,
  objects: manyObjects,
  growth,
}
const asked = process.argv.slice(2)
for (const [name, part] of Object.entries(parts)) if (asked.length === 0 || asked.includes(name)) await part()
printTable(`signing and verifying, medians`, ['what', 'figure', ''], rows)
goals.print()
