// Signs the small papers of the attacks for real: a CMS of the test authority's seal in the hole, a token of its timestamp authority.
import { spawnSync } from 'node:child_process'
import { createHash, sign as signWithKey } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSignedData, signedAttributes } from '../../../shared/pki/cms-build.ts'
import { timestampRequest } from '../../../shared/pki/timestamp.ts'
import { TEST_TSA_POLICY } from '../../signing/pki/timestamp-service.ts'
import { testPki } from '../../signing/pki/test-pki.ts'
import { processFolder } from '../../signing/pki/tools.ts'
import { ANNOTS, append, bytesOf, FORM, ROOT, withEntries, type Paper } from '../pdf/paper.ts'
import type { SignOptions } from '../pdf/signing.ts'

export const pki = await testPki()
const key = pki.privateKey('seal')
const certificate = pki.leaves.seal.der
const work = processFolder('real-signing')
let tokens = 0

const HOLE_BYTES = 3600
const HOLE = `<${'0'.repeat(2 * HOLE_BYTES)}>`
const RANGE = '[0 0000000000 0000000000 0000000000]'

/** As `sign` of the attacks, with the truth in the hole. */
export function sign(paper: Paper, field: number, options: SignOptions = {}): Paper {
  const value = freeNumber(paper, options.changes)
  const stamped = options.timestamp === true
  const kind = stamped ? '/Type/DocTimeStamp' : '/Type/Sig'
  const subFilter = stamped ? 'ETSI.RFC3161' : 'ETSI.CAdES.detached'
  const text = options.changes?.[field] ?? paper.objects.get(field) ?? ''
  const time = stamped ? '' : "/M(D:20260601080000+07'00')"
  const dict = `<<${kind}/Filter/Adobe.PPKLite/SubFilter/${subFilter}/ByteRange${RANGE}/Contents${HOLE}${time}${options.dict ?? ''}>>`
  const next = append(
    paper,
    {
      [FORM]: withEntries(paper.objects.get(FORM) ?? '', { SigFlags: '3' }),
      ...options.changes,
      [value]: dict,
      [field]: withEntries(text, { V: `${value} 0 R`, ...options.field }),
    },
    options.append,
  )
  return withContents(next, paper.file.length, stamped ? tokenOver : cmsOver)
}

export function certify(paper: Paper, field: number, level: number, references = '', more: SignOptions = {}): Paper {
  const value = freeNumber(paper, more.changes)
  const docMdp = `<</Type/SigRef/TransformMethod/DocMDP/TransformParams<</Type/TransformParams/P ${level}/V/1.2>>>>`
  return sign(paper, field, {
    ...more,
    dict: `/Reference[${docMdp}${references}]`,
    changes: {
      [ROOT]: withEntries(paper.objects.get(ROOT) ?? '', { Perms: `<</DocMDP ${value} 0 R>>` }),
      ...more.changes,
    },
  })
}

export function timestamp(paper: Paper, name: string): Paper {
  const number = freeNumber(paper)
  const grow = (of: number): string => paper.objects.get(of) ?? ''
  return sign(paper, number, {
    timestamp: true,
    changes: {
      [number]: `<</Type/Annot/Subtype/Widget/FT/Sig/T(${name})/F 132/P 3 0 R/Rect[0 0 0 0]>>`,
      [FORM]: grow(FORM).replace(/\/Fields\[([^\]]*)\]/, (_, fields: string) => `/Fields[${fields} ${number} 0 R]`),
      [ANNOTS]: grow(ANNOTS).replace(/\]$/, ` ${number} 0 R]`),
    },
  })
}

/** Range and contents of the first hole after `from`. */
function withContents(paper: Paper, from: number, contents: (signed: Uint8Array) => Uint8Array): Paper {
  const start = paper.file.indexOf(HOLE, from)
  const end = start + HOLE.length
  const range = `[0 ${start} ${end} ${paper.file.length - end}]`.padEnd(RANGE.length, ' ')
  const at = paper.file.indexOf(RANGE, from)
  const ranged = paper.file.slice(0, at) + range + paper.file.slice(at + RANGE.length)
  const hex = Buffer.from(contents(bytesOf(ranged.slice(0, start) + ranged.slice(end)))).toString('hex')
  if (hex.length > 2 * HOLE_BYTES) throw new Error('the hole is too small')
  const whole = `<${hex.padEnd(2 * HOLE_BYTES, '0')}>`
  return { ...paper, file: ranged.slice(0, start) + whole + ranged.slice(end) }
}

function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bytes).digest())
}

export function cmsOver(signed: Uint8Array): Uint8Array {
  const attributes = signedAttributes({ digest: sha256(signed), digestAlgorithm: 'sha256', certificate })
  return buildSignedData({
    certificate,
    chain: pki.chain,
    digestAlgorithm: 'sha256',
    signedAttributes: attributes,
    signatureAlgorithm: { kind: 'ecdsa', hash: 'sha256' },
    signature: new Uint8Array(signWithKey('sha256', attributes, key)),
    timestampToken: null,
  })
}

/** Synchronous, because the papers are made so. */
export function tokenOver(signed: Uint8Array): Uint8Array {
  const nonce = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, tokens++ & 0x7f)
  const [query, reply, config] = [join(work, 'q.tsq'), join(work, 'r.der'), join(work, 'tsa.cnf')]
  writeFileSync(query, timestampRequest({ imprint: sha256(signed), hash: 'sha256', nonce }))
  const { certificateFile, keyFile } = pki.leaves.tsa
  writeFileSync(
    config,
    `[tsa]
default_tsa = this
[this]
serial = ${work}/serial
signer_cert = ${certificateFile}
certs = ${pki.intermediateFile}
signer_key = ${keyFile}
signer_digest = sha256
default_policy = ${TEST_TSA_POLICY}
digests = sha256
ess_cert_id_chain = no
ess_cert_id_alg = sha256
`,
  )
  const args = ['ts', '-reply', '-config', config, '-queryfile', query, '-token_out', '-out', reply]
  const { status, stderr } = spawnSync('openssl', args)
  if (status !== 0) throw new Error(String(stderr))
  return new Uint8Array(readFileSync(reply))
}

function freeNumber(paper: Paper, pending: Readonly<Record<number, string | null>> = {}): number {
  return Math.max(paper.size, ...Object.keys(pending).map((number) => Number(number) + 1))
}
