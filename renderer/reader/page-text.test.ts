// Finding in a page: with and without diacritics, over line ends, and back to the runs of the text layer.
import { describe, expect, it } from 'vitest'
import { findInPage, pageText, piecesOf, prepareQuery, type TextRun } from './page-text.ts'

function runs(...lines: readonly (readonly string[])[]): readonly TextRun[] {
  return lines.flatMap((line) => line.map((str, i) => ({ str, hasEOL: i === line.length - 1 })))
}

const RUNS = runs(['Công tác ', 'văn', ' thư'], ['Văn'], ['thư, lưu trữ và VAN THU'], ['Số 12.5 (bản sao)'])
const PAGE = pageText(RUNS)

function found(typed: string): { exact: readonly string[]; folded: readonly string[] } {
  const query = prepareQuery(typed)
  if (query === null) throw new Error('nothing to look for')
  const hits = findInPage(PAGE, query)
  const words = (list: readonly { start: number; end: number }[]) =>
    list.map(({ start, end }) => PAGE.text.slice(start, end))
  return { exact: words(hits.exact), folded: words(hits.folded) }
}

describe('finding in a page', () => {
  it('without diacritics finds all', () => {
    const all = ['văn thư', 'Văn thư', 'VAN THU']
    expect(found('van thu')).toEqual({ exact: all, folded: all })
    expect(found('  VAN   thu ')).toEqual({ exact: all, folded: all })
  })

  it('with diacritics finds those first, in either form of typing', () => {
    for (const form of ['NFC', 'NFD'] as const) {
      expect(found('văn thư'.normalize(form))).toEqual({
        exact: ['văn thư', 'Văn thư'],
        folded: ['văn thư', 'Văn thư', 'VAN THU'],
      })
    }
    expect(found('vàn thu')).toEqual({ exact: [], folded: ['văn thư', 'Văn thư', 'VAN THU'] })
  })

  it('takes signs as they are, and nothing as nothing', () => {
    expect(found('12.5').folded).toEqual(['12.5'])
    expect(found('1215')).toEqual({ exact: [], folded: [] })
    expect(found('(bản').exact).toEqual(['(bản'])
    expect(found('văn sao')).toEqual({ exact: [], folded: [] })
    expect(prepareQuery('   ')).toBeNull()
    expect(prepareQuery('')).toBeNull()
  })

  it('keeps no more hits than anyone steps through', () => {
    const page = pageText([{ str: 'a'.repeat(5000), hasEOL: false }])
    expect(findInPage(page, prepareQuery('a')!).folded).toHaveLength(1000)
  })
})

it('leads a hit back to the runs it covers', () => {
  const [first, second] = findInPage(PAGE, prepareQuery('van thu')!).folded
  expect(piecesOf(PAGE, RUNS, first!)).toEqual([
    { run: 1, from: 0, to: 3 },
    { run: 2, from: 0, to: 4 },
  ])
  expect(piecesOf(PAGE, RUNS, second!)).toEqual([
    { run: 3, from: 0, to: 3 },
    { run: 4, from: 0, to: 3 },
  ])
})
