// Honest lives of a signed paper: none of them may ever be called forbidden, whichever of its signatures is asked.
import {
  ARCHIVE,
  CHECK,
  CHOICE,
  DATE,
  INFO,
  LEADER,
  NOTE,
  NOTE_WIDGET,
  NUMBER,
  ROOT,
  SEAL,
  XMP,
  append,
  drawn,
  stream,
  unsignedPaper,
  withEntries,
  type Paper,
} from './paper.ts'
import { certify, dss, fieldMdp, fill, newField, sign, timestamp } from './signing.ts'

export interface HonestLife {
  readonly name: string
  readonly paper: Paper
  /** Codes that must be among the permitted changes after the leader's signature. */
  readonly shows: readonly string[]
}

const CLERK = ['number', 'date', 'seal', 'archive']
const exclude = (fields: readonly string[]) => `/Reference[${fieldMdp('Exclude', fields)}]`
const lockAll = { dict: `/Reference[${fieldMdp('All')}]` }

function filled(paper: Paper) {
  return fill(paper, DATE, '5/6/2026', fill(paper, NUMBER, '12/QD'))
}

function longTerm(paper: Paper): Paper {
  return timestamp(append(paper, dss(paper)), 'timestamp')
}

function certified(level = 2): Paper {
  return certify(unsignedPaper(), LEADER, level, fieldMdp('Exclude', CLERK))
}

function twoSteps(paper: Paper, seal: Parameters<typeof sign>[2] = {}): Paper {
  const after = append(paper, filled(paper))
  return longTerm(sign(after, SEAL, seal))
}

const approved = () => sign(unsignedPaper(), LEADER, { dict: exclude(CLERK) })
const plain = () => sign(unsignedPaper(), LEADER)

export const HONEST: readonly HonestLife[] = [
  {
    name: 'A certified, fields filled, seal locks all, long term',
    paper: twoSteps(certified(), lockAll),
    shows: ['field-filled', 'signature-added', 'dss-extended', 'timestamp-added'],
  },
  {
    name: 'B the seal locks the two filled fields',
    paper: twoSteps(certified(), { dict: `/Reference[${fieldMdp('Include', ['number', 'date'])}]` }),
    shows: ['field-filled'],
  },
  { name: 'C the seal locks nothing', paper: twoSteps(certified()), shows: ['field-filled'] },
  { name: 'D approval with Exclude, seal without lock', paper: twoSteps(approved()), shows: ['field-filled'] },
  {
    name: 'E certified without any lock',
    paper: twoSteps(certify(unsignedPaper(), LEADER, 2)),
    shows: ['field-filled'],
  },
  {
    name: 'G filled and sealed at one stroke, seal locks all',
    paper: (() => {
      const paper = certified()
      return longTerm(sign(paper, SEAL, { ...lockAll, changes: filled(paper) }))
    })(),
    shows: ['field-filled', 'signature-added'],
  },
  {
    name: 'D with G and lock',
    paper: (() => {
      const paper = approved()
      return longTerm(sign(paper, SEAL, { ...lockAll, changes: filled(paper) }))
    })(),
    shows: ['field-filled'],
  },
  {
    name: 'certified P=1, then long term only',
    paper: longTerm(certify(unsignedPaper(), LEADER, 1)),
    shows: ['ltv-after-p1'],
  },
  { name: 'nothing after it', paper: plain(), shows: [] },
  {
    name: 'evidence extended and time-stamp renewed',
    paper: (() => {
      const once = longTerm(plain())
      return timestamp(append(once, dss(once)), 'timestamp2')
    })(),
    shows: ['dss-extended', 'timestamp-added'],
  },
  {
    name: 'second approval with a picture in its own rectangle',
    paper: (() => {
      const paper = plain()
      return sign(paper, SEAL, {
        changes: { 60: stream('/Type/XObject/Subtype/Form/BBox[0 0 40 60]', '0 0 40 60 re f') },
        field: { AP: '<</N 60 0 R>>' },
      })
    })(),
    shows: ['signature-added'],
  },
  { name: 'the archive signs its invisible field', paper: sign(plain(), ARCHIVE), shows: ['signature-added'] },
  {
    name: 'a widget of its own is filled in',
    paper: (() => {
      const paper = plain()
      return append(paper, {
        [NOTE]: withEntries(paper.objects.get(NOTE)!, { V: '(seen)' }),
        [NOTE_WIDGET]: withEntries(paper.objects.get(NOTE_WIDGET)!, { AP: '<</N 60 0 R>>' }),
        60: drawn('seen'),
      })
    })(),
    shows: ['field-filled'],
  },
  {
    name: 'a button is pressed',
    paper: (() => {
      const paper = plain()
      return append(paper, { [CHECK]: withEntries(paper.objects.get(CHECK)!, { V: '/Yes', AS: '/Yes' }) })
    })(),
    shows: ['field-filled'],
  },
  {
    name: 'a choice is made, drawn as its display text',
    paper: (() => {
      const paper = plain()
      return append(paper, {
        [CHOICE]: withEntries(paper.objects.get(CHOICE)!, { V: '(b)', AP: '<</N 60 0 R>>' }),
        60: drawn('Beta'),
      })
    })(),
    shows: ['field-filled'],
  },
  {
    name: 'a field filled in twice, its stream in place',
    paper: (() => {
      const once = append(plain(), fill(plain(), NUMBER, '1'))
      const at = [...once.objects].find(([, text]) => text.includes('(1) Tj'))![0]
      return append(once, { [NUMBER]: withEntries(once.objects.get(NUMBER)!, { V: '(2)' }), [at]: drawn('2') })
    })(),
    shows: ['field-filled'],
  },
  {
    name: 'an object is written again as it was',
    paper: (() => {
      const paper = plain()
      return append(paper, { [NUMBER]: paper.objects.get(NUMBER)!, [ROOT]: paper.objects.get(ROOT)!, ...filled(paper) })
    })(),
    shows: ['field-filled'],
  },
  {
    name: 'traces of writing in the metadata',
    paper: (() => {
      const paper = plain()
      return append(paper, {
        ...dss(paper),
        [INFO]: withEntries(paper.objects.get(INFO)!, { ModDate: '(D:20270101000000Z)', Producer: '(Another)' }),
        [XMP]: stream('/Type/Metadata/Subtype/XML', '<x><dc:title>A paper</dc:title><d>2027-01-01</d></x>'),
      })
    })(),
    shows: ['metadata-updated'],
  },
  {
    name: 'extensions and version declared',
    paper: (() => {
      const paper = plain()
      const more = dss(paper)
      return append(paper, {
        ...more,
        [ROOT]: withEntries(more[ROOT]!, {
          Extensions: '<</ESIC<</BaseVersion/1.7/ExtensionLevel 5>>>>',
          Version: '/1.7',
        }),
      })
    })(),
    shows: ['extensions-declared', 'version-raised'],
  },
  {
    name: 'a new signature field where the page is blank',
    paper: (() => {
      const paper = plain()
      const [field, changes] = newField(paper, 'late', '/Rect[450 500 550 550]')
      return sign(paper, field, { changes })
    })(),
    shows: ['signature-added'],
  },
  {
    name: 'a note beside the text under P=3',
    paper: (() => {
      const paper = certify(unsignedPaper(), LEADER, 3)
      const [, changes] = newNote(paper, '/Subtype/Text/Rect[500 300 520 320]/Contents(Hm)')
      return append(paper, changes)
    })(),
    shows: ['annotation-added'],
  },
]

export function newNote(paper: Paper, entries: string): readonly [number, Record<number, string>] {
  const number = paper.size
  const annots = paper.objects.get(6)!
  return [number, { [number]: `<</Type/Annot${entries}>>`, 6: annots.replace(/\]$/, ` ${number} 0 R]`) }]
}
