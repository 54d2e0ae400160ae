// Zoom: fits, stops, wheel and the limit of a canvas.
import { describe, expect, it } from 'vitest'
import {
  factorOf,
  MAX_CANVAS_PIXELS,
  MAX_FACTOR,
  MIN_FACTOR,
  nextStop,
  outputScale,
  percentOf,
  wheelFactor,
  ZOOM_STOPS,
} from './zoom.ts'

const A4 = { width: 595.3, height: 841.9 }

describe('factor', () => {
  it('fits the width and the whole page', () => {
    expect(factorOf({ kind: 'fit-width' }, A4, { width: 793.73, height: 400 })).toBeCloseTo(1, 3)
    expect(factorOf({ kind: 'fit-page' }, A4, { width: 5000, height: 561.27 })).toBeCloseTo(0.5, 3)
    expect(factorOf({ kind: 'fit-page' }, A4, { width: 396.87, height: 5000 })).toBeCloseTo(0.5, 3)
  })

  it('stays within the limits', () => {
    expect(factorOf({ kind: 'factor', factor: 99 }, A4, A4)).toBe(MAX_FACTOR)
    expect(factorOf({ kind: 'factor', factor: 0 }, A4, A4)).toBe(MIN_FACTOR)
    expect(factorOf({ kind: 'fit-width' }, A4, { width: -48, height: -48 })).toBe(MIN_FACTOR)
  })
})

describe('stops', () => {
  it('walks up and down every stop once', () => {
    const up = [MIN_FACTOR]
    while (up.at(-1) !== MAX_FACTOR) up.push(nextStop(up.at(-1)!, 'in'))
    expect(up).toEqual([...ZOOM_STOPS])
    const down = [MAX_FACTOR]
    while (down.at(-1) !== MIN_FACTOR) down.push(nextStop(down.at(-1)!, 'out'))
    expect(down.reverse()).toEqual([...ZOOM_STOPS])
  })

  it('skips a stop that is as good as reached, and stays at the ends', () => {
    expect(nextStop(0.9995, 'in')).toBe(1.1)
    expect(nextStop(1.004, 'out')).toBe(0.9)
    expect(nextStop(MAX_FACTOR, 'in')).toBe(MAX_FACTOR)
    expect(nextStop(MIN_FACTOR, 'out')).toBe(MIN_FACTOR)
  })
})

it('zooms by the wheel, one notch no more than a third', () => {
  expect(wheelFactor(1, -100)).toBeGreaterThan(1.2)
  expect(wheelFactor(1, 100)).toBeLessThan(0.85)
  expect(wheelFactor(1, -1e6)).toBeLessThan(1.4)
  expect(wheelFactor(wheelFactor(1, 40), -40)).toBeCloseTo(1, 6)
  expect(wheelFactor(MAX_FACTOR, -100)).toBe(MAX_FACTOR)
  expect(percentOf(1.2504)).toBe(125)
})

it('draws as sharp as the screen, until the canvas would be too large', () => {
  expect(outputScale(800, 1100, 2)).toBe(2)
  const scale = outputScale(3200, 4500, 2)
  expect(scale).toBeLessThan(2)
  expect(3200 * 4500 * scale ** 2).toBeCloseTo(MAX_CANVAS_PIXELS, 0)
})
