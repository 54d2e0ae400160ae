// Outside judges of a signed PDF: poppler, qpdf, MuPDF and OpenSSL. Each verdict is plain data, with what the judge said.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { signedParts, type SignedPart } from './signed-parts.ts'
import type { TestPki } from './test-pki.ts'
import { mustRun, processFolder, runTool } from './tools.ts'

export interface PopplerSignature {
  readonly signer: string
  readonly fieldName: string
  /** `Signature is Valid.`, `Digest Mismatch.` … */
  readonly validation: string
  /** `Certificate is Trusted.` …; the empty text where poppler does not come that far. */
  readonly certificate: string
  readonly type: string
  /** False: "Not total document signed", which is right for all but the last. */
  readonly totalDocument: boolean
}

export interface PopplerVerdict {
  readonly signatures: readonly PopplerSignature[]
  readonly said: string
}

export interface OpenSslVerdict {
  readonly subFilter: string
  /** `openssl cms -verify -cades`, or `openssl ts -verify` for a document timestamp. */
  readonly ok: boolean
  readonly said: string
}

export interface Verdict {
  /** No error and no warning. */
  readonly ok: boolean
  readonly said: string
}

/** MuPDF trusts only what it was built with and does not know document timestamps: it judges the digest alone. */
export interface MupdfVerdict {
  readonly ok: boolean
  /** Signatures over everything, and signatures that only increments follow. */
  readonly unchanged: number
  readonly said: string
}

export interface Judgement {
  readonly poppler: PopplerVerdict
  readonly qpdf: Verdict
  readonly mutool: MupdfVerdict
  /** One per signature and document timestamp, in the order of the file. */
  readonly openssl: readonly OpenSslVerdict[]
}

/** All judges on one file. */
export async function judge(pdf: Uint8Array, pki: TestPki): Promise<Judgement> {
  const folder = await mkdtemp(join(tmpdir(), 'tra-my-judge-'))
  try {
    const file = join(folder, 'file.pdf')
    await writeFile(file, pdf)
    const [poppler, qpdf, mutool] = await Promise.all([askPoppler(file, pki), askQpdf(file), askMutool(file)])
    const openssl: OpenSslVerdict[] = []
    for (const part of signedParts(pdf)) openssl.push(await askOpenSsl(part, pki, folder))
    return { poppler, qpdf, mutool, openssl }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const databases = new Map<TestPki, Promise<string>>()

/** An NSS certificate database that trusts the test root, as `pdfsig -nssdir` wants it. */
function nssDatabase(pki: TestPki): Promise<string> {
  const known = databases.get(pki)
  if (known !== undefined) return known
  const made = makeNssDatabase(pki)
  databases.set(pki, made)
  return made
}

async function makeNssDatabase(pki: TestPki): Promise<string> {
  const database = `sql:${processFolder('nss')}`
  await mustRun('certutil', ['-N', '-d', database, '--empty-password'])
  await mustRun('certutil', ['-A', '-d', database, '-n', 'root', '-t', 'CT,C,C', '-i', pki.rootFile])
  return database
}

async function askPoppler(file: string, pki: TestPki): Promise<PopplerVerdict> {
  const { stdout, stderr } = await runTool('pdfsig', ['-no-ocsp', '-nssdir', await nssDatabase(pki), file])
  const signatures = stdout
    .split(/^Signature #\d+:$/m)
    .slice(1)
    .map((block) => ({
      signer: line(block, 'Signer Certificate Common Name'),
      fieldName: line(block, 'Signature Field Name'),
      validation: line(block, 'Signature Validation'),
      certificate: line(block, 'Certificate Validation'),
      type: line(block, 'Signature Type'),
      totalDocument: block.includes('- Total document signed'),
    }))
  return { signatures, said: stdout + stderr }
}

function line(block: string, label: string): string {
  return new RegExp(`- ${label}: (.*)`).exec(block)?.[1]?.trim() ?? ''
}

async function askQpdf(file: string): Promise<Verdict> {
  const { code, stdout, stderr } = await runTool('qpdf', ['--check', file])
  return { ok: code === 0, said: stdout + stderr }
}

async function askMutool(file: string): Promise<MupdfVerdict> {
  const { code, stdout, stderr } = await runTool('mutool', ['sign', '-v', file])
  const said = stdout + stderr
  const unchanged = said.match(/unchanged since signing|been edits since signing/g)?.length ?? 0
  return { ok: code === 0 && !said.includes('Digest error'), unchanged, said }
}

/** CAfile is the root alone: the intermediate must come from the signature itself. */
async function askOpenSsl(part: SignedPart, pki: TestPki, folder: string): Promise<OpenSslVerdict> {
  const [signed, contents] = [join(folder, 'signed.bin'), join(folder, 'contents.der')]
  await writeFile(signed, part.signed)
  await writeFile(contents, part.contents)
  const args =
    part.subFilter === 'ETSI.RFC3161'
      ? ['ts', '-verify', '-data', signed, '-in', contents, '-token_in', '-CAfile', pki.rootFile]
      : [
          ...['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', contents, '-content', signed],
          ...['-CAfile', pki.rootFile, '-purpose', 'any', '-out', '/dev/null'],
        ]
  const { code, stdout, stderr } = await runTool('openssl', args)
  return { subFilter: part.subFilter, ok: code === 0, said: stdout + stderr }
}
