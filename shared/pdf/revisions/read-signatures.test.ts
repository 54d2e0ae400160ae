// Signatures as the file has them: honest ones without a finding, every malformed one with its code, none ever overlooked.
import { describe, expect, it } from 'vitest'
import { latin1, makePdf, objectStreamText, PAGE, type RevisionText } from './pdf-text.fixture.ts'
import { readSignatures } from './read-signatures.ts'
import { readRevisions } from './revisions.ts'
import { fill, FIELD, FORM, HOLE, makeSigned, sealing, signatureText, signing } from './signed.fixture.ts'
import { signedBytes } from './signed-bytes.ts'
import type { PdfSignature } from './signature.ts'

function read(...revisions: RevisionText[]): readonly PdfSignature[] {
  return readSignatures(readRevisions(makeSigned(revisions)))
}

function findings(...revisions: RevisionText[]): readonly (readonly string[])[] {
  return read(...revisions).map(({ findings: codes }) => codes)
}

describe('honest signatures', () => {
  it('say what they cover, what they contain and where they are', () => {
    const bytes = makeSigned([
      FORM,
      signing({ more: "/M(D:20261122192310+07'00')/Name<FEFF1EE8>/Reason(a)/Location(b)/ContactInfo(c)" }),
    ])
    const pdf = readRevisions(bytes)
    const [signature, ...others] = readSignatures(pdf)
    expect(others).toEqual([])
    expect(signature).toMatchObject({
      fieldName: 'leader',
      fieldRef: { number: 5 },
      kind: 'signature',
      filter: 'Adobe.PPKLite',
      subFilter: 'ETSI.CAdES.detached',
      claimedTime: '2026-11-22T19:23:10+07:00',
      name: 'Ứ',
      reason: 'a',
      location: 'b',
      contactInfo: 'c',
      revision: 1,
      appearsIn: 1,
      page: 0,
      rect: [10, 20, 50, 40],
      docMdp: null,
      fieldMdp: null,
      lock: null,
      dictRef: { number: 7 },
      findings: [],
      notes: [],
    })
    expect([...(signature?.contents ?? [])]).toEqual([0x30, 3, 2, 1, 5])
    const hole = bytes.subarray(signature?.contentsSpan?.start, signature?.contentsSpan?.end)
    expect(String.fromCharCode(...hole)).toBe(HOLE)
    const parts = signature === undefined ? [] : signedBytes(pdf, signature)
    expect(parts.map(({ length }) => length)).toEqual([signature?.byteRange?.[1], signature?.byteRange?.[3]])
    expect(parts.reduce((sum, { length }) => sum + length, 0)).toBe(bytes.length - HOLE.length)
  })

  it('follow each other, each with its revision', () => {
    const all = read(FORM, signing(), sealing(), { objects: { 3: PAGE } })
    expect(all.map(({ fieldName, revision, findings: codes }) => [fieldName, revision, codes])).toEqual([
      ['leader', 1, []],
      ['seal', 2, []],
    ])
  })

  it.each([
    ['a dictionary in the field', FIELD.replace('7 0 R', signatureText())],
    ['a widget of its own', '<</FT/Sig/T(leader)/V 7 0 R/Kids[9 0 R]>>'],
  ])('may have %s', (_, field) => {
    const update = {
      objects: { 5: field, 7: signatureText(), 9: '<</Parent 5 0 R/Subtype/Widget/P 3 0 R/Rect[1 2 3 4]>>' },
    }
    const [signature] = read(FORM, update)
    expect([signature?.findings, signature?.page, signature?.revision]).toEqual([[], 0, 1])
  })

  it('may end with or without the line end of their revision', () => {
    const made = makePdf([FORM, { ...signing(), tail: '\n \n' }, { objects: { 3: PAGE } }])
    for (const drop of [0, 1, 2, 3]) {
      const ends = made.ends.map((end) => end - drop)
      const [signature] = readSignatures(readRevisions(latin1(fill(made.text, ends))))
      expect([signature?.revision, signature?.findings]).toEqual([1, []])
    }
  })

  it.each([
    ['/Type/DocTimeStamp', '/SubFilter/ETSI.RFC3161', 'document-timestamp', []],
    ['', '/SubFilter/ETSI.RFC3161', 'document-timestamp', []],
    ['', '/SubFilter/adbe.pkcs7.detached', 'signature', []],
    ['/Type/DocTimeStamp', '/SubFilter/adbe.pkcs7.detached', 'document-timestamp', ['type-wrong']],
    ['/Type/Page', '/SubFilter/adbe.pkcs7.detached', 'malformed', ['type-wrong']],
  ])('with %s and %s are of their kind', (type, subFilter, kind, codes) => {
    const text = signatureText({ subFilter }).replace('/Type/Sig', type)
    const [signature] = read(FORM, { objects: { 5: FIELD, 7: text } })
    expect([signature?.kind, signature?.findings]).toEqual([kind, codes])
  })

  it('with bytes before the header count from the first byte of the file', () => {
    const made = makeSigned([FORM, signing()], 'junk\n%PDF-1.7\n')
    expect(readSignatures(readRevisions(made)).map(({ revision, findings: codes }) => [revision, codes])).toEqual([
      [1, []],
    ])
  })
})

const R = '0 0000000000 0000000000 0000000000'

describe('malformed byte ranges', () => {
  it.each([
    ['no range', (text: string) => text.replace(/\/ByteRange \[.*?\]/, ''), ['byte-range-missing']],
    ['null', (text: string) => text.replace(/\/ByteRange \[.*?\]/, '/ByteRange null'), ['byte-range-missing']],
    ['a reference', (text: string) => text.replace(/\/ByteRange \[.*?\]/, '/ByteRange 3 0 R'), ['byte-range-indirect']],
    ['a reference inside', (text: string) => text.replace(`[${R}]`, '[0 3 0 R 1 1]'), ['byte-range-indirect']],
    ['a string', (text: string) => text.replace(`[${R}]`, '(0 1 2 3)'), ['byte-range-malformed']],
    ['nothing in it', (text: string) => text.replace(R, ''), ['byte-range-malformed']],
    ['three numbers', (text: string) => text.replace(R, '0 1 2'), ['byte-range-malformed']],
    ['five numbers', (text: string) => text.replace(R, '0 1 2 3 4'), ['byte-range-malformed']],
    ['a fraction', (text: string) => text.replace(R, '0 1.5 2 3'), ['byte-range-malformed']],
    ['whole numbers as fractions', (text: string) => text.replace(R, '0.0 1 2 3'), ['byte-range-malformed']],
    ['signs', (text: string) => text.replace(R, '0 +1 2 3'), ['byte-range-malformed']],
    ['a comment', (text: string) => text.replace(R, '0 1 %\n2 3'), ['byte-range-malformed']],
    ['endless space', (text: string) => text.replace(R, `0 1 2 3${' '.repeat(300)}`), ['byte-range-malformed']],
    ['names', (text: string) => text.replace(R, '/a/b/c/d'), ['byte-range-malformed']],
    ['numbers below zero', (text: string) => text.replace(R, '0 -1 2 3'), ['byte-range-negative']],
    [
      'a start that is not zero',
      (text: string) => text.replace(R, '1 1 2 3'),
      ['byte-range-start-not-zero', 'gap-not-contents'],
    ],
    [
      'numbers beyond the file',
      (text: string) => text.replace(R, '0 10 20 99999'),
      ['byte-range-beyond-file', 'gap-not-contents'],
    ],
    [
      'parts that overlap',
      (text: string) => text.replace(R, '0 20 10 30'),
      ['byte-range-overlapping', 'gap-not-contents'],
    ],
    ['zeros', (text: string) => text.replace(R, '0 0 0 0'), ['gap-not-contents']],
  ] as const)('%s', (_, change, codes) => {
    const [signature] = read(FORM, { objects: { 5: FIELD, 7: change(signatureText()) } })
    expect(signature?.findings).toEqual(codes)
    expect(signature?.revision).toBeNull()
    const opened = readRevisions(makeSigned([FORM]))
    if (signature !== undefined && signature.byteRange === null) expect(signedBytes(opened, signature)).toEqual([])
  })

  it('that lie outside the file give no bytes', () => {
    const pdf = readRevisions(makeSigned([FORM, signing({ range: '[0 10 20 99999]' })]))
    expect(readSignatures(pdf).map((signature) => signedBytes(pdf, signature))).toEqual([[]])
  })

  it.each([
    ['one byte more before', 1, 0, 0, 'gap-not-contents'],
    ['one byte more behind', 0, -1, 1, 'gap-not-contents'],
    ['one byte less at the end', 0, 0, -3, 'byte-range-end-not-revision'],
    ['the end of no revision', 0, 0, -30, 'byte-range-end-not-revision'],
    ['an end before any revision', 0, 0, -5000, 'byte-range-end-not-revision'],
  ])('%s', (_, before, second, rest, code) => {
    const text = fill(...made())
    const moved = text.replace(/ByteRange \[0 (\d+) (\d+) (\d+)/, (all, a: string, b: string, c: string) => {
      return `ByteRange [0 ${Number(a) + before} ${Number(b) + second} ${Math.max(0, Number(c) + rest)}`.padEnd(
        all.length,
      )
    })
    expect(readSignatures(readRevisions(latin1(moved))).map(({ findings: codes }) => codes)).toEqual([[code]])
  })
})

function made(): [string, readonly number[]] {
  const { text, ends } = makePdf([FORM, signing()])
  return [text, ends]
}

describe('malformed contents', () => {
  const NO_GAP = ['gap-not-contents']
  it.each([
    ['none', signatureText().replace(/\/Contents <.*?>/, ''), ['contents-missing', ...NO_GAP]],
    ['null', signatureText({ contents: 'null' }), ['contents-missing', ...NO_GAP]],
    ['a reference', signatureText({ contents: '3 0 R' }), ['contents-indirect', ...NO_GAP]],
    ['a number', signatureText({ contents: '0' }), ['contents-malformed', ...NO_GAP]],
    ['nothing in it', signatureText({ contents: '<>' }), ['contents-empty']],
    ['one zero', signatureText({ contents: '<00>' }), ['contents-zero']],
    ['zeros', signatureText({ contents: `<${'0'.repeat(40)}>` }), ['contents-zero']],
    ['no DER', signatureText({ contents: '<0203010203>' }), ['contents-not-der']],
    ['an endless DER', signatureText({ contents: '<3080020105000000>' }), ['contents-not-der']],
    ['a DER that is too long', signatureText({ contents: '<308302010500>' }), ['contents-not-der']],
    ['a length of too many bytes', signatureText({ contents: '<308500000000010200>' }), ['contents-not-der']],
    ['a tag alone', signatureText({ contents: '<30>' }), ['contents-not-der']],
    ['something in the padding', signatureText({ contents: '<300302010500FF>' }), ['contents-padding-not-zero']],
    ['space between digits', signatureText({ contents: '<3003 02010500>' }), ['contents-not-hexadecimal']],
    ['an odd digit', signatureText({ contents: '<30030201050>' }), ['contents-not-hexadecimal']],
    [
      'a literal string',
      signatureText({ contents: '(0\\003\\002\\001\\005>)' }),
      ['contents-not-hexadecimal', 'contents-padding-not-zero', ...NO_GAP],
    ],
    ['two of them', signatureText({ more: '/Contents null' }), ['contents-missing', 'duplicate-key', ...NO_GAP]],
  ])('%s', (_, signature, codes) => {
    expect(findings(FORM, { objects: { 5: FIELD, 7: signature } })).toEqual([codes])
  })

  it('long forms of length are read', () => {
    const [signature] = read(FORM, signing({ contents: '<3082000302010500000000>' }))
    expect([...(signature?.contents ?? [])]).toEqual([0x30, 0x82, 0, 3, 2, 1, 5])
  })

  it('in an object stream are no contents', () => {
    const update = {
      objects: { 5: FIELD, 9: objectStreamText({ 7: signatureText() }) },
      compressed: { 7: [9, 0] as const },
      stream: true,
    }
    expect(findings(FORM, update)).toEqual([['contents-in-object-stream', 'gap-not-contents']])
  })

  it.each([
    ['no filter', signatureText().replace('/Filter/Adobe.PPKLite', ''), ['filter-missing']],
    ['no sub-filter', signatureText({ subFilter: '' }), ['sub-filter-missing']],
    ['an unknown sub-filter', signatureText({ subFilter: '/SubFilter/x' }), ['sub-filter-unknown']],
  ])('%s', (_, signature, codes) => {
    expect(findings(FORM, { objects: { 5: FIELD, 7: signature } })).toEqual([codes])
  })
})
