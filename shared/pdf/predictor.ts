// Undoes the PNG predictors that writers put on cross-reference and object streams (ISO 32000-1, 7.4.4.4).
import { damaged } from './fault.ts'
import type { PdfDict } from './objects.ts'

/** @param parameters the `/DecodeParms`; without a predictor the data is returned as it is. @throws PdfFault for predictors of images */
export function undoPredictor(data: Uint8Array, parameters: PdfDict): Uint8Array {
  const number = (key: string, otherwise: number): number => {
    const value = parameters.entries.get(key) ?? otherwise
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 1) throw damaged(`${key} of a predictor`)
    return value
  }
  const predictor = number('Predictor', 1)
  if (predictor === 1) return data
  if (predictor < 10) throw damaged('predictor of images')
  const pixel = Math.ceil((number('Colors', 1) * number('BitsPerComponent', 8)) / 8)
  const row = Math.ceil((number('Columns', 1) * number('Colors', 1) * number('BitsPerComponent', 8)) / 8)
  if (data.length % (row + 1) !== 0) throw damaged('rows of a predictor')
  const out = new Uint8Array((data.length / (row + 1)) * row)
  for (let from = 0, to = 0; from < data.length; from += row + 1, to += row) undoRow(data, from, out, to, row, pixel)
  return out
}

function undoRow(data: Uint8Array, from: number, out: Uint8Array, to: number, row: number, pixel: number): void {
  const type = data[from] ?? 0
  for (let i = 0; i < row; i++) {
    const left = i < pixel ? 0 : (out[to + i - pixel] ?? 0)
    const up = to === 0 ? 0 : (out[to + i - row] ?? 0)
    const upLeft = to === 0 || i < pixel ? 0 : (out[to + i - row - pixel] ?? 0)
    out[to + i] = (data[from + 1 + i] ?? 0) + predicted(type, left, up, upLeft)
  }
}

function predicted(type: number, left: number, up: number, upLeft: number): number {
  switch (type) {
    case 0:
      return 0
    case 1:
      return left
    case 2:
      return up
    case 3:
      return (left + up) >> 1
    case 4: {
      const estimate = left + up - upLeft
      const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - upLeft)]
      return a <= b && a <= c ? left : b <= c ? up : upLeft
    }
    default:
      throw damaged('unknown predictor')
  }
}
