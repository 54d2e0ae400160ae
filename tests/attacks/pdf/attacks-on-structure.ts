// Attacks on how the file is built: forged signature dictionaries, bytes beside the cross-reference, parts moved around the hole.
import { approved, attacks, textOf, type PdfAttack } from './attack.ts'
import { append, CONTENT, LEADER, NUMBER, SEAL, stream, withEntries, type Paper } from './paper.ts'
import { fill, sign } from './signing.ts'

const FORGED = stream('', 'BT /F1 12 Tf 50 700 Td (Pay one million) Tj ET')

/** Puts other text in the place of some, so that no byte behind it moves. */
function swap(paper: Paper, pattern: RegExp, to: string): string {
  const found = pattern.exec(paper.file)
  if (found === null || to.length > found[0].length) throw new Error(`${String(pattern)} cannot become ${to}`)
  return (
    paper.file.slice(0, found.index) + to.padEnd(found[0].length, ' ') + paper.file.slice(found.index + found[0].length)
  )
}

const CONTENTS = /\/Contents<[0-9a-f]*>/
const RANGE = /\/ByteRange\[[^\]]*\] */
const contents = (to: string) => (paper: Paper) => swap(paper, CONTENTS, to)
const range = (to: string | ((numbers: readonly number[]) => string)) => (paper: Paper) => {
  const numbers = (/\/ByteRange\[([^\]]*)\]/.exec(paper.file)?.[1] ?? '').split(' ').map(Number)
  return swap(paper, RANGE, typeof to === 'string' ? to : to(numbers))
}

/** 24 variants, as in the published class (Mladenov et al., 2019), each on a fresh approval signature. */
export const FORGERIES: readonly PdfAttack[] = attacks('universal-signature-forgery', () => approved(), {
  'contents missing': [contents(''), 'contents-missing'],
  'contents null': [contents('/Contents null'), 'contents-missing'],
  'contents empty': [contents('/Contents<>'), 'contents-empty'],
  'contents one zero byte': [contents('/Contents<00>'), 'contents-zero'],
  'contents only zeros': [(paper) => swap(paper, CONTENTS, `/Contents<${'00'.repeat(64)}>`), 'contents-zero'],
  'contents a number': [contents('/Contents 0'), 'contents-malformed'],
  'contents a name': [contents('/Contents/Valid'), 'contents-malformed'],
  'contents an array': [contents('/Contents[<3003>]'), 'contents-malformed'],
  'contents a literal string': [contents('/Contents(0)'), 'contents-not-hexadecimal'],
  'contents a reference': [contents('/Contents 7 0 R'), 'contents-indirect'],
  'contents no DER': [(paper) => paper.file.replace('/Contents<30040202', '/Contents<ffffffff'), 'contents-not-der'],
  'garbage behind the CMS': [
    (paper) => paper.file.replace(/(\/Contents<[0-9a-f]{12})00/, '$1ff'),
    'contents-padding-not-zero',
  ],
  'range missing': [range(''), 'byte-range-missing'],
  'range null': [range('/ByteRange null'), 'byte-range-missing'],
  'range empty': [range('/ByteRange[]'), 'byte-range-malformed'],
  'range all zero': [range('/ByteRange[0 0 0 0]'), 'gap-not-contents'],
  'range negative': [range(([, a = 0, b = 0]) => `/ByteRange[0 ${a} ${b} -1]`), 'byte-range-negative'],
  'range a number': [range('/ByteRange 0'), 'byte-range-malformed'],
  'range of two': [range(([, a = 0]) => `/ByteRange[0 ${a}]`), 'byte-range-malformed'],
  'range of six': [range(([, a = 0, b = 0, c = 0]) => `/ByteRange[0 ${a} ${b} ${c} 0 0]`), 'byte-range-malformed'],
  'range with names': [range('/ByteRange[/a/b/c/d]'), 'byte-range-malformed'],
  'range a reference': [range('/ByteRange 7 0 R'), 'byte-range-indirect'],
  'range not from the beginning': [
    range(([, a = 0, b = 0, c = 0]) => `/ByteRange[9 ${a - 9} ${b} ${c}]`),
    'byte-range-start-not-zero',
  ],
  'range beyond the file': [
    range(([, a = 0, b = 0, c = 0]) => `/ByteRange[0 ${a} ${b} ${c + 99}]`),
    'byte-range-beyond-file',
  ],
})

/** Bytes put behind the file with a given end. */
const appended = (bytes: string) => (paper: Paper) => paper.file + bytes
const tail = (startxref: number) => `startxref\n${startxref}\n%%EOF\n`

export const INCREMENTAL: readonly PdfAttack[] = attacks('incremental-saving', () => approved(), {
  'isa-1 a page content with table and trailer': [(paper) => append(paper, { [CONTENT]: FORGED }), 'content-changed'],
  'a page content of the same length': [
    (paper) => append(paper, { [CONTENT]: textOf(paper, CONTENT).replace('one hundred', 'one million') }),
    'content-changed',
  ],
  'isa-2 objects without table, startxref repeated': [
    (paper) =>
      appended(`${CONTENT} 0 obj\n${FORGED}\nendobj\ntrailer\n<</Size 41/Root 1 0 R>>\n${tail(paper.startxref)}`)(
        paper,
      ),
    'structure:trailing-bytes',
  ],
  'isa-3 objects without table and trailer': [
    appended(`${CONTENT} 0 obj\n${FORGED}\nendobj\n`),
    'structure:trailing-bytes',
  ],
  'isa-4 a copied signature over forged content': [
    (paper) =>
      append(paper, {
        [CONTENT]: FORGED,
        41: signedText(paper),
        [LEADER]: withEntries(textOf(paper, LEADER), { V: '41 0 R' }),
      }),
    'content-changed',
    'signature-changed',
    'contents-shared',
  ],
  'objects before a table that does not know them': [
    (paper) => append(paper, fill(paper, NUMBER, '1'), { junk: `${CONTENT} 0 obj\n${FORGED}\nendobj\n` }),
    'structure:unexplained-bytes',
  ],
  'a revision without objects': [(paper) => append(paper, {}), 'structure:empty-revision'],
  'an object that nothing refers to': [(paper) => append(paper, { 60: FORGED }), 'unreferenced-object'],
  'a revision that skips the signed one': [
    (paper) => {
      const first = Number(/startxref\n(\d+)\n%%EOF/.exec(paper.file)?.[1])
      return append({ ...paper, startxref: first }, { [CONTENT]: FORGED })
    },
    'signature-missing',
  ],
  'a table that points at an object of another number': [
    (paper) => append(paper, {}, { pointers: { [CONTENT]: paper.file.indexOf('21 0 obj') } }),
    'unreadable-object',
  ],
})

/** The signature dictionary as it stands in the file, its range filled in. */
function signedText(paper: Paper): string {
  const start = paper.file.indexOf('40 0 obj\n') + '40 0 obj\n'.length
  return paper.file.slice(start, paper.file.indexOf('\nendobj', start))
}

/** Builds anew from the parts around the hole, with a range that says where they are now. */
function wrapped(
  paper: Paper,
  build: (head: string, hole: string, rest: string) => readonly [string, readonly number[]],
): string {
  const [, a = 0, b = 0] = (/\/ByteRange\[([^\]]*)\]/.exec(paper.file)?.[1] ?? '').split(' ').map(Number)
  const [file, numbers] = build(paper.file.slice(0, a), paper.file.slice(a, b), paper.file.slice(b))
  return swap({ ...paper, file }, RANGE, `/ByteRange[${numbers.join(' ')}]`)
}

export const WRAPPING: readonly PdfAttack[] = attacks('signature-wrapping', () => approved(), {
  'forged entries in the gap': [
    (paper) =>
      wrapped(paper, (head, hole, rest) => {
        const forged = `${hole.slice(0, 40)}>/V(not signed)`.padEnd(hole.length, ' ')
        return [head + forged + rest, [0, head.length, head.length + forged.length, rest.length]]
      }),
    'gap-not-contents',
  ],
  'the second part moved to the end behind a forged revision': [
    (paper) =>
      wrapped(paper, (head, hole, rest) => {
        const forged = append({ ...paper, file: head + hole + rest }, { [CONTENT]: FORGED }).file
        return [forged + rest, [0, head.length, forged.length, rest.length]]
      }),
    'gap-not-contents',
  ],
  'a range that ends before its revision does': [
    range(([, a = 0, b = 0, c = 0]) => `/ByteRange[0 ${a} ${b} ${c - 20}]`),
    'byte-range-end-not-revision',
  ],
})

export const REUSE: readonly PdfAttack[] = attacks('signature-reuse', () => approved(), {
  'two fields, one signature': [
    (paper) => append(paper, { [SEAL]: withEntries(textOf(paper, SEAL), { V: '40 0 R' }) }),
    'signature-reused',
  ],
  'a signature dictionary without a hole of its own': [
    (paper) => append(paper, { [SEAL]: withEntries(textOf(paper, SEAL), { V: '41 0 R' }), 41: signedText(paper) }),
    'malformed-signature-added',
  ],
  'a second signature that names no handler': [
    (paper) => {
      const sealed = sign(paper, SEAL)
      const at = sealed.file.lastIndexOf('/Filter/Adobe.PPKLite')
      return (
        sealed.file.slice(0, at) +
        ' '.repeat('/Filter/Adobe.PPKLite'.length) +
        sealed.file.slice(at + '/Filter/Adobe.PPKLite'.length)
      )
    },
    'malformed-signature-added',
  ],
  'a signature replaced by a later one in its own field': [
    (paper) =>
      sign({ ...paper, objects: new Map([...paper.objects, [LEADER, textOf(approvedUnsigned(), LEADER)]]) }, LEADER),
    'signature-changed',
  ],
  'a signature taken away': [
    (paper) => append(paper, { [LEADER]: withEntries(textOf(paper, LEADER), { V: null }), 40: null }),
    'signature-removed',
  ],
})

function approvedUnsigned(): Paper {
  const paper = approved()
  return { ...paper, objects: new Map([...paper.objects, [LEADER, withEntries(textOf(paper, LEADER), { V: null })]]) }
}
