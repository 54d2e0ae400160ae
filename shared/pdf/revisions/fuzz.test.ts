// Whatever the bytes are: reading ends, throws nothing but PdfFault, and no flipped byte goes unnoticed where a signature covers it.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PdfFault } from '../fault.ts'
import { accountBytes } from './account-bytes.ts'
import { latin1, objectStreamText, PAGE } from './pdf-text.fixture.ts'
import { readSignatures } from './read-signatures.ts'
import { readRevisions } from './revisions.ts'
import { FORM, makeSigned, sealing, signing } from './signed.fixture.ts'
import { signedBytes } from './signed-bytes.ts'

const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000)
const OPTIONS = { seed: SEED, numRuns: 400 }

const FILES = [
  makeSigned([FORM, signing(), sealing({ more: '/M(D:2026)' }), { objects: { 3: PAGE } }]),
  makeSigned([
    { ...FORM, stream: true },
    { ...signing({ more: '/Reference[<</TransformMethod/DocMDP/TransformParams<</P 2>>>>]' }), stream: true },
    { objects: { 12: objectStreamText({ 3: PAGE }) }, compressed: { 3: [12, 0] }, stream: true },
  ]),
]

/** How reading ends: with what it finds, or with a fault; anything else is thrown on. */
function outcome(bytes: Uint8Array): string {
  try {
    const pdf = readRevisions(bytes)
    const findings = [...pdf.findings, ...accountBytes(pdf)].map(({ code }) => code)
    const signatures = readSignatures(pdf)
    for (const signature of signatures) signedBytes(pdf, signature)
    for (const { file } of pdf.revisions) {
      for (const number of file.entries.keys()) {
        try {
          file.resolve({ kind: 'ref', number, generation: 0 })
        } catch (fault) {
          if (!(fault instanceof PdfFault)) throw fault
        }
      }
    }
    return JSON.stringify([findings, signatures.map(({ findings: codes, revision }) => [codes, revision])])
  } catch (fault) {
    if (fault instanceof PdfFault) return fault.code
    throw fault
  }
}

describe(`random damage (SEED=${SEED})`, () => {
  it('the files are honest before', () => {
    for (const file of FILES) expect(outcome(file)).not.toMatch(/error|byte-range|truncated/)
  })

  it('flipped bytes', () => {
    const flips = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(fc.constantFrom(...FILES), flips, (file, places) => {
        const bytes = file.slice()
        for (const [at, byte] of places) bytes[at % bytes.length] = byte
        expect(typeof outcome(bytes)).toBe('string')
      }),
      OPTIONS,
    )
  })

  it('bytes taken out, doubled and put elsewhere', () => {
    fc.assert(
      fc.property(fc.constantFrom(...FILES), fc.nat(), fc.nat(), fc.nat(), (file, a, b, c) => {
        const [from, to] = [a % file.length, b % file.length].sort((x, y) => x - y) as [number, number]
        const at = c % file.length
        const piece = file.subarray(from, to)
        const without = Uint8Array.of(...file.subarray(0, from), ...file.subarray(to))
        const moved = Uint8Array.of(...file.subarray(0, at), ...piece, ...file.subarray(at))
        expect([typeof outcome(without), typeof outcome(moved)]).toEqual(['string', 'string'])
      }),
      OPTIONS,
    )
  })

  it('numbers and words exchanged for others', () => {
    const words = fc.constantFrom(
      '0',
      '-1',
      '9999999999',
      '1 0 R',
      '<<',
      '>>',
      '[',
      ']',
      'null',
      'obj',
      'endobj',
      'stream',
      'xref',
      '%',
      '(',
      ')',
      '/V',
    )
    fc.assert(
      fc.property(fc.constantFrom(...FILES), fc.nat(), words, (file, at, word) => {
        const bytes = file.slice()
        bytes.set(latin1(word).subarray(0, bytes.length - (at % bytes.length)), at % bytes.length)
        expect(typeof outcome(bytes)).toBe('string')
      }),
      OPTIONS,
    )
  })

  it('anything appended is never without a trace', () => {
    const [file = new Uint8Array()] = FILES
    const before = outcome(file)
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (junk) => {
        const bytes = Uint8Array.of(...file, ...junk)
        const blank = junk.every((byte) => [0, 9, 10, 12, 13, 32].includes(byte))
        expect(outcome(bytes) === before).toBe(blank)
      }),
      OPTIONS,
    )
  })
})
