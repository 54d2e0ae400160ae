// Byte accounting: each way in which bytes can be unexplained has a file that shows it, and honest files show none.
import { describe, expect, it } from 'vitest'
import { MAX_PARSED_BYTES } from '../limits.ts'
import { accountBytes } from './account-bytes.ts'
import { STRUCTURE_CODES } from './finding.ts'
import { MAX_COMMENT_BYTES } from './gaps.ts'
import { BASE, latin1, makePdf, objectStreamText, PAGE, streamText, type RevisionText } from './pdf-text.fixture.ts'
import { readRevisions } from './revisions.ts'

const FIRST: RevisionText = { objects: BASE }
/** An update that refers to what it brings. */
const UPDATE: RevisionText = { objects: { 3: '<</Type/Page/Parent 2 0 R/X 4 0 R>>', 4: '(four)' } }

function findings(bytes: Uint8Array) {
  const pdf = readRevisions(bytes)
  return [...pdf.findings, ...accountBytes(pdf)]
}

function codes(...revisions: RevisionText[]): readonly string[] {
  return findings(makePdf(revisions).bytes).map(({ code, severity, revision }) => `${code} ${severity} ${revision}`)
}

describe('honest files', () => {
  it.each<[string, RevisionText[]]>([
    ['an update', [FIRST, UPDATE]],
    ['an update with a stream', [FIRST, { ...UPDATE, stream: true }]],
    [
      'a line end before an update',
      [
        { ...FIRST, tail: '' },
        { ...UPDATE, before: '\r\n' },
      ],
    ],
    ['a short comment in an update', [FIRST, { ...UPDATE, before: '% written by a product\n', behind: '%\n' }]],
    ['comments of any length before anyone signed', [{ ...FIRST, before: `%${'x'.repeat(5000)}\n` }, UPDATE]],
    [
      'objects in an object stream',
      [
        FIRST,
        { objects: { 3: '<</X 4 0 R>>', 5: objectStreamText({ 4: '1' }) }, compressed: { 4: [5, 0] }, stream: true },
      ],
    ],
    ['white space at the end', [{ ...FIRST, tail: '\n\n \0\t\n' }]],
    ['a stream with a counted line end', [{ objects: { ...BASE, 4: '<</Length 3>>\nstream\nab\nendstream' } }]],
    ['a stream of objects without their own line', [{ objects: { ...BASE, 4: '[1 2]', 5: '<<>>', 6: 'null' } }]],
  ])('%s', (_, revisions) => {
    expect(codes(...revisions)).toEqual([])
  })

  it('is asked twice and works once', () => {
    const pdf = readRevisions(makePdf([FIRST]).bytes)
    expect(accountBytes(pdf)).toBe(accountBytes(pdf))
  })
})

const SHOWN: readonly (readonly [string, readonly RevisionText[], readonly string[]])[] = [
  [
    'objects that no cross-reference knows',
    [FIRST, { ...UPDATE, behind: '8 0 obj\n(x)\nendobj\n' }],
    ['unexplained-bytes error 1'],
  ],
  [
    'such objects before anyone signed',
    [{ ...FIRST, behind: '8 0 obj\n(x)\nendobj\n' }, UPDATE],
    ['unexplained-bytes warning 0'],
  ],
  ['words between trailer and startxref', [FIRST, { ...UPDATE, inside: 'xref\n0 0\n' }], ['unexplained-bytes error 1']],
  ['an end where no revision ends', [FIRST, { ...UPDATE, before: '%%EOF\n' }], ['unexplained-bytes error 1']],
  ['a second startxref', [FIRST, { ...UPDATE, before: 'startxref\n9\n%%EOF\n' }], ['unexplained-bytes error 1']],
  [
    'long comments in an update',
    [FIRST, { ...UPDATE, behind: `%${'x'.repeat(MAX_COMMENT_BYTES)}\n` }],
    ['unexplained-bytes error 1'],
  ],
  ['objects behind the end', [{ ...FIRST, tail: '\n8 0 obj\n(x)\nendobj\n' }], ['trailing-bytes error 0']],
  [
    'an entry that points at another object',
    [
      FIRST,
      {
        ...UPDATE,
        entry: (entry, number) =>
          number === 4 ? entry.replace(/^\d+/, (at) => `${Number(at) - 30}`.padStart(10, '0')) : entry,
      },
    ],
    ['object-not-where-xref-says error 1', 'unexplained-bytes error 1'],
  ],
  [
    'an entry that points at the line end before its object',
    [
      FIRST,
      {
        ...UPDATE,
        entry: (entry, number) =>
          number === 4 ? entry.replace(/^\d+/, (at) => `${Number(at) - 1}`.padStart(10, '0')) : entry,
      },
    ],
    ['object-not-where-xref-says warning 1'],
  ],
  [
    'an entry with another generation',
    [FIRST, { ...UPDATE, entry: (entry, number) => (number === 4 ? entry.replace('00000 n', '00001 n') : entry) }],
    ['object-not-where-xref-says error 1', 'unexplained-bytes error 1'],
  ],
  [
    'an entry that points into the revision before',
    [FIRST, { ...UPDATE, offsets: { 5: 9 }, size: 6 }],
    ['object-outside-its-revision error 1'],
  ],
  [
    'a stream whose length is wrong',
    [FIRST, { objects: { 3: '<</X 4 0 R>>', 4: '<</Length 1>>\nstream\nabcdefg\nendstream' } }],
    ['object-not-where-xref-says error 1', 'unexplained-bytes error 1'],
  ],
  [
    'an object that does not end',
    [FIRST, { objects: { 3: '<</X 4 0 R>>', 4: '(x) endob% ' } }],
    ['object-malformed error 1', 'unexplained-bytes error 1'],
  ],
  [
    'a stream that begins without line end',
    [FIRST, { objects: { 3: '<</X 4 0 R>>', 4: '<</Length 3>>\nstream  a\nendstream' } }],
    ['object-malformed error 1'],
  ],
  ['a key that stands twice', [FIRST, { objects: { 3: '<</X 4 0 R/Y 1/Y 2>>', 4: '1' } }], ['duplicate-key error 1']],
  [
    'a number that has two entries',
    [FIRST, { ...UPDATE, entry: (entry, number) => (number === 4 ? `${entry}4 1\n${entry}` : entry) }],
    ['duplicate-object error 1'],
  ],
  [
    'an entry of 19 bytes',
    [FIRST, { ...UPDATE, entry: (entry, number) => (number === 4 ? entry.replace(' \n', '\n') : entry) }],
    ['xref-entry-malformed error 1'],
  ],
  [
    'entries of 19 bytes before anyone signed',
    [{ ...FIRST, entry: (entry) => entry.replace(' \n', '\n') }],
    Array<string>(4).fill('xref-entry-malformed warning 0'),
  ],
  [
    'object 0 in use',
    [FIRST, { ...UPDATE, entry: (entry, number) => (number === 0 ? entry.replace('f', 'n') : entry) }],
    ['xref-entry-malformed error 1'],
  ],
  ['a gap in the first section', [{ objects: { ...BASE, 6: '1' } }], ['xref-first-section-gap warning 0']],
  ['an update without objects', [FIRST, {}], ['empty-revision error 1']],
  ['a size that hides objects', [FIRST, { ...UPDATE, size: 4 }], ['size-wrong error 1']],
  ['such a size before anyone signed', [{ ...FIRST, size: 3 }], ['size-wrong warning 0']],
  ['a size that is too large', [{ ...FIRST, size: 9 }], ['size-wrong info 0']],
  [
    'an update that ends with another startxref',
    [FIRST, { ...UPDATE, startxref: '9' }, { objects: { 3: PAGE } }],
    ['startxref-missing error 1', 'unexplained-bytes error 2'],
  ],
  ['a new object that nothing points at', [FIRST, { objects: { 4: '1' } }], ['unreferenced-object info 1']],
  ['encryption', [{ ...FIRST, trailer: '/Encrypt 9 0 R' }], ['encrypted error 0']],
  [
    'an entry for an object that its stream has elsewhere',
    [
      FIRST,
      {
        objects: { 3: '<</X[4 0 R 6 0 R]>>', 5: objectStreamText({ 4: '1', 6: '2' }) },
        compressed: { 4: [5, 1], 6: [5, 1] },
        stream: true,
      },
    ],
    ['object-not-where-xref-says error 1', 'unexplained-bytes error 1'],
  ],
  [
    'an object stream that is none',
    [FIRST, { objects: { 3: '<</X 4 0 R>>', 5: '(no)' }, compressed: { 4: [5, 0] }, stream: true }],
    ['object-not-where-xref-says error 1'],
  ],
  [
    'an object in the object stream of an older revision',
    [
      {
        objects: { ...BASE, 5: objectStreamText({ 4: '1', 6: '2' }) },
        compressed: { 4: [5, 0], 6: [5, 1] },
        stream: true,
      },
      { objects: { 3: '<</X 8 0 R>>' }, compressed: { 8: [5, 0] }, stream: true },
    ],
    ['object-outside-its-revision error 1'],
  ],
  [
    'an object of an object stream that no entry names',
    [
      FIRST,
      {
        objects: { 3: '<</X 4 0 R>>', 5: objectStreamText({ 4: '1', 9: '(hidden)' }) },
        compressed: { 4: [5, 0] },
        stream: true,
      },
    ],
    ['unexplained-bytes error 1'],
  ],
  [
    'an object of an object stream that is damaged',
    [
      FIRST,
      { objects: { 3: '<</X 4 0 R>>', 5: objectStreamText({ 4: '<</X' }) }, compressed: { 4: [5, 0] }, stream: true },
    ],
    ['object-malformed error 1'],
  ],
  [
    'a key that stands twice in an object stream',
    [
      FIRST,
      {
        objects: { 3: '<</X 4 0 R>>', 5: objectStreamText({ 4: '<</A 1/A 2>>' }) },
        compressed: { 4: [5, 0] },
        stream: true,
      },
    ],
    ['duplicate-key error 1'],
  ],
]

describe('files that show each finding', () => {
  it.each(SHOWN)('%s', (_, revisions, expected) => {
    expect([...codes(...revisions)].sort()).toEqual([...expected].sort())
  })

  it('an object inside the data of another', () => {
    const revisions = (at: number): RevisionText[] => [
      FIRST,
      { objects: { 3: '<</X[4 0 R 5 0 R]>>', 4: streamText('', '5 0 obj\n(forged)\nendobj') }, offsets: { 5: at } },
    ]
    const at = makePdf(revisions(0)).text.indexOf('5 0 obj')
    expect(codes(...revisions(at))).toEqual(['objects-overlap error 1'])
  })

  it('a table that counts from 1 although it begins with object 0', () => {
    const { text } = makePdf([FIRST])
    const pdf = findings(latin1(text.replace('xref\n0 4', 'xref\n1 4')))
    expect(pdf.map(({ code, object }) => [code, object])).toEqual([['xref-entry-malformed', 0]])
  })

  it('places what it finds in the whole file', () => {
    const made = makePdf([FIRST, { ...UPDATE, behind: '  (x) ' }], 'junk\n%PDF-1.7\n')
    expect(findings(made.bytes)).toContainEqual({
      code: 'unexplained-bytes',
      severity: 'error',
      revision: 1,
      offset: made.text.indexOf('(x)'),
      length: 3,
      object: null,
    })
  })

  it('too much to read, instead of reading it', () => {
    const pad = ' '.repeat(MAX_PARSED_BYTES / 64)
    const at = makePdf([FIRST]).text.indexOf('1 0 obj')
    // Each of these entries makes the reader pass over the same white space.
    const lies = Object.fromEntries(Array.from({ length: 70 }, (_, i) => [4 + i, at + i]))
    expect(codes({ ...FIRST, before: pad, offsets: lies })).toContain('too-large error 0')
  })

  it('more findings than anyone reads', () => {
    const objects = Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [4 + i, '1 e']))
    expect(codes({ objects: { ...BASE, ...objects } })).toContain('too-large error 0')
  })

  it('knows no code that no file shows', () => {
    const shown = new Set(SHOWN.flatMap(([, , expected]) => expected.map((each) => each.split(' ')[0])))
    const elsewhere = [
      'objects-overlap',
      'too-large',
      'hybrid',
      'object-stream-replaced',
      'prev-not-the-previous-revision',
    ]
    expect(STRUCTURE_CODES.filter((code) => !shown.has(code)).sort()).toEqual(elsewhere.sort())
  })
})
