// Admission of uploaded papers: real decrees pass, everything cut short, closed, bombed or endless is refused by name, nothing throws.
import { readdirSync, readFileSync } from 'node:fs'
import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { PDFDocument, StandardFonts } from 'pdf-lib'
import { describe, expect, it } from 'vitest'
import { admitPdf, readPaper } from './admission.ts'
import { PdfFault } from './fault.ts'
import { MAX_OBJECTS, MAX_PAGES, MAX_PAPER_BYTES, MAX_REVISIONS, MAX_TITLE_LENGTH } from './limits.ts'

const ND30 = `${import.meta.dirname}/../../tests/fixtures/nd30`
const REAL = readdirSync(ND30)
  .filter((name) => name.endsWith('.pdf'))
  .map((name) => ({ name, bytes: new Uint8Array(readFileSync(`${ND30}/${name}`)) }))
const PAGES: Record<string, number> = {
  'nghi-dinh-30-2020.pdf': 20,
  'phu-luc-1.pdf': 17,
  'phu-luc-2.pdf': 4,
  'phu-luc-3.pdf': 18,
  'phu-luc-4.pdf': 6,
  'phu-luc-5.pdf': 5,
  'phu-luc-6.pdf': 8,
}
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000)

/** Objects 1, 2, 3… as they stand in a file, with a right table; object 1 is the catalog. */
function pdf(
  objects: readonly string[],
  more: { trailer?: string; before?: string; after?: string; table?: string } = {},
) {
  let body = `${more.before ?? ''}%PDF-1.7\n`
  const origin = (more.before ?? '').length
  const offsets = objects.map((object, i) => {
    const offset = body.length - origin
    body += `${i + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const start = body.length - origin
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  body += more.table ?? `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}trailer\n`
  body += `<</Size ${objects.length + 1}/Root 1 0 R${more.trailer ?? ''}>>\nstartxref\n${start}\n%%EOF\n${more.after ?? ''}`
  return latin1(body)
}

function latin1(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'))
}

function stream(dict: string, data: string | Uint8Array): string {
  const text = typeof data === 'string' ? data : Array.from(data, (byte) => String.fromCharCode(byte)).join('')
  return `<<${dict}/Length ${text.length}>>\nstream\n${text}\nendstream`
}

const CATALOG = '<</Type/Catalog/Pages 2 0 R>>'
const ONE_PAGE = [
  CATALOG,
  '<</Type/Pages/Kids[3 0 R]/Count 1>>',
  '<</Type/Page/Parent 2 0 R/Contents 4 0 R>>',
  stream('', '0 0 m'),
]

/** The same one page with its objects in an object stream and a cross-reference stream, as modern writers do. */
function compressedPdf(
  more: { predictor?: boolean; objects?: Uint8Array; rows?: readonly (readonly number[])[] } = {},
) {
  const inner = [CATALOG, '<</Type/Pages/Kids[3 0 R]/Count 1>>', '<</Type/Page/Parent 2 0 R>>']
  const body = inner.join(' ')
  const index = inner.map((_, i) => `${i + 1} ${inner.slice(0, i).join(' ').length + (i > 0 ? 1 : 0)}`).join(' ') + ' '
  const data = more.objects ?? new Uint8Array(deflateSync(index + body))
  let file = '%PDF-1.7\n'
  const four = file.length
  file += `4 0 obj\n${stream(`/Type/ObjStm/N 3/First ${index.length}/Filter/FlateDecode`, data)}\nendobj\n`
  const five = file.length
  const rows = more.rows ?? [
    [0, 0, 0],
    [2, 4, 0],
    [2, 4, 1],
    [2, 4, 2],
    [1, four, 0],
    [1, five, 0],
  ]
  const plain = rows.map(([type = 0, second = 0, third = 0]) => [type, second >> 8, second & 255, third])
  const predicted = plain.map((row, i) => [2, ...row.map((byte, at) => (byte - (plain[i - 1]?.[at] ?? 0)) & 255)])
  const table = new Uint8Array(deflateSync(Uint8Array.from((more.predictor ? predicted : plain).flat())))
  const parameters = more.predictor ? '/DecodeParms<</Predictor 12/Columns 4>>' : ''
  file += `5 0 obj\n${stream(`/Type/XRef/W[1 2 1]/Size 6/Root 1 0 R/Filter[/FlateDecode]${parameters}`, table)}\nendobj\n`
  return latin1(`${file}startxref\n${five}\n%%EOF`)
}

async function code(bytes: Uint8Array): Promise<string> {
  const result = await admitPdf(bytes)
  return result.ok ? `admitted ${result.value.pages}` : result.code
}

describe('papers that are whole', () => {
  it.each(REAL)('admits $name with its pages', async ({ name, bytes }) => {
    expect(await code(bytes)).toBe(`admitted ${PAGES[name]}`)
  })

  it('reads a Vietnamese title', async () => {
    const decree = REAL.find(({ name }) => name === 'nghi-dinh-30-2020.pdf')
    expect(await admitPdf(decree!.bytes)).toEqual({ ok: true, value: { pages: 20, title: 'CHÍNH PHỦ' } })
  })

  it.each([
    ['one byte a character', '(T\\364i  \\(1\\))', 'Tôi (1)'],
    ['UTF-8', '<EFBBBF54E1BB9D>', 'Tờ'],
    ['UTF-8 that is none', '<EFBBBFFF>', '\uFFFD'],
    ['little-endian UTF-16', '<FFFE5400DD1E>', 'Tờ'],
    ['half a surrogate', '<FEFFD800>', '\uFFFD'],
    ['control characters', '(a\\nb\\000c)', 'a b c'],
    ['only space', '(  )', null],
    ['no string', '12', null],
  ])('title as %s', async (_, written, title) => {
    const result = await admitPdf(pdf([...ONE_PAGE, `<</Title ${written}>>`], { trailer: '/Info 5 0 R' }))
    expect(result).toEqual({ ok: true, value: { pages: 1, title } })
  })

  it('shortens an endless title and does without a missing one', async () => {
    const long = await admitPdf(pdf([...ONE_PAGE, `<</Title (${'a'.repeat(5000)})>>`], { trailer: '/Info 5 0 R' }))
    expect(long.ok && long.value.title?.length).toBe(MAX_TITLE_LENGTH)
    expect(await admitPdf(pdf(ONE_PAGE, { trailer: '/Info 9 0 R' }))).toEqual({
      ok: true,
      value: { pages: 1, title: null },
    })
  })

  it('admits object streams, with and without predictor', async () => {
    expect(await code(compressedPdf())).toBe('admitted 1')
    expect(await code(compressedPdf({ predictor: true }))).toBe('admitted 1')
  })

  it('admits what pdf-lib writes, in both forms, up to the limit of pages', async () => {
    const document = await PDFDocument.create()
    document.setTitle('Dự toán ngân sách')
    const font = await document.embedFont(StandardFonts.Helvetica)
    for (let i = 0; i < MAX_PAGES; i++) document.addPage([200, 100]).drawText(`${i + 1}`, { font, size: 12 })
    for (const useObjectStreams of [true, false]) {
      const result = await admitPdf(await document.save({ useObjectStreams }))
      expect(result).toEqual({ ok: true, value: { pages: MAX_PAGES, title: 'Dự toán ngân sách' } })
    }
    document.addPage()
    expect(await code(await document.save())).toBe('paper-too-many-pages')
  })

  it('admits bytes before the header and after the end, within the limits', async () => {
    expect(await code(pdf(ONE_PAGE, { before: 'From: a gateway\n', after: '\n'.repeat(500) }))).toBe('admitted 1')
    expect(await code(pdf(ONE_PAGE, { before: 'x'.repeat(1500) }))).toBe('paper-not-pdf')
    expect(await code(pdf(ONE_PAGE, { after: 'x'.repeat(1500) }))).toBe('paper-truncated')
  })

  it('admits a table numbered from one, lengths that count the line end, contents in parts, pages without content', async () => {
    const plain = new TextDecoder('latin1').decode(pdf(ONE_PAGE))
    expect(await code(latin1(plain.replace('xref\n0 5', 'xref\n1 5')))).toBe('admitted 1')
    expect(await code(latin1(plain.replace('/Length 5', '/Length 6')))).toBe('admitted 1')
    const parts = pdf([
      CATALOG,
      '<</Kids[3 0 R]>>',
      '<</Contents[4 0 R 5 0 R]/Resources<</Font<</F 6 0 R>>/XObject 7 0 R>>>>',
      stream('', 'q'),
      stream('', 'Q'),
      '<</Type/Font>>',
      '<</X 4 0 R>>',
    ])
    expect(await code(parts)).toBe('admitted 1')
    expect(await code(pdf([CATALOG, '<</Kids[3 0 R]>>', '<</Type/Page % a comment\n>>']))).toBe('admitted 1')
  })

  it('reads the newest of several revisions, and a hybrid one', async () => {
    const first = new TextDecoder('latin1').decode(pdf(ONE_PAGE))
    const prev = Number(/startxref\n(\d+)/.exec(first)?.[1])
    const at = first.length
    const second = `${first}2 0 obj\n<</Kids[3 0 R 5 0 R]>>\nendobj\n5 0 obj\n<<>>\nendobj\n`
    const table = `xref\n2 1\n${String(at).padStart(10, '0')} 00000 n \n5 1\n${String(at + 38).padStart(10, '0')} 00000 n \n`
    const end = (extra: string) =>
      `trailer\n<</Size 6/Root 1 0 R/Prev ${prev}${extra}>>\nstartxref\n${second.length}\n%%EOF\n`
    expect(second.slice(at + 38)).toMatch(/^5 0 obj/)
    expect(await code(latin1(second + table + end('')))).toBe('admitted 2')
    expect(await code(latin1(second + table + end('/Encrypt 9 0 R')))).toBe('paper-encrypted')
    expect(await code(latin1(second + table + end('/XRefStm 3')))).toBe('paper-truncated')
    expect(await code(latin1(second + table + end('').replace(`/Prev ${prev}`, `/Prev ${second.length}`)))).toBe(
      'paper-truncated',
    )
    expect(await code(latin1(second + table + end('').replace(`/Prev ${prev}`, '/Prev (x)')))).toBe('paper-truncated')
  })
})

describe('papers that are refused', () => {
  it('no PDF', async () => {
    expect(await code(new Uint8Array())).toBe('paper-not-pdf')
    expect(await code(latin1('PK\x03\x04 a Word file'))).toBe('paper-not-pdf')
  })

  it('too large, before anything is read', async () => {
    expect(await code(new Uint8Array(MAX_PAPER_BYTES + 1))).toBe('paper-too-large')
  })

  it('encrypted, by password or for the owner only', async () => {
    const document = await PDFDocument.create()
    document.addPage()
    document.encrypt({ userPassword: 'mat-khau', ownerPassword: 'mat-khau' })
    expect(await code(await document.save())).toBe('paper-encrypted')
    expect(await code(pdf(ONE_PAGE, { trailer: '/Encrypt 9 0 R' }))).toBe('paper-encrypted')
  })

  it.each([
    ['a catalog that is missing', ['<<>>', '<</Kids[]>>']],
    ['no page', [CATALOG, '<</Kids[]>>']],
    ['kids that are no list', [CATALOG, '<</Kids 4>>']],
    ['a missing page', [CATALOG, '<</Kids[9 0 R]>>']],
    ['a page that is no dictionary', [CATALOG, '<</Kids[3 0 R]>>', '12']],
    ['a circle of pages', [CATALOG, '<</Kids[2 0 R]>>']],
    ['a circle of references', [CATALOG, '<</Kids 3 0 R>>', '3 0 R']],
    ['missing content', [CATALOG, '<</Kids[3 0 R]>>', '<</Contents 9 0 R>>']],
    ['content that is no stream', [CATALOG, '<</Kids[3 0 R]>>', '<</Contents 2 0 R>>']],
    ['a missing part of content', [CATALOG, '<</Kids[3 0 R]>>', '<</Contents[9 0 R]>>']],
    ['a missing font', [CATALOG, '<</Kids[3 0 R]>>', '<</Resources<</Font<</F 9 0 R>>>>>>']],
    ['a font that is a number', [CATALOG, '<</Kids[3 0 R]>>', '<</Resources<</Font<</F 4 0 R>>>>>>', '7']],
    ['a stream without length', [CATALOG, '<</Kids[3 0 R]>>', '<</Contents 4 0 R>>', '<<>>\nstream\nq\nendstream']],
    [
      'a stream of negative length',
      [CATALOG, '<</Kids[3 0 R]>>', '<</Contents 4 0 R>>', '<</Length -1>>\nstream\nq\nendstream'],
    ],
    [
      'a stream beyond the file',
      [CATALOG, '<</Kids[3 0 R]>>', '<</Contents 4 0 R>>', '<</Length 99999>>\nstream\nq\nendstream'],
    ],
    [
      'a stream of wrong length',
      [CATALOG, '<</Kids[3 0 R]>>', '<</Contents 4 0 R>>', '<</Length 20>>\nstream\nq\nendstream'],
    ],
    ['endless nesting', [CATALOG, '['.repeat(100_000)]],
    ['an unclosed dictionary', [CATALOG, '<</Kids[3 0 R] >']],
    ['a key that is no name', [CATALOG, '<<12 13>>']],
    ['an unclosed string', [CATALOG, '<</A (never']],
    ['an unclosed escape', [CATALOG, '<</A <41']],
    ['a string of no digits', [CATALOG, '<</A <4Z>>>']],
    ['an unknown word', [CATALOG, '<</A maybe>>']],
    ['an endless word', [CATALOG, `<</A ${'a'.repeat(5000)}>>`]],
  ])('%s', async (_, objects) => {
    expect(await code(pdf(objects))).toBe('paper-truncated')
  })

  it('a table that does not fit the file', async () => {
    const plain = new TextDecoder('latin1').decode(pdf(ONE_PAGE))
    const changed = (from: string | RegExp, to: string) => code(latin1(plain.replace(from, to)))
    expect(await changed(/startxref\n\d+/, 'startxref\n7')).toBe('paper-truncated')
    expect(await changed(/startxref\n\d+/, 'startxref\n')).toBe('paper-truncated')
    expect(await changed('startxref', 'starthere')).toBe('paper-truncated')
    expect(await changed('%%EOF', '%%EO')).toBe('paper-truncated')
    expect(await changed('xref\n0 5', 'xref\n0 5000000')).toBe('paper-truncated')
    expect(await changed('xref\n0 5', 'xref\nx 5')).toBe('paper-truncated')
    expect(await changed('00000 n', '00000 m')).toBe('paper-truncated')
    expect(await changed('00000 n', '00000 f')).toBe('paper-truncated')
    expect(await changed('trailer\n<<', 'trailer\n 12 <<')).toBe('paper-truncated')
    expect(await changed('4 0 obj', '8 0 obj')).toBe('paper-truncated')
    expect(await changed('4 0 obj', '4 0 abc')).toBe('paper-truncated')
  })

  it('compressed structure that does not fit, or does not end', async () => {
    expect(await code(compressedPdf({ objects: latin1('no zlib data') }))).toBe('paper-truncated')
    expect(await code(compressedPdf({ objects: new Uint8Array(deflateSync('1 0 2 5')) }))).toBe('paper-truncated')
    expect(
      await code(
        compressedPdf({
          rows: [
            [0, 0, 0],
            [2, 4, 0],
          ],
        }),
      ),
    ).toBe('paper-truncated')
    expect(
      await code(
        compressedPdf({
          rows: [
            [0, 0, 0],
            [2, 4, 9],
            [2, 4, 1],
            [2, 4, 2],
            [1, 9, 0],
            [1, 1, 0],
          ],
        }),
      ),
    ).toBe('paper-truncated')
    expect(
      await code(
        compressedPdf({
          rows: [
            [0, 0, 0],
            [2, 4, 0],
            [2, 4, 1],
            [2, 4, 2],
            [2, 4, 0],
            [1, 1, 0],
          ],
        }),
      ),
    ).toBe('paper-truncated')
    const text = new TextDecoder('latin1').decode(compressedPdf())
    for (const [from, to] of [
      ['/Filter/FlateDecode', '/Filter/LZWDecode'],
      ['/N 3', '/M 3'],
      ['/W[1 2 1]', '/W[1 2]'],
      ['/W[1 2 1]', '/W[1 (a)]'],
      ['/W[1 2 1]', '/W[0 0 0]'],
      ['/Type/XRef', '/Filter[/A/B]'],
    ] as const) {
      expect(text).toContain(from)
      expect(await code(latin1(text.replace(from, to)))).toBe('paper-truncated')
    }
  })

  it('an endless chain of revisions, and an endless table', async () => {
    let file = new TextDecoder('latin1').decode(pdf(ONE_PAGE))
    for (let i = 0; i <= MAX_REVISIONS; i++) {
      const prev = /startxref\n(\d+)\s+%%EOF\s+$/.exec(file.slice(-40))?.[1]
      file += `xref\ntrailer\n<</Root 1 0 R/Prev ${prev}>>\nstartxref\n${file.length}\n%%EOF\n`
    }
    expect(await code(latin1(file))).toBe('paper-too-large')
    const entries = '0000000009 00000 n \n'.repeat(MAX_OBJECTS + 1)
    const table = `xref\n0 ${MAX_OBJECTS + 1}\n${entries}trailer\n`
    expect(await code(pdf(ONE_PAGE, { table }))).toBe('paper-too-large')
  })

  it('a bomb: 100 MB of structure in 100 kB', async () => {
    const bomb = new Uint8Array(deflateSync(new Uint8Array(100 * 1024 * 1024)))
    expect(await code(compressedPdf({ objects: bomb }))).toBe('paper-too-large')
  })

  it('a tree that promises millions of pages, and one without end', async () => {
    const kids = '3 0 R '.repeat(3 * MAX_PAGES + 1)
    expect(await code(pdf([CATALOG, `<</Kids[${kids}]>>`, '<<>>']))).toBe('paper-too-many-pages')
    const direct = '<<>>'.repeat(MAX_PAGES + 1)
    expect(await code(pdf([CATALOG, `<</Kids[${direct}]>>`]))).toBe('paper-too-many-pages')
  })
})

describe(`damage at random (SEED=${SEED})`, () => {
  /** Fails on anything but a reading or a refusal: `admitPdf` would hide our own mistakes. */
  function outcome(bytes: Uint8Array): string {
    try {
      return `admitted ${readPaper(bytes).pages}`
    } catch (fault) {
      if (fault instanceof PdfFault) return fault.code
      throw fault
    }
  }

  it('refuses every paper that is cut short', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...REAL),
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        ({ bytes }, share) => {
          const whole = bytes.lastIndexOf(0x46) // the F of %%EOF
          expect(outcome(bytes.subarray(0, Math.floor(share * whole)))).toMatch(/^paper-(truncated|not-pdf)$/)
        },
      ),
      { seed: SEED, numRuns: 400 },
    )
  })

  it('refuses a paper whose middle is missing although its end is there', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...REAL),
        fc.double({ min: 0.05, max: 0.7, noNaN: true }),
        fc.integer({ min: 500, max: 9000 }),
        ({ bytes }, share, gap) => {
          const cut = Math.floor(share * bytes.length)
          const joined = new Uint8Array(bytes.length - gap)
          joined.set(bytes.subarray(0, cut))
          joined.set(bytes.subarray(cut + gap), cut)
          expect(outcome(joined)).toBe('paper-truncated')
        },
      ),
      { seed: SEED, numRuns: 200 },
    )
  })

  it('never fails on flipped bytes, in real papers and in compressed ones', () => {
    const sources = [
      ...REAL.map(({ bytes }) => bytes),
      compressedPdf(),
      compressedPdf({ predictor: true }),
      pdf(ONE_PAGE),
    ]
    const flips = fc.array(
      fc.tuple(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), fc.integer({ min: 1, max: 255 })),
      { minLength: 1, maxLength: 40 },
    )
    fc.assert(
      fc.property(fc.constantFrom(...sources), flips, fc.boolean(), (bytes, changes, nearEnd) => {
        const damagedBytes = bytes.slice()
        for (const [share, flip] of changes) {
          const at = nearEnd
            ? Math.max(0, Math.floor(bytes.length - share * 4000) - 1)
            : Math.floor(share * bytes.length)
          damagedBytes[at] = (damagedBytes[at] ?? 0) ^ flip
        }
        expect(outcome(damagedBytes)).toMatch(/^(admitted \d+|paper-[a-z-]+)$/)
      }),
      { seed: SEED, numRuns: 1500 },
    )
  })

  it('never rejects on any bytes at all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), fc.boolean(), async (bytes, header) => {
        const result = await admitPdf(
          header ? Uint8Array.from([...latin1('%PDF-1.7\n'), ...bytes, ...latin1('\nstartxref\n9\n%%EOF')]) : bytes,
        )
        expect(result.ok).toBe(false)
      }),
      { seed: SEED, numRuns: 300 },
    )
  })
})
