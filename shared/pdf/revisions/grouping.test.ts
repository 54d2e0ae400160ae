// Sections that are one revision together: hybrid and linearized files, and what pretends to be one.
import { describe, expect, it } from 'vitest'
import { accountBytes } from './account-bytes.ts'
import { BASE, CATALOG, latin1, makePdf, objectStreamText, PAGE, streamText } from './pdf-text.fixture.ts'
import { readRevisions, type RevisionedPdf } from './revisions.ts'

function codes(pdf: RevisionedPdf): readonly string[] {
  return [...pdf.findings, ...accountBytes(pdf)].map(
    ({ code, revision, severity }) => `${code} ${revision} ${severity}`,
  )
}

/** Object 4 as the newest revision has it; null where it is not there. */
function four(pdf: RevisionedPdf): unknown {
  try {
    return pdf.revisions.at(-1)?.file.resolve({ kind: 'ref', number: 4, generation: 0 })
  } catch {
    return null
  }
}

describe('sections that belong together', () => {
  const hybrid = (table: string, hidden: string): RevisionedPdf => {
    const text = `%PDF-1.7\n1 0 obj\n${CATALOG}\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n3 0 obj\n${PAGE}\nendobj\n`
    const offsets = [1, 2, 3].map((number) => `${String(text.indexOf(`${number} 0 obj`)).padStart(10, '0')} 00000 n \n`)
    const at = text.length
    const inner = objectStreamText({ 4: '(hidden)' })
    const five = `5 0 obj\n${inner}\nendobj\n`
    const rows = hidden.replace('@', String.fromCharCode(at >> 8, at & 255))
    const six = `6 0 obj\n${streamText('/Type/XRef/W[1 2 1]/Index[4 2]/Size 7', rows)}\nendobj\n`
    const xref = at + five.length + six.length
    const section = `xref\n0 7\n0000000000 65535 f \n${offsets.join('')}${table}trailer\n<</Size 7/Root 1 0 R/XRefStm ${at + five.length}>>\n`
    return readRevisions(latin1(`${text}${five}${six}${section}startxref\n${xref}\n%%EOF\n`))
  }
  const FREE = '0000000000 65535 f \n'

  it('a hybrid file shows what its table calls free and its stream does not', () => {
    const pdf = hybrid(FREE.repeat(3), '\x02\x00\x05\x00\x01@\x00')
    expect(pdf.revisions.map(({ kind }) => kind)).toEqual(['hybrid'])
    expect(four(pdf)).toMatchObject({ kind: 'string' })
    expect(codes(pdf)).toEqual(['hybrid 0 info'])
  })

  it('a hybrid file shows what its table has before what its stream has', () => {
    const pdf = hybrid(`0000000009 00000 n \n${FREE.repeat(2)}`, '\x02\x00\x05\x00\x01@\x00')
    expect(four(pdf)).toBeNull()
    expect(codes(pdf)).toContain('object-not-where-xref-says 0 warning')
  })

  const twoSections = (first: string): RevisionedPdf => {
    const head = `%PDF-1.7\n4 0 obj\n${first}\nendobj\n`
    const mainAt = (length: number): string => String(length).padStart(4, '0')
    const body = `1 0 obj\n${CATALOG}\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n`
    const build = (main: number): { text: string; main: number } => {
      const three = head.length
      const page = `3 0 obj\n${PAGE}\nendobj\n`
      const firstAt = three + page.length
      const entry = (offset: number): string => `${String(offset).padStart(10, '0')} 00000 n \n`
      const section = `xref\n3 2\n${entry(three)}${entry(9)}trailer\n<</Size 5/Root 1 0 R/Prev ${mainAt(main)}>>\nstartxref\n0\n%%EOF\n`
      const upto = head + page + section
      const at = upto.length + body.length
      const one = upto.length
      const mainSection = `xref\n0 3\n0000000000 65535 f \n${entry(one)}${entry(one + body.indexOf('2 0 obj'))}trailer\n<</Size 3>>\n`
      return { text: `${upto}${body}${mainSection}startxref\n${firstAt}\n%%EOF\n`, main: at }
    }
    return readRevisions(latin1(build(build(0).main).text))
  }

  it('the two sections of a linearized file are one revision', () => {
    const pdf = twoSections('<</Linearized 1/L 500>>')
    expect(pdf.revisions).toHaveLength(1)
    expect(codes(pdf)).toEqual([])
    expect([...(pdf.revisions[0]?.changed ?? [])].sort()).toEqual([1, 2, 3, 4])
  })

  it.each(['<</Linear 1>>', '(x)', '<<'])(
    'a section before its previous one is none of a file that begins with %s',
    (first) => {
      const pdf = twoSections(first)
      expect(pdf.revisions).toHaveLength(1)
      expect(codes(pdf)).toContain('prev-not-the-previous-revision 0 error')
    },
  )

  it('a section before its previous one is noticed in later revisions', () => {
    const early = `xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 4/Root 1 0 R/Prev PREV>>\n`
    const made = makePdf([{ objects: { ...BASE, 4: streamText('', early) } }, { objects: { 3: PAGE } }])
    const at = made.text.indexOf('xref\n0 1')
    const prev = String(made.sections[1]).padEnd(4)
    const text = `${made.text.replace('PREV', prev)}startxref\n${at}\n%%EOF\n`
    const pdf = readRevisions(latin1(text))
    expect(pdf.revisions).toHaveLength(2)
    expect(codes(pdf)).toContain('prev-not-the-previous-revision 1 error')
  })
})
