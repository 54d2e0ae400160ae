// Signatures that come, go, are shown twice or only pretend: what the form, its revisions and /Perms say about them together.
import { describe, expect, it } from 'vitest'
import { latin1, makePdf, PAGE, type RevisionText } from './pdf-text.fixture.ts'
import { readSignatures } from './read-signatures.ts'
import { readRevisions } from './revisions.ts'
import { fill, FIELD, FORM, makeSigned, sealing, signatureText, signing } from './signed.fixture.ts'
import type { PdfSignature } from './signature.ts'

function read(...revisions: RevisionText[]): readonly PdfSignature[] {
  return readSignatures(readRevisions(makeSigned(revisions)))
}

function seen(...revisions: RevisionText[]): readonly (readonly [string, number, readonly string[]])[] {
  return read(...revisions).map(({ fieldName, appearsIn, findings }) => [fieldName, appearsIn, findings])
}

const CATALOG = '<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R>>'
const certifying = (parameters: string): string =>
  `/Reference[<</Type/SigRef/TransformMethod/DocMDP/TransformParams${parameters}>>]`
const P2 = certifying('<</P 2/V/1.2>>')
const PERMS = { 1: CATALOG.replace('>>', '/Perms<</DocMDP 7 0 R>>>>') }
const certified = (more = P2): RevisionText => ({ objects: { ...signing({ more }).objects, ...PERMS } })

describe('signatures in the history of a file', () => {
  it.each<[string, RevisionText]>([
    ['its field is emptied', { objects: { 5: FIELD.replace('/V 7 0 R', '') } }],
    ['its field leaves the form', { objects: { 4: '<</Fields[6 0 R]>>' } }],
    ['the form goes', { objects: { 1: '<</Type/Catalog/Pages 2 0 R>>' } }],
    ['the catalog goes', { objects: { 3: PAGE }, free: [1] }],
    ['its dictionary is freed', { objects: { 3: PAGE }, free: [5] }],
  ])('is reported as removed when %s', (_, update) => {
    expect(seen(FORM, signing(), update)).toEqual([['leader', 1, ['signature-removed']]])
  })

  it('is another one when its dictionary is written anew, and the first is removed', () => {
    const [first, second] = read(FORM, signing(), { objects: { 7: signatureText() } })
    expect(first?.findings).toEqual(['contents-shared', 'signature-removed'])
    expect(second).toMatchObject({ fieldName: 'leader', appearsIn: 2, findings: ['contents-shared'] })
  })

  it('is found out when the same dictionary serves two fields, or two dictionaries have the same contents', () => {
    const both = { objects: { ...signing().objects, 6: FIELD.replace('leader', 'seal') } }
    expect(seen(FORM, both)).toEqual([
      ['leader', 1, ['signature-shared']],
      ['seal', 1, ['signature-shared']],
    ])
    const copied = sealing({ contents: '<30030201050000000000>' })
    expect(seen(FORM, signing(), copied)).toEqual([
      ['leader', 1, ['contents-shared']],
      ['seal', 2, ['contents-shared']],
    ])
  })

  it('a field that is renamed is another field with the same signature', () => {
    expect(seen(FORM, signing(), { objects: { 5: FIELD.replace('leader', 'other') } })).toEqual([
      ['leader', 1, ['signature-removed', 'signature-shared']],
      ['other', 2, ['signature-shared']],
    ])
  })
})

describe('fields', () => {
  it.each([
    ['a reference to nothing', '/V 99 0 R', 'value-missing'],
    ['a number', '/V 1', 'value-not-a-dictionary'],
    ['an array that is referred to', '/V 9 0 R', 'value-not-a-dictionary'],
  ])('with %s as value hold a malformed signature', (_, value, code) => {
    const [signature] = read(FORM, { objects: { 5: FIELD.replace('/V 7 0 R', value), 9: '[1]' } })
    expect(signature).toMatchObject({ kind: 'malformed', findings: [code], fieldName: 'leader' })
  })

  it.each(['/V null', ''])('with %s as value are not signed', (value) => {
    expect(read(FORM, { objects: { 5: FIELD.replace('/V 7 0 R', value) } })).toEqual([])
  })

  it('of another type do not hide a signature', () => {
    for (const type of ['/FT/Tx', ''])
      expect(seen(FORM, { objects: { ...signing().objects, 5: FIELD.replace('/FT/Sig', type) } })).toEqual([
        ['leader', 1, ['field-type-wrong']],
      ])
    const bare = { objects: { 5: FIELD.replace('/FT/Sig', '/FT/Tx'), 7: '<</ByteRange[0 1 2 3]>>' } }
    expect(read(FORM, bare)[0]?.findings).toContain('field-type-wrong')
    const other = { objects: { 5: FIELD.replace('/FT/Sig', '/FT/Tx'), 7: '<</Type/Page>>' } }
    expect(read(FORM, other)).toEqual([])
    expect(read(FORM, { objects: { 5: FIELD.replace('/FT/Sig', '/FT/Tx').replace('7 0 R', '(text)') } })).toEqual([])
  })

  it('inherit type and name', () => {
    const tree = {
      objects: {
        4: '<</Fields[9 0 R]>>',
        9: '<</T(C\\364ng)/FT/Sig/Kids[10 0 R]>>',
        10: '<</T<FEFF0061>/Kids[5 0 R]/Parent 9 0 R>>',
        5: '<</T<EFBBBF6F>/Parent 10 0 R/V 7 0 R>>',
        7: signatureText(),
      },
    }
    expect(read(FORM, tree)[0]).toMatchObject({
      fieldName: 'Công.a.o',
      findings: [],
      notes: ['widget-missing'],
      page: null,
    })
  })

  it('in a circle, listed twice, damaged or directly in the form are read once', () => {
    const tree = {
      objects: {
        4: `<</Fields[9 0 R 5 0 R 5 0 R 99 0 R 3 (x)]>>`,
        9: '<</T(x)/Kids[9 0 R 5 0 R]>>',
        5: FIELD,
        7: signatureText(),
      },
    }
    expect(seen(FORM, tree)).toEqual([['x.leader', 1, []]])
    const direct = { objects: { 4: `<</Fields[${FIELD}]>>`, 7: signatureText() } }
    expect(read(FORM, direct)[0]).toMatchObject({ fieldRef: { number: 0 }, page: null, findings: [] })
    const inside = { objects: { 4: `<</Fields[${FIELD.replace('7 0 R', signatureText())}]>>` } }
    expect(read(FORM, inside)[0]?.findings).toEqual(['contents-in-object-stream', 'gap-not-contents'])
  })

  it('nested too deeply are refused', () => {
    const chain = Object.fromEntries(Array.from({ length: 70 }, (_, i) => [10 + i, `<</T(a)/Kids[${11 + i} 0 R]>>`]))
    expect(() => read(FORM, { objects: { ...chain, 80: '<</T(b)>>', 4: '<</Fields[10 0 R]>>' } })).toThrow(
      'paper-too-large',
    )
  })

  it('beyond what anyone has are refused', () => {
    const many = `<</Fields[${'null '.repeat(100_001)}]>>`
    const updates = Array.from({ length: 10 }, (_, i) => ({ objects: { 3: `<</Type/Page/N ${i}>>` } }))
    expect(() => read({ ...FORM, objects: { ...FORM.objects, 4: many } }, ...updates)).toThrow('paper-too-large')
  })

  it.each([
    [
      'several widgets',
      { 5: '<</FT/Sig/T(leader)/V 7 0 R/Kids[9 0 R 10 0 R 98 0 R]>>', 9: '<</Rect[0 0 1 1]>>', 10: '<<>>' },
      'several-widgets',
      null,
    ],
    ['a page that does not list it', { 5: FIELD.replace('/V', '/P 3 0 R/V'), 3: PAGE }, null, 0],
    ['no page', { 5: FIELD, 3: PAGE }, null, null],
    ['a page that is none', { 5: FIELD.replace('/V', '/P 4 0 R/V'), 3: PAGE }, null, null],
  ] as const)('with %s', (_, objects, note, page) => {
    const [signature] = read(FORM, { objects: { ...objects, 7: signatureText() } })
    expect(signature?.notes).toEqual(note === null ? [] : [note])
    expect(signature?.page).toBe(page)
  })

  it('on pages in a circle, and with a rectangle that is none', () => {
    const pages = { 2: '<</Type/Pages/Kids[2 0 R 3 0 R 3 0 R 99 0 R<</Annots[5 0 R]>>]>>', 3: PAGE }
    const [signature] = read(FORM, {
      objects: { ...pages, 5: FIELD.replace('[50 40 10 20]', '[1 2 3 /x]'), 7: signatureText() },
    })
    expect([signature?.page, signature?.rect]).toEqual([1, null])
  })

  it('say the time only where it is one', () => {
    const [signature] = read(FORM, signing({ more: '/M(yesterday)' }))
    expect([signature?.claimedTime, signature?.notes]).toEqual([null, ['claimed-time-malformed']])
  })
})

describe('certifications', () => {
  it('say what they permit', () => {
    for (const [parameters, level] of [
      ['<</P 1/V/1.2>>', 1],
      ['<</P 2>>', 2],
      ['<</P 3>>', 3],
      ['<<>>', 2],
    ] as const)
      expect(read(FORM, certified(certifying(parameters)))[0]).toMatchObject({ docMdp: level, findings: [], notes: [] })
  })

  it.each([
    ['no permission', '<</P 4>>'],
    ['a permission that is no number', '<</P(2)>>'],
    ['another version', '<</P 2/V/1.3>>'],
    ['a version that is no name', '<</P 2/V(1.2)>>'],
    ['no parameters', ' null'],
  ])('with %s are malformed', (_, parameters) => {
    const [signature] = read(FORM, certified(certifying(parameters)))
    expect(signature?.docMdp).toBeNull()
    expect(signature?.findings).toContain('doc-mdp-malformed')
  })

  it.each([
    ['no array', '/Reference 1'],
    ['too many', `/Reference[${'null '.repeat(65)}]`],
    ['an unknown method', '/Reference[<</TransformMethod/x>>]'],
    ['no method', '/Reference[null]'],
  ])('references that are %s are malformed', (_, more) => {
    expect(read(FORM, signing({ more }))[0]?.findings).toContain('doc-mdp-malformed')
  })

  it('stand once in a signature', () => {
    const twice = P2.replace(']', '<</TransformMethod/DocMDP/TransformParams<</P 3>>>>]')
    expect(read(FORM, certified(twice))[0]).toMatchObject({ docMdp: 2, findings: ['doc-mdp-duplicate'] })
  })

  it('without /Perms are noted, with the wrong one refused', () => {
    expect(read(FORM, signing({ more: P2 }))[0]).toMatchObject({ findings: [], notes: ['certification-without-perms'] })
    expect(read(FORM, { objects: { ...signing().objects, ...PERMS } })[0]?.findings).toEqual(['perms-mismatch'])
    const wrong = {
      objects: { ...signing({ more: P2 }).objects, 1: CATALOG.replace('>>', '/Perms<</DocMDP 3 0 R>>>>') },
    }
    const [named, real] = [...read(FORM, wrong)].reverse()
    expect(real?.findings).toEqual(['perms-mismatch'])
    expect(named?.findings).toContain('not-in-a-field')
  })

  it('whose /Perms are taken away are not what they were', () => {
    expect(seen(FORM, certified(), { objects: { 1: CATALOG } })).toEqual([['leader', 1, ['perms-removed']]])
  })

  it('are the first signature, and the only certification', () => {
    const later = {
      objects: { ...sealing({ more: P2 }).objects, 1: CATALOG.replace('>>', '/Perms<</DocMDP 8 0 R>>>>') },
    }
    expect(seen(FORM, signing(), later)[1]).toEqual(['seal', 2, ['certification-after-approval']])
    expect(seen(FORM, certified(), sealing({ more: P2 }))[1]?.[2]).toEqual(['perms-mismatch', 'second-certification'])
  })

  it('that no field has are reported, usage rights with a note only', () => {
    const perms = (entry: string): RevisionText => ({
      objects: {
        7: signatureText({ more: entry === 'DocMDP' ? P2 : '/Reference[<</TransformMethod/UR3>>]' }),
        1: CATALOG.replace('>>', `/Perms<</${entry} 7 0 R>>>>`),
      },
    })
    expect(read(FORM, perms('DocMDP'))[0]).toMatchObject({
      fieldName: '',
      fieldRef: { number: 7 },
      docMdp: 2,
      findings: ['not-in-a-field'],
    })
    expect(read(FORM, perms('UR3'))[0]).toMatchObject({ findings: [], notes: ['usage-rights'] })
    expect(seen(FORM, perms('UR3'), certifiedAfterRights())).toHaveLength(2)
  })

  function certifiedAfterRights(): RevisionText {
    return {
      objects: {
        5: FIELD.replace('7 0 R', '8 0 R'),
        8: signatureText({ contents: '<30030201070000000000>', more: P2 }),
      },
    }
  }
})

describe('fields that signatures lock', () => {
  const selecting = (parameters: string): string =>
    `/Reference[<</TransformMethod/FieldMDP/TransformParams<<${parameters}>>>>]`

  it.each([
    ['/Action/All', { action: 'All', fields: [] }],
    ['/Action/Include/Fields[(a)<FEFF00610301>]/V/1.2', { action: 'Include', fields: ['a', 'á'] }],
    ['/Action/Exclude/Fields[]', { action: 'Exclude', fields: [] }],
  ])('%s', (parameters, expected) => {
    const [signature] = read(FORM, signing({ more: selecting(parameters) }))
    expect([signature?.fieldMdp, signature?.findings]).toEqual([expected, []])
  })

  it.each(['', '/Action/Some', '/Action/Include', '/Action/Include/Fields[1]', '/Action/All/V/1.1'])(
    'malformed: %s',
    (parameters) => {
      expect(read(FORM, signing({ more: selecting(parameters) }))[0]).toMatchObject({
        fieldMdp: null,
        findings: ['field-mdp-malformed'],
      })
    },
  )

  it('twice is malformed', () => {
    const twice = selecting('/Action/All').replace(']', '<</TransformMethod/FieldMDP/TransformParams<</Action/All>>>>]')
    expect(read(FORM, signing({ more: twice }))[0]).toMatchObject({
      fieldMdp: { action: 'All' },
      findings: ['field-mdp-malformed'],
    })
  })

  it.each([
    ['<</Action/All>>', { action: 'All', fields: [], permission: null }, []],
    ['<</Action/Include/Fields[(a)]/P 1>>', { action: 'Include', fields: ['a'], permission: 1 }, []],
    ['<</Action/All/P 7>>', null, ['lock-malformed']],
    ['(x)', null, ['lock-malformed']],
  ])('by the lock of the field: %s', (lock, expected, codes) => {
    const [signature] = read(FORM, signing({}, FIELD.replace('/V', `/Lock${lock}/V`)))
    expect([signature?.lock, signature?.findings]).toEqual([expected, codes])
  })
})

describe('limits', () => {
  it('of bytes that are read end the work wherever it is', () => {
    const { text, ends } = makePdf([FORM, signing()])
    const pdf = readRevisions(latin1(fill(text, ends)))
    pdf.source.budget.left = 10
    expect(() => readSignatures(pdf)).toThrow('paper-too-large')
  })
})
