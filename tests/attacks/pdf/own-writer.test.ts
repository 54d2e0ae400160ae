// What our own writer does to a paper after its first signature is never called forbidden: the flow of the product, step by step.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { appendDss } from '../../../shared/pdf/sign/dss.ts'
import { OUTGOING_FIELDS } from '../../../shared/pdf/sign/outgoing-fields.ts'
import { prepareOutgoing } from '../../../shared/pdf/sign/outgoing.ts'
import { embedContents, prepareSignature, type SignatureRequest } from '../../../shared/pdf/sign/prepare.ts'
import { PDFDocument, StandardFonts } from 'pdf-lib'
import { judgeChanges, readRevisions, readSignatures } from './verifier.ts'

const FONT = new Uint8Array(
  readFileSync(`${import.meta.dirname}/../../../node_modules/@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf`),
)
const { number, date, leader, seal, archive } = OUTGOING_FIELDS
/** No CMS, but of its shape: a SEQUENCE with some bytes, each time others. */
let acts = 0
const cms = () => Uint8Array.of(0x30, 4, 4, 2, 1, ++acts)

function whole(result: Uint8Array | { readonly fault: string }): Uint8Array {
  if ('fault' in result) throw new Error(result.fault)
  return result
}

function signed(bytes: Uint8Array, request: Partial<SignatureRequest>): Uint8Array {
  const prepared = prepareSignature(bytes, {
    kind: 'signature',
    field: { kind: 'existing', name: leader },
    appearance: null,
    font: null,
    values: [],
    lock: null,
    certify: null,
    time: Date.UTC(2026, 10, 22),
    name: null,
    reason: null,
    location: null,
    reserve: 40,
    ...request,
  })
  if ('fault' in prepared) throw new Error(prepared.fault)
  return whole(embedContents(prepared, cms()))
}

const visible = (text: string): Partial<SignatureRequest> => ({
  font: FONT,
  appearance: { picture: null, text, size: 10, align: 'left' },
})
const values = [
  { field: number, value: '05/QĐ-UBND' },
  { field: date, value: 'Hà Nội, ngày 22 tháng 11 năm 2026' },
]
const evidence = (byte: number) => ({ certificates: [new Uint8Array(30).fill(byte)], crls: [], ocsps: [] })
const stamped = (bytes: Uint8Array, name: string) =>
  signed(bytes, { kind: 'document-timestamp', field: { kind: 'new', name, place: null }, time: null })

async function outgoing(useObjectStreams: boolean): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  const page = document.addPage([595, 842])
  page.drawText('QUYET DINH', { x: 80, y: 600, font: await document.embedFont(StandardFonts.TimesRoman) })
  return whole(prepareOutgoing(await document.save({ useObjectStreams }), null))
}

function refused(bytes: Uint8Array): readonly string[] {
  const pdf = readRevisions(bytes)
  const signatures = readSignatures(pdf)
  return signatures.flatMap((signature) => [
    ...signature.findings.map((finding) => `${signature.fieldName}: ${finding}`),
    ...judgeChanges(pdf, signatures, signature)
      .changes.filter(({ permitted }) => !permitted)
      .map((change) => `after ${signature.fieldName}: ${JSON.stringify(change)}`),
  ])
}

describe.each([
  ['table', false],
  ['stream', true],
] as const)('a paper with a cross-reference %s', (_, useObjectStreams) => {
  test.each([
    ['approved', {}],
    ['certified', { certify: 2 as const }],
  ])('%s, filled and sealed at one stroke, proven, stamped and renewed', async (_name, more) => {
    let bytes = signed(await outgoing(useObjectStreams), { ...visible('Nguyễn Văn Ưởng'), ...more })
    expect(refused(bytes)).toEqual([])
    bytes = signed(bytes, { ...visible('UBND xã Thử Nghiệm'), field: { kind: 'existing', name: seal }, values })
    expect(refused(bytes)).toEqual([])
    bytes = whole(appendDss(bytes, evidence(1)))
    bytes = stamped(bytes, 'stamp1')
    expect(refused(bytes)).toEqual([])
    bytes = whole(appendDss(bytes, evidence(2)))
    bytes = stamped(bytes, 'stamp2')
    expect(refused(bytes)).toEqual([])
    const pdf = readRevisions(bytes)
    const signatures = readSignatures(pdf)
    const [first] = signatures
    if (first === undefined) throw new Error('no signature')
    const filled = judgeChanges(pdf, signatures, first).changes.filter(({ code }) => code === 'field-filled')
    expect(filled).toMatchObject([
      { field: number, after: '05/QĐ-UBND', page: 0 },
      { field: date, after: 'Hà Nội, ngày 22 tháng 11 năm 2026' },
    ])
  })

  test('the archive may not sign what the seal has closed', async () => {
    let bytes = signed(await outgoing(useObjectStreams), {})
    bytes = signed(bytes, { field: { kind: 'existing', name: seal }, values, font: FONT })
    bytes = signed(bytes, { field: { kind: 'existing', name: archive } })
    expect(refused(bytes).filter((line) => line.includes('field-locked'))).not.toEqual([])
  })
})
