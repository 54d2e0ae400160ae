// PNG predictors: each row type undoes its own doing, and images' predictors are refused.
import { describe, expect, it } from 'vitest'
import { PdfFault } from './fault.ts'
import type { PdfDict, PdfObject } from './objects.ts'
import { undoPredictor } from './predictor.ts'

function parameters(entries: Record<string, PdfObject>): PdfDict {
  return { kind: 'dict', entries: new Map(Object.entries(entries)) }
}

const UP = parameters({ Predictor: 15, Columns: 3 })

describe('predictor', () => {
  it('leaves data without predictor as it is', () => {
    const data = Uint8Array.of(1, 2)
    expect(undoPredictor(data, parameters({}))).toBe(data)
  })

  it.each([
    ['none', [0, 1, 2, 3, 0, 4, 5, 6], [1, 2, 3, 4, 5, 6]],
    ['left', [1, 1, 1, 1, 1, 4, 1, 255], [1, 2, 3, 4, 5, 4]],
    ['up', [2, 1, 2, 3, 2, 1, 1, 253], [1, 2, 3, 2, 3, 0]],
    ['average', [3, 2, 2, 2, 3, 1, 1, 1], [2, 3, 3, 2, 3, 4]],
    ['Paeth', [4, 1, 1, 1, 4, 1, 1, 1], [1, 2, 3, 2, 3, 4]],
  ])('undoes %s', (_, data, expected) => {
    expect([...undoPredictor(Uint8Array.from(data), UP)]).toEqual(expected)
  })

  it('takes the nearest of three neighbours for Paeth', () => {
    expect([...undoPredictor(Uint8Array.of(0, 9, 1, 4, 0, 4), parameters({ Predictor: 15, Columns: 2 }))]).toEqual([
      9, 1, 9, 5,
    ])
    expect([...undoPredictor(Uint8Array.of(0, 5, 9, 4, 4, 0), parameters({ Predictor: 15, Columns: 2 }))]).toEqual([
      5, 9, 9, 9,
    ])
    expect([...undoPredictor(Uint8Array.of(0, 6, 4, 4, 252, 0), parameters({ Predictor: 15, Columns: 2 }))]).toEqual([
      6, 4, 2, 2,
    ])
    expect([...undoPredictor(Uint8Array.of(0, 4, 2, 4, 2, 0), parameters({ Predictor: 15, Columns: 2 }))]).toEqual([
      4, 2, 6, 4,
    ])
  })

  it.each([
    ['of images', { Predictor: 2 }, [0, 0]],
    ['with a broken row', { Predictor: 12, Columns: 2 }, [0, 0]],
    ['of an unknown row type', { Predictor: 12 }, [9, 0]],
    ['with senseless columns', { Predictor: 12, Columns: 0 }, [0]],
  ])('refuses a predictor %s', (_, entries, data) => {
    expect(() => undoPredictor(Uint8Array.from(data), parameters(entries))).toThrow(PdfFault)
  })
})
