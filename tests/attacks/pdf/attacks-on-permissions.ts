// Attacks on what was allowed: locks, certifications, values that say something else than is drawn, evidence taken away.
import { approved, approvedExcept, attacks, certified, textOf, type PdfAttack } from './attack.ts'
import {
  append,
  CHECK,
  CHOICE,
  DATE,
  drawn,
  FONT,
  FORM,
  LEADER,
  NOTE,
  NOTE_WIDGET,
  NUMBER,
  ROOT,
  SEAL,
  stream,
  unsignedPaper,
  withEntries,
  type Paper,
} from './paper.ts'
import { certify, docMdp, dss, fieldMdp, fill, sign, timestamp } from './signing.ts'

const change = (number: number, entries: Readonly<Record<string, string | null>>) => (paper: Paper) =>
  append(paper, { [number]: withEntries(textOf(paper, number), entries) })
const fills = (field: number) => (paper: Paper) => append(paper, fill(paper, field, 'x'))
const locked = (action: string, names: readonly string[]) => () =>
  sign(unsignedPaper(), LEADER, { dict: `/Reference[${fieldMdp(action, names)}]` })
const withLock = (entries: string) => () => {
  const paper = unsignedPaper({
    [LEADER]: withEntries(textOf(unsignedPaper(), LEADER), { Lock: `<</Type/SigFieldLock${entries}>>` }),
  })
  return sign(paper, LEADER)
}
/** Two fields under one name, and one whose name only begins alike. */
const tree = (action: string, names: readonly string[]) => () =>
  sign(
    unsignedPaper({
      [FORM]: withEntries(textOf(unsignedPaper(), FORM), { Fields: '[11 0 R 12 0 R 13 0 R 14 0 R 30 0 R 32 0 R]' }),
      [NUMBER]: '<</Type/Annot/Subtype/Text/Rect[0 0 0 0]>>',
      30: '<</T(a)/FT/Tx/Kids[31 0 R]>>',
      31: '<</Type/Annot/Subtype/Widget/Parent 30 0 R/T(b)/Rect[50 300 90 320]>>',
      32: '<</Type/Annot/Subtype/Widget/FT/Tx/T(ab)/Rect[50 330 90 350]>>',
    }),
    LEADER,
    { dict: `/Reference[${fieldMdp(action, names)}]` },
  )

export const LOCKS: readonly PdfAttack[] = [
  ...attacks('lock-violation', () => approvedExcept(['number']), {
    'a field that the leader did not leave open': [fills(DATE), 'field-locked'],
    'a signature that the leader did not leave open': [(paper) => sign(paper, SEAL), 'field-locked'],
  }),
  ...attacks('lock-violation', locked('All', []), { 'any field after All': [fills(DATE), 'field-locked'] }),
  ...attacks(
    'lock-violation',
    () =>
      sign(unsignedPaper(), LEADER, {
        dict: `/Reference[${fieldMdp('All').replace('/Action/All', '/Action/All/Fields[(date)]')}]`,
      }),
    { 'a field after All, which a list does not narrow': [fills(DATE), 'field-locked'] },
  ),
  ...attacks('lock-violation', locked('Include', ['date']), {
    'a field that is included': [fills(DATE), 'field-locked'],
  }),
  ...attacks('lock-violation', tree('Include', ['a']), {
    'a field below the included name': [fills(31), 'field-locked'],
  }),
  ...attacks('lock-violation', tree('Exclude', ['a']), {
    'a field that begins like the excluded one': [fills(32), 'field-locked'],
  }),
  ...attacks('lock-violation', withLock('/Action/Include/Fields[(date)]'), {
    'a field that the lock of the signature field includes': [fills(DATE), 'field-locked'],
  }),
  ...attacks('lock-violation', withLock('/Action/Include/Fields[(number)]/P 1'), {
    'anything after a lock with P=1': [fills(DATE), 'change-after-p1'],
  }),
  ...attacks('lock-violation', () => approvedExcept(), {
    'a field that the seal locked': [
      (paper) => fills(DATE)(sign(paper, SEAL, { dict: `/Reference[${fieldMdp('Include', ['date'])}]` })),
      'field-locked',
    ],
    'a field filled, sealed, and filled again': [
      (paper) => {
        const sealed = sign(paper, SEAL, { dict: `/Reference[${fieldMdp('All')}]`, changes: fill(paper, DATE, 'x') })
        return append(sealed, fill(sealed, DATE, 'y'))
      },
      'field-locked',
    ],
  }),
]

/** Rewrites the signature dictionary of the leader with another level. */
const raised = (paper: Paper) => {
  const start = paper.file.indexOf('40 0 obj\n') + '40 0 obj\n'.length
  const text = paper.file.slice(start, paper.file.indexOf('\nendobj', start))
  return append(paper, { 40: text.replace('/P 1', '/P 3') })
}

export const CERTIFICATIONS: readonly PdfAttack[] = [
  ...attacks('certification-misuse', () => certified(2), {
    'a second certification': [(paper) => certify(paper, SEAL, 3), 'perms-changed'],
    'a second certification that leaves the catalog alone': [
      (paper) => sign(paper, SEAL, { dict: `/Reference[${docMdp(3)}]` }),
      'second-certification',
    ],
    'the permissions taken away': [change(ROOT, { Perms: null }), 'perms-changed'],
  }),
  ...attacks('certification-misuse', () => approved(), {
    'a certification after an approval': [(paper) => certify(paper, SEAL, 3), 'certification-after-approval'],
  }),
  ...attacks('certification-misuse', () => certified(1), {
    'the level raised': [raised, 'signature-changed'],
    'a field filled after P=1': [fills(DATE), 'change-after-p1'],
    'an approval after P=1': [(paper) => sign(paper, SEAL), 'signature-after-p1'],
    'a note after P=1': [
      (paper) => append(paper, { 29: withEntries(textOf(paper, 29), { Contents: '(x)' }) }),
      'annotation-not-permitted',
    ],
  }),
]

const HELVETICA = `/Resources<</Font<</Helv ${FONT} 0 R>>>>`

export const FORM_FORGERIES: readonly PdfAttack[] = attacks('form-forgery', () => approved(), {
  'value without a new drawing': [(paper) => change(NUMBER, { V: '(100)' })(paper), 'appearance-differs-from-value'],
  'drawing without a value': [
    (paper) =>
      append(paper, { [NUMBER]: withEntries(textOf(paper, NUMBER), { AP: '<</N 60 0 R>>' }), 60: drawn('100') }),
    'appearance-differs-from-value',
  ],
  'another drawing under the pointer': [
    (paper) =>
      append(paper, {
        [DATE]: withEntries(textOf(paper, DATE), { V: '(x)', AP: '<</N 60 0 R/R 61 0 R>>' }),
        60: drawn('x'),
        61: drawn('one million'),
      }),
    'appearance-differs-from-value',
  ],
  'drawing that paints out what is below': [
    (paper) =>
      append(paper, {
        [DATE]: withEntries(textOf(paper, DATE), { V: '(x)', AP: '<</N 60 0 R>>' }),
        60: stream(
          `/Type/XObject/Subtype/Form/BBox[0 0 200 20]${HELVETICA}`,
          '0 0 200 20 re f BT /Helv 9 Tf (x) Tj ET',
        ),
      }),
    'appearance-differs-from-value',
  ],
  'drawing with a picture': [
    (paper) =>
      append(paper, {
        [DATE]: withEntries(textOf(paper, DATE), { V: '(x)', AP: '<</N 60 0 R>>' }),
        60: stream('/Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<</XObject<</I 22 0 R>>>>', '/I Do'),
      }),
    'appearance-differs-from-value',
  ],
  'field moved': [change(DATE, { V: '(x)', Rect: '[0 600 600 800]' }), 'field-definition-changed'],
  'field renamed': [change(DATE, { T: '(other)' }), 'field-definition-changed'],
  'field that acts': [change(DATE, { AA: '<</K<</S/JavaScript/JS(x)>>>>' }), 'field-definition-changed'],
  'field of another kind': [change(DATE, { FT: '/Sig' }), 'field-definition-changed'],
  'field hidden': [change(DATE, { F: '2' }), 'field-definition-changed'],
  'widget moved': [change(NOTE_WIDGET, { Rect: '[0 600 600 800]' }), 'field-definition-changed'],
  'one more widget for a field': [
    (paper) =>
      append(paper, {
        [NOTE]: withEntries(textOf(paper, NOTE), { Kids: `[${NOTE_WIDGET} 0 R 60 0 R]` }),
        60: `<</Type/Annot/Subtype/Widget/Parent ${NOTE} 0 R/Rect[0 0 600 800]>>`,
      }),
    'field-definition-changed',
  ],
  'button in a state that is not its value': [change(CHECK, { V: '/Yes', AS: '/No' }), 'appearance-differs-from-value'],
  'choice drawn as what it exports': [
    (paper) =>
      append(paper, {
        [CHOICE]: withEntries(textOf(paper, CHOICE), { V: '(a)', AP: '<</N 60 0 R>>' }),
        60: drawn('a'),
      }),
    'appearance-differs-from-value',
  ],
  'field that becomes a stream': [
    (paper) => append(paper, { [DATE]: `${textOf(paper, DATE).slice(0, -2)}/Length 0>>\nstream\n\nendstream` }),
    'unexplained-change',
  ],
  'text with a picture beside it': [
    (paper) =>
      append(paper, {
        [DATE]: withEntries(textOf(paper, DATE), { V: '(x)', AP: '<</N 60 0 R>>' }),
        60: stream(
          `/Type/XObject/Subtype/Form/BBox[0 0 200 20]${HELVETICA.replace('>>>>', '>>/XObject<</I 22 0 R>>>>')}`,
          'BT /Helv 9 Tf (x) Tj ET /I Do',
        ),
      }),
    'appearance-differs-from-value',
  ],
  'button on, drawn off': [change(CHECK, { V: '/Yes' }), 'appearance-differs-from-value'],
  'button redrawn': [
    (paper) =>
      append(paper, {
        [CHECK]: withEntries(textOf(paper, CHECK), { V: '/Yes', AS: '/Yes' }),
        22: stream('/Type/XObject/Subtype/Form/BBox[0 0 10 10]', ''),
      }),
    'appearance-differs-from-value',
  ],
  'choice drawn as another': [
    (paper) =>
      append(paper, {
        [CHOICE]: withEntries(textOf(paper, CHOICE), { V: '(a)', AP: '<</N 60 0 R>>' }),
        60: drawn('Beta'),
      }),
    'appearance-differs-from-value',
  ],
  'other choices': [
    (paper) => append(paper, { [CHOICE]: textOf(paper, CHOICE).replace('(Beta)', '(Gamma)') }),
    'field-definition-changed',
  ],
  'flags taken back': [change(FORM, { SigFlags: '0' }), 'form-definition-changed'],
  'another default appearance': [change(FORM, { DA: '(/Helv 99 Tf)' }), 'form-definition-changed'],
})

/** The number is filled in before signing, in a font that only its appearance uses. */
const numbered = () =>
  approved({
    [NUMBER]: withEntries(textOf(unsignedPaper(), NUMBER), { V: '(A)', AP: '<</N 30 0 R>>' }),
    30: drawn('A', '31 0 R'),
    31: '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>',
  })
const RENAMED = '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Differences[65/B]>>>>'

export const FONT_FORGERIES: readonly PdfAttack[] = attacks('form-forgery', numbered, {
  'a value kept, its letters renamed': [
    (paper) =>
      append(paper, {
        [NUMBER]: withEntries(textOf(paper, NUMBER), { AP: '<</N 60 0 R>>' }),
        60: drawn('A', '61 0 R'),
        61: RENAMED,
      }),
    'appearance-differs-from-value',
  ],
  'a field filled in, its old font changed with it': [
    (paper) =>
      append(paper, {
        [NUMBER]: withEntries(textOf(paper, NUMBER), { V: '(C)', AP: '<</N 60 0 R>>' }),
        60: drawn('C', '31 0 R'),
        31: '<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>',
      }),
    'font-changed',
  ],
})

const kept = () => timestamp(append(approved(), dss(approved())), 'timestamp')
const store = (paper: Paper) => Number(/\/DSS (\d+) 0 R/.exec(textOf(paper, ROOT))?.[1])
const rewriteStore = (edit: (text: string) => string) => (paper: Paper) =>
  append(paper, { [store(paper)]: edit(textOf(paper, store(paper))) })

export const EVIDENCE: readonly PdfAttack[] = attacks('evidence-forgery', kept, {
  'store taken away': [change(ROOT, { DSS: null }), 'dss-entries-removed'],
  'list taken away': [rewriteStore((text) => text.replace(/\/CRLs\[[^\]]*\]/, '')), 'dss-entries-removed'],
  'one certificate taken away': [
    rewriteStore((text) => text.replace(/\/Certs\[[^\]]*\]/, '/Certs[]')),
    'dss-entries-removed',
  ],
  'validation of a signature taken away': [
    rewriteStore((text) => text.replace(/\/VRI.*$/, '/VRI<<>>>>')),
    'dss-entries-removed',
  ],
  'evidence that can be drawn': [
    (paper) =>
      append(paper, {
        [store(paper)]: textOf(paper, store(paper)).replace('/Certs[', '/Certs[60 0 R '),
        60: stream('/Type/XObject/Subtype/Form/BBox[0 0 9 9]', 'x'),
      }),
    'dss-malformed',
  ],
  'evidence rewritten in place': [
    (paper) => append(paper, { [store(paper) - 2]: stream('', 'another certificate') }),
    'dss-entries-removed',
  ],
  'store with a key of its own': [rewriteStore((text) => text.replace(/>>$/, '/Extra 7 0 R>>')), 'dss-malformed'],
  'store that is a stream': [(paper) => append(paper, { [store(paper)]: stream('', 'x') }), 'dss-malformed'],
})
