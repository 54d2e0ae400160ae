// Attacks on the content that was signed: shadows prepared before signing, and a document that becomes another or acts.
import { approved, attacks, textOf, type PdfAttack } from './attack.ts'
import {
  ANNOTS,
  append,
  CONTENT,
  DATE,
  drawn,
  FONT,
  FORM,
  INFO,
  LEADER,
  NUMBER,
  NUMBER_DRAWN,
  PAGE,
  ROOT,
  STICKER,
  stream,
  unsignedPaper,
  UNUSED_FONT,
  withEntries,
  XMP,
  type Paper,
} from './paper.ts'
import { dss, fill, sign } from './signing.ts'

const FORGED = stream('', 'BT /F1 12 Tf 50 700 Td (Pay one million) Tj ET')
const SWAPPED_FONT = '<</Type/Font/Subtype/Type1/BaseFont/ZapfDingbats>>'
const change = (number: number, entries: Readonly<Record<string, string | null>>) => (paper: Paper) =>
  append(paper, { [number]: withEntries(textOf(paper, number), entries) })
/** A picture over the text of the page, as an XObject of the page. */
const covered = () =>
  approved({
    [PAGE]: `<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents ${CONTENT} 0 R/Annots ${ANNOTS} 0 R/Resources<</Font<</F1 ${FONT} 0 R>>/XObject<</Cover 30 0 R>>>>>>`,
    [CONTENT]: stream('', 'BT /F1 12 Tf 50 700 Td (Pay one million) Tj ET /Cover Do'),
    30: stream('/Type/XObject/Subtype/Form/BBox[0 0 600 800]', '1 g 0 0 600 800 re f'),
  })

export const SHADOWS: readonly PdfAttack[] = [
  ...attacks('shadow-hide', covered, {
    'the cover is freed': [(paper) => append(paper, { 30: null }), 'content-changed'],
    'the cover is made transparent': [
      (paper) => append(paper, { 30: stream('/Type/XObject/Subtype/Form/BBox[0 0 600 800]', '') }),
      'content-changed',
    ],
    'the resources lose the cover': [change(PAGE, { Resources: `<</Font<</F1 ${FONT} 0 R>>>>` }), 'content-changed'],
    'the sticker is taken off': [
      (paper) => append(paper, { [ANNOTS]: textOf(paper, ANNOTS).replace(` ${STICKER} 0 R`, '') }),
      'annotation-not-permitted',
    ],
  }),
  ...attacks('shadow-replace', () => approved(), {
    'font replaced in place': [(paper) => append(paper, { [FONT]: SWAPPED_FONT }), 'font-changed'],
    'font of the form replaced by name': [
      change(FORM, { DR: `<</Font<</Helv ${UNUSED_FONT} 0 R>>>>` }),
      'font-changed',
    ],
    'font replaced under cover of a field': [
      (paper) => append(paper, { ...fill(paper, DATE, 'x'), [FONT]: SWAPPED_FONT }),
      'font-changed',
    ],
    'field drawn otherwise than its value': [
      (paper) => append(paper, { ...fill(paper, NUMBER, '100'), 40: textOf(paper, 40), 41: drawn('900') }),
      'appearance-differs-from-value',
    ],
    'existing appearance redrawn, value untouched': [
      (paper) => append(paper, { [NUMBER_DRAWN]: drawn('900') }),
      'appearance-differs-from-value',
    ],
    'page content replaced through the evidence store': [
      (paper) => append(paper, { ...dss(paper), [CONTENT]: FORGED, 43: `<</Type/DSS/Certs[${CONTENT} 0 R]>>` }),
      'content-changed',
    ],
  }),
  ...attacks(
    'shadow-replace',
    () =>
      approved({
        [PAGE]: `<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents[${CONTENT} 0 R 50 0 R]/Annots ${ANNOTS} 0 R/Resources<</Font<</F1 ${FONT} 0 R>>>>>>`,
      }),
    {
      'a dangling content comes to life as evidence': [
        (paper) =>
          append(paper, {
            [ROOT]: withEntries(textOf(paper, ROOT), { DSS: '51 0 R' }),
            50: FORGED,
            51: '<</Certs[50 0 R]>>',
          }),
        'content-changed',
      ],
      'a dangling content comes to life as appearance': [
        (paper) =>
          append(paper, {
            [DATE]: withEntries(textOf(paper, DATE), { V: '(x)', AP: '<</N 50 0 R>>' }),
            50: drawn('x'),
          }),
        'content-changed',
      ],
    },
  ),
  ...attacks(
    'shadow-replace',
    () =>
      approved({
        [CONTENT]: `<</Length 21 0 R>>\nstream\nBT /F1 12 Tf 50 700 Td (Pay one) Tj ET \nendstream\nBT (million) Tj ET\nendstream`,
        21: '39',
      }),
    {
      'the length of the content grows': [(paper) => append(paper, { 21: '68' }), 'content-changed'],
    },
  ),
  ...attacks(
    'shadow-replace',
    () =>
      approved({
        [DATE]: withEntries(textOf(unsignedPaper(), DATE), { V: '(one million)', AP: '<</N 30 0 R>>' }),
        30: drawn('one hundred'),
      }),
    {
      'viewers are told to draw fields anew': [
        change(FORM, { NeedAppearances: 'true' }),
        'appearance-differs-from-value',
      ],
    },
  ),
  ...attacks(
    'shadow-hide-and-replace',
    () =>
      approved({
        31: `<</Type/Pages/Kids[32 0 R]/Count 1>>`,
        32: `<</Type/Page/Parent 31 0 R/MediaBox[0 0 600 800]/Contents 33 0 R>>`,
        33: FORGED,
        34: '<</Type/Catalog/Pages 31 0 R>>',
        35: `${textOf(unsignedPaper(), FORM).slice(0, -2)}/SigFlags 3/NeedAppearances true/XFA(x)>>`,
        36: `${textOf(unsignedPaper(), ANNOTS).slice(0, -1)} 37 0 R]`,
        37: '<</Type/Annot/Subtype/FreeText/Rect[40 690 300 720]/Contents(one million)>>',
      }),
    {
      'another page tree': [change(ROOT, { Pages: '31 0 R' }), 'pages-changed'],
      'another catalog': [
        (paper) => append(paper, {}, { root: '/Root 34 0 R', pointers: { 34: paper.file.indexOf('34 0 obj') } }),
        'catalog-changed',
      ],
      'another rotation for all pages': [change(2, { Rotate: '180' }), 'pages-changed'],
      'another kid': [change(2, { Kids: '[32 0 R]' }), 'pages-changed'],
      'another content': [change(PAGE, { Contents: '33 0 R' }), 'content-changed'],
      'another form, prepared': [change(ROOT, { AcroForm: '35 0 R' }), 'form-definition-changed'],
      'other annotations, prepared': [change(PAGE, { Annots: '36 0 R' }), 'annotation-over-content'],
      'only the table changes': [
        (paper) => append(paper, {}, { pointers: { [CONTENT]: paper.file.indexOf('33 0 obj') } }),
        'unreadable-object',
      ],
    },
  ),
]

/** Before its content the file has another object of the same number, which no table knew when it was signed. */
const hidden = () => sign(unsignedPaper({}, `${CONTENT} 0 obj\n${FORGED}\nendobj\n`), LEADER)

export const REPOINTED: readonly PdfAttack[] = attacks('shadow-replace', hidden, {
  'the table points at what was hidden in the signed bytes': [
    (paper) => append(paper, {}, { pointers: { [CONTENT]: paper.file.indexOf(`${CONTENT} 0 obj`) } }),
    'content-changed',
    'structure:object-outside-its-revision',
  ],
})

export const DOCUMENT: readonly PdfAttack[] = attacks('document-forgery', () => approved(), {
  'another title': [change(INFO, { Title: '(Another paper)' }), 'metadata-rewritten'],
  'another title in the packet': [
    (paper) => append(paper, { [XMP]: stream('/Type/Metadata/Subtype/XML', '<x><dc:title>Another</dc:title></x>') }),
    'metadata-rewritten',
  ],
  'something to do on opening': [change(ROOT, { OpenAction: '<</S/JavaScript/JS(x)>>' }), 'catalog-changed'],
  'scripts by name': [change(ROOT, { Names: '<</JavaScript<</Names[]>>>>' }), 'catalog-changed'],
  layers: [change(ROOT, { OCProperties: '<</OCGs[]>>' }), 'catalog-changed'],
  'rotated page': [change(PAGE, { Rotate: '90' }), 'content-changed'],
  'cropped page': [change(PAGE, { CropBox: '[0 0 600 400]' }), 'content-changed'],
  'page that acts': [change(PAGE, { AA: '<</O<</S/JavaScript/JS(x)>>>>' }), 'page-changed'],
  'one page more': [
    (paper) =>
      append(paper, {
        2: '<</Type/Pages/Kids[3 0 R 60 0 R]/Count 2>>',
        60: '<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>',
      }),
    'pages-changed',
  ],
  'forms of another technology': [change(FORM, { XFA: '(x)' }), 'form-definition-changed'],
  'order of calculation': [change(FORM, { CO: `[${NUMBER} 0 R]` }), 'form-definition-changed'],
  'a field gone': [
    (paper) => append(paper, { [FORM]: textOf(paper, FORM).replace(` ${DATE} 0 R`, '') }),
    'form-definition-changed',
    'field-removed',
  ],
  'version lowered to garbage': [change(ROOT, { Version: '/x' }), 'catalog-changed'],
  'extensions with a reference to something that acts': [
    change(ROOT, { Extensions: '<</X true>>' }),
    'catalog-changed',
  ],
  'trailer with a key of its own': [
    (paper) => append(paper, fill(paper, DATE, 'x'), { trailer: '/Other 7 0 R' }),
    'trailer-changed',
  ],
  'object that cannot be read': [(paper) => append(paper, { [NUMBER]: '<</Broken' }), 'unreadable-object'],
})
