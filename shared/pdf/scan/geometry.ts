// Matrices and rectangles of a page (ISO 32000-1, 8.3.4): six numbers, applied to row vectors.
import type { Rectangle } from '../sign/appearance.ts'

export type Matrix = readonly [number, number, number, number, number, number]

export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0]

/** First `a`, then `b`. */
export function multiply(a: Matrix, b: Matrix): Matrix {
  return [
    a[0] * b[0] + a[1] * b[2],
    a[0] * b[1] + a[1] * b[3],
    a[2] * b[0] + a[3] * b[2],
    a[2] * b[1] + a[3] * b[3],
    a[4] * b[0] + a[5] * b[2] + b[4],
    a[4] * b[1] + a[5] * b[3] + b[5],
  ]
}

/** The upright rectangle around a rectangle that a matrix has turned. */
export function boundsOf(matrix: Matrix, [x1, y1, x2, y2]: Rectangle): Rectangle {
  const corners = [
    [x1, y1],
    [x1, y2],
    [x2, y1],
    [x2, y2],
  ] as const
  const xs = corners.map(([x, y]) => x * matrix[0] + y * matrix[2] + matrix[4])
  const ys = corners.map(([x, y]) => x * matrix[1] + y * matrix[3] + matrix[5])
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
}

/** Corners in order, however they were written. */
export function upright([a, b, c, d]: Rectangle): Rectangle {
  return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)]
}

/** The share of `covered` that lies under `over`, 0 to 1. */
export function coveredShare(covered: Rectangle, over: Rectangle): number {
  const width = Math.min(covered[2], over[2]) - Math.max(covered[0], over[0])
  const height = Math.min(covered[3], over[3]) - Math.max(covered[1], over[1])
  const area = (covered[2] - covered[0]) * (covered[3] - covered[1])
  return width <= 0 || height <= 0 || area <= 0 ? 0 : (width * height) / area
}

/** Whether nothing of it lies on the page. */
export function isOutside(rectangle: Rectangle, page: Rectangle): boolean {
  return rectangle[2] <= page[0] || rectangle[0] >= page[2] || rectangle[3] <= page[1] || rectangle[1] >= page[3]
}

export function area([a, b, c, d]: Rectangle): number {
  return Math.abs((c - a) * (d - b))
}
