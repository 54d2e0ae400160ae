// The small geometry of a page: matrices as PDF writes them, and boxes around what is drawn (ISO 32000-1, 8.3.4).
import type { Rectangle } from './change.ts'

export type Matrix = readonly [number, number, number, number, number, number]

export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0]

/** First `m`, then `then`. */
export function multiply(m: Matrix, then: Matrix): Matrix {
  const [a, b, c, d, e, f] = m
  const [A, B, C, D, E, F] = then
  return [a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F]
}

/** The upright box around a transformed one. */
export function transformed(box: Rectangle, m: Matrix): Rectangle {
  const corners = [
    [box[0], box[1]],
    [box[2], box[1]],
    [box[0], box[3]],
    [box[2], box[3]],
  ].map(([x = 0, y = 0]) => [x * m[0] + y * m[2] + m[4], x * m[1] + y * m[3] + m[5]] as const)
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)]
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
}

/** Whether two boxes share any area or touch. NaN, which no honest file yields, counts as touching. */
export function overlap(a: Rectangle, b: Rectangle): boolean {
  return !(a[2] < b[0] || b[2] < a[0] || a[3] < b[1] || b[3] < a[1])
}

export function matrixOf(values: readonly unknown[]): Matrix | null {
  const [a, b, c, d, e, f] = values
  const whole =
    typeof a === 'number' &&
    typeof b === 'number' &&
    typeof c === 'number' &&
    typeof d === 'number' &&
    typeof e === 'number' &&
    typeof f === 'number'
  return whole && values.length === 6 ? [a, b, c, d, e, f] : null
}
