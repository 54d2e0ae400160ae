// Honest steps on the small papers: sign, fill in, add evidence and time-stamps. Each gives changes that one increment can join.
import {
  ANNOTS,
  append,
  drawn,
  FORM,
  ROOT,
  stream,
  withEntries,
  type AppendOptions,
  type Changes,
  type Paper,
} from './paper.ts'

/** A small SEQUENCE in enough zeros: difference analysis needs the place of a CMS, not its truth. No two are alike. */
const contents = (value: number) => `300402021${value.toString(16).padStart(3, '0')}${'00'.repeat(58)}`
const RANGE = '[0 0000000000 0000000000 0000000000]'

export interface SignOptions {
  /** Entries of the signature dictionary, such as /Reference. */
  readonly dict?: string
  readonly timestamp?: boolean
  /** Written in the same increment. */
  readonly changes?: Changes
  /** Entries of the field beside /V. */
  readonly field?: Readonly<Record<string, string>>
  readonly append?: AppendOptions
}

/** Certifies with DocMDP; the catalog's /Perms come with `certified`. */
export const docMdp = (level: number) =>
  `<</Type/SigRef/TransformMethod/DocMDP/TransformParams<</Type/TransformParams/P ${level}/V/1.2>>>>`

export const fieldMdp = (action: string, fields: readonly string[] = []) =>
  `<</Type/SigRef/TransformMethod/FieldMDP/Data ${ROOT} 0 R/TransformParams<</Type/TransformParams/Action/${action}${
    action === 'All' ? '' : `/Fields[${fields.map((name) => `(${name})`).join('')}]`
  }/V/1.2>>>>`

/** One increment that signs a field which is there, or one among `changes`. */
export function sign(paper: Paper, field: number, options: SignOptions = {}): Paper {
  const value = freeNumber(paper, options.changes)
  const kind = options.timestamp === true ? '/Type/DocTimeStamp' : '/Type/Sig'
  const subFilter = options.timestamp === true ? 'ETSI.RFC3161' : 'ETSI.CAdES.detached'
  const text = options.changes?.[field] ?? paper.objects.get(field) ?? ''
  const signature = `<<${kind}/Filter/Adobe.PPKLite/SubFilter/${subFilter}/ByteRange${RANGE}/Contents<${contents(value)}>/M(D:20260601080000+07'00')${options.dict ?? ''}>>`
  const next = append(
    paper,
    {
      [FORM]: withEntries(paper.objects.get(FORM) ?? '', { SigFlags: '3' }),
      ...options.changes,
      [value]: signature,
      [field]: withEntries(text, { V: `${value} 0 R`, ...options.field }),
    },
    options.append,
  )
  return withByteRange(next, paper.file.length)
}

/** Writes the range around the first /Contents after `from`, without moving a byte. */
export function withByteRange(paper: Paper, from: number): Paper {
  const start = paper.file.indexOf('/Contents<30', from) + '/Contents'.length
  const end = paper.file.indexOf('>', start) + 1
  const range = `[0 ${start} ${end} ${paper.file.length - end}]`.padEnd(RANGE.length, ' ')
  const at = paper.file.indexOf(RANGE, from)
  return { ...paper, file: paper.file.slice(0, at) + range + paper.file.slice(at + RANGE.length) }
}

export function certify(paper: Paper, field: number, level: number, references = '', more: SignOptions = {}): Paper {
  const value = freeNumber(paper, more.changes)
  return sign(paper, field, {
    ...more,
    dict: `/Reference[${docMdp(level)}${references}]`,
    changes: {
      [ROOT]: withEntries(paper.objects.get(ROOT) ?? '', { Perms: `<</DocMDP ${value} 0 R>>` }),
      ...more.changes,
    },
  })
}

/** A value and an appearance that shows it, as a new stream. */
export function fill(paper: Paper, field: number, value: string, pending: Changes = {}): Changes {
  const number = freeNumber(paper, pending)
  const text = pending[field] ?? paper.objects.get(field) ?? ''
  return {
    ...pending,
    [number]: drawn(value),
    [field]: withEntries(text, { V: `(${value})`, AP: `<</N ${number} 0 R>>` }),
  }
}

/** Evidence, or more of it: old entries stay. */
export function dss(paper: Paper, pending: Changes = {}): Changes {
  const number = freeNumber(paper, pending)
  const old = /\/DSS (\d+) 0 R/.exec(paper.objects.get(ROOT) ?? '')?.[1]
  const before = old === undefined ? undefined : paper.objects.get(Number(old))
  const kept = /\/Certs\[([^\]]*)\]/.exec(before ?? '')?.[1] ?? ''
  const store = `<</Type/DSS/Certs[${kept} ${number} 0 R]/CRLs[${number + 1} 0 R]/VRI<</A${number} <</Cert[${number} 0 R]>>>>>>`
  const grown = before === undefined ? store : before.replace('/Certs[', `/Certs[${number} 0 R `)
  const at = old === undefined ? number + 2 : Number(old)
  return {
    ...pending,
    [ROOT]: withEntries(pending[ROOT] ?? paper.objects.get(ROOT) ?? '', { DSS: `${at} 0 R` }),
    [number]: stream('', `certificate ${number}`),
    ...(old === undefined ? { [number + 1]: stream('', 'list') } : {}),
    [at]: grown,
  }
}

/** A new field, invisible unless a rectangle is given, in the form and on the page. */
export function newField(
  paper: Paper,
  name: string,
  more = '/Rect[0 0 0 0]',
  pending: Changes = {},
  type = 'Sig',
): readonly [number, Changes] {
  const number = freeNumber(paper, pending)
  const grow = (of: number): string => pending[of] ?? paper.objects.get(of) ?? ''
  return [
    number,
    {
      ...pending,
      [number]: `<</Type/Annot/Subtype/Widget/FT/${type}/T(${name})/F 132/P 3 0 R${more}>>`,
      [FORM]: grow(FORM).replace(/\/Fields\[([^\]]*)\]/, (_, fields: string) => `/Fields[${fields} ${number} 0 R]`),
      [ANNOTS]: grow(ANNOTS).replace(/\]$/, ` ${number} 0 R]`),
    },
  ]
}

export function timestamp(paper: Paper, name: string): Paper {
  const [field, changes] = newField(paper, name)
  return sign(paper, field, { timestamp: true, changes: { ...changes } })
}

export function freeNumber(paper: Paper, pending: Changes = {}): number {
  return Math.max(paper.size, ...Object.keys(pending).map((key) => Number(key) + 1))
}
