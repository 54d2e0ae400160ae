// Attacks laid over what was signed: annotations and signatures whose pictures cover the text.
import { approved, attacks, certified, textOf, type PdfAttack } from './attack.ts'
import { newNote } from './honest.ts'
import {
  ANNOTS,
  append,
  ARCHIVE,
  LEADER,
  PAGE,
  SEAL,
  STICKER,
  stream,
  unsignedPaper,
  withEntries,
  type Paper,
} from './paper.ts'
import { newField, sign } from './signing.ts'

const change = (number: number, entries: Readonly<Record<string, string | null>>) => (paper: Paper) =>
  append(paper, { [number]: withEntries(textOf(paper, number), entries) })
const note = (entries: string) => (paper: Paper) => append(paper, newNote(paper, entries)[1])
const OVER = '/Rect[40 690 300 720]'
const BESIDE = '/Rect[450 400 500 420]'
const appearance = (data: string, resources = '') =>
  stream(`/Type/XObject/Subtype/Form/BBox[0 0 260 30]${resources}`, data)
const drawnNote =
  (entries: string, data: string, resources = '') =>
  (paper: Paper) =>
    append(paper, {
      ...newNote(paper, `${entries}/AP<</N ${paper.size + 1} 0 R>>`)[1],
      [paper.size + 1]: appearance(data, resources),
    })

export const ANNOTATIONS: readonly PdfAttack[] = [
  ...attacks('evil-annotation', () => certified(3), {
    'free text over the sum': [note(`/Subtype/FreeText${OVER}/Contents(one million)`), 'annotation-over-content'],
    'stamp over the sum': [drawnNote(`/Subtype/Stamp${OVER}`, '1 g 0 0 260 30 re f'), 'annotation-over-content'],
    'white square over the sum': [note(`/Subtype/Square${OVER}/IC[1 1 1]`), 'annotation-over-content'],
    'highlight that hides': [
      drawnNote(`/Subtype/Highlight${OVER}/QuadPoints[40 720 300 720 40 690 300 690]`, '1 g 0 0 260 30 re f'),
      'annotation-over-content',
    ],
    'highlight that writes': [drawnNote(`/Subtype/Highlight${OVER}`, 'BT (million) Tj ET'), 'annotation-over-content'],
    'thick line through the sum': [
      drawnNote(`/Subtype/StrikeOut${OVER}`, '30 w 0 15 m 260 15 l S'),
      'annotation-over-content',
    ],
    'window with a picture of its own': [
      drawnNote(`/Subtype/Popup${OVER}`, '1 g 0 0 260 30 re f'),
      'annotation-over-content',
    ],
    'icon of a note on the sum': [note('/Subtype/Text/Rect[60 710 60 710]'), 'annotation-over-content'],
    'note without a place': [note('/Subtype/Ink/InkList[[60 710 90 710]]'), 'annotation-over-content'],
    redaction: [note(`/Subtype/Redact${BESIDE}`), 'annotation-not-permitted'],
    link: [note(`/Subtype/Link${BESIDE}`), 'annotation-not-permitted'],
    'note that acts': [note(`/Subtype/Text${BESIDE}/A<</S/JavaScript/JS(x)>>`), 'annotation-with-action'],
    'field widget without a field': [note(`/Subtype/Widget${OVER}`), 'annotation-not-permitted'],
    'old note moved over the sum': [change(STICKER, { Rect: '[40 690 300 720]' }), 'annotation-over-content'],
    'fields brought in another order': [
      (paper) => append(paper, { [ANNOTS]: textOf(paper, ANNOTS).replace('10 0 R 11 0 R', '11 0 R 10 0 R') }),
      'page-changed',
    ],
    'annotation without a number': [
      (paper) => append(paper, { [ANNOTS]: textOf(paper, ANNOTS).replace(/\]$/, `<</Subtype/FreeText${OVER}>>]`) }),
      'page-changed',
    ],
  }),
  ...attacks('evil-annotation', () => certified(2), {
    'any note under P=2': [note(`/Subtype/Text${BESIDE}`), 'annotation-not-permitted'],
    'a note changed under P=2': [change(STICKER, { Contents: '(never)' }), 'annotation-not-permitted'],
    'a note redrawn under P=2': [
      (paper) =>
        append(paper, {
          [STICKER]: withEntries(textOf(paper, STICKER), { AP: '<</N 60 0 R>>' }),
          60: appearance('1 g 0 0 9 9 re f'),
        }),
      'annotation-not-permitted',
    ],
  }),
]

const lateSignature = (more: string) => (paper: Paper) => {
  const [field, changes] = newField(paper, 'late', more)
  return sign(paper, field, { changes })
}

const SNEAKY: Parameters<typeof attacks>[2] = {
  'a new visible signature over the sum': [lateSignature('/Rect[0 600 600 800]'), 'new-field-over-content'],
  'a new visible signature below all others': [
    (paper) => {
      const [field, changes] = newField(paper, 'late', '/Rect[0 600 600 800]')
      return sign(paper, field, {
        changes: { ...changes, [ANNOTS]: `[${field} 0 R ${textOf(paper, ANNOTS).slice(1)}` },
      })
    },
    'new-field-over-content',
  ],
  'a new visible signature that is on no page': [
    (paper) => {
      const [field, changes] = newField(paper, 'late', '/Rect[0 600 600 800]')
      return sign(paper, field, { changes: { ...changes, [ANNOTS]: textOf(paper, ANNOTS) } })
    },
    'new-field-over-content',
  ],
  'a new visible signature over another': [lateSignature('/Rect[310 110 390 150]'), 'new-field-over-content'],
  'a new signature field that acts': [lateSignature('/Rect[0 0 0 0]/AA<<>>'), 'annotation-with-action'],
  'a new signature field with strange keys': [lateSignature('/Rect[0 0 0 0]/OC 7 0 R'), 'field-definition-changed'],
  'a new visible empty field over the sum': [
    (paper) => append(paper, newField(paper, 'late', '/Rect[0 600 600 800]')[1]),
    'new-field-over-content',
  ],
  'the invisible field becomes as large as the page': [
    (paper) => sign(paper, ARCHIVE, { field: { Rect: '[0 0 600 800]' } }),
    'field-definition-changed',
  ],
  'signing one field redraws another': [
    (paper) =>
      sign(paper, ARCHIVE, {
        changes: {
          [SEAL]: withEntries(textOf(paper, SEAL), { AP: '<</N 60 0 R>>' }),
          60: appearance('1 g 0 0 9 9 re f'),
        },
      }),
    'signature-changed',
  ],
  'a signature gets another picture': [
    (paper) =>
      append(paper, {
        [LEADER]: withEntries(textOf(paper, LEADER), { AP: '<</N 60 0 R>>' }),
        60: appearance('1 g 0 0 9 9 re f'),
      }),
    'signature-changed',
  ],
  'a new field with the name of an old one': [
    (paper) => append(paper, newField(paper, 'date')[1]),
    'field-definition-changed',
  ],
  'a new field that is a text': [
    (paper) => append(paper, newField(paper, 'late', '/Rect[0 0 0 0]/V(x)', {}, 'Tx')[1]),
    'new-field-not-signature',
  ],
  'signing changes a page on the way': [
    (paper) => sign(paper, SEAL, { changes: { [PAGE]: withEntries(textOf(paper, PAGE), { Rotate: '180' }) } }),
    'content-changed',
  ],
}

export const SIGNATURES: readonly PdfAttack[] = [
  ...attacks('sneaky-signature', () => certified(2), SNEAKY),
  ...attacks('sneaky-signature', () => approved(), SNEAKY),
  ...attacks(
    'sneaky-signature',
    () => approved({ [SEAL]: withEntries(textOf(unsignedPaper(), SEAL), { F: '2', Rect: '[0 600 600 800]' }) }),
    {
      'a hidden field comes out over the sum': [
        (paper) => sign(paper, SEAL, { field: { F: '4' } }),
        'field-definition-changed',
      ],
    },
  ),
]
