// Every pair of colours that is used as text on ground reaches WCAG's contrast, in both schemes.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')

function tokensOf(scheme: 'light' | 'dark'): ReadonlyMap<string, string> {
  const block = css.split(`data-mantine-color-scheme='${scheme}'`)[1]!.split('}')[0]!
  return new Map([...block.matchAll(/--tm-([\w-]+):\s*(#[0-9a-f]{6});/g)].map((match) => [match[1]!, match[2]!]))
}

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high! + 0.05) / (low! + 0.05)
}

const GROUNDS = ['paper', 'surface', 'sunken', 'hover']
const TEXT: readonly (readonly [text: string, grounds: readonly string[]])[] = [
  ['ink', [...GROUNDS, 'forest-tint', 'cinnamon-tint', 'danger-tint', 'warning-tint']],
  ['ink-second', [...GROUNDS, 'forest-tint']],
  ['forest-text', [...GROUNDS, 'forest-tint']],
  ['cinnamon-text', [...GROUNDS, 'cinnamon-tint', 'warning-tint']],
  ['danger-text', [...GROUNDS, 'danger-tint']],
  ['warning-text', ['paper', 'surface', 'warning-tint']],
  ['neutral-text', ['neutral-tint']],
  ['on-forest', ['forest', 'forest-deep']],
  ['on-cinnamon', ['cinnamon', 'cinnamon-deep']],
  ['on-danger', ['danger', 'danger-deep']],
]
/** Borders of fields, focus rings, bars of a result: 3:1 (WCAG 1.4.11). */
const SHAPES = ['line-strong', 'focus', 'for', 'against', 'abstain', 'forest', 'cinnamon']

describe.each(['light', 'dark'] as const)('%s', (scheme) => {
  const tokens = tokensOf(scheme)
  const color = (name: string) => tokens.get(name) ?? expect.fail(`no token --tm-${name}`)

  it.each(TEXT)('%s is readable on its grounds', (text, grounds) => {
    for (const ground of grounds) {
      expect(contrast(color(text), color(ground)), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
    }
  })

  it.each(SHAPES)('%s is seen on paper and surface', (shape) => {
    for (const ground of ['paper', 'surface']) {
      expect(contrast(color(shape), color(ground)), `${shape} on ${ground}`).toBeGreaterThanOrEqual(3)
    }
  })
})

it('both schemes have the same tokens', () => {
  expect([...tokensOf('dark').keys()]).toEqual([...tokensOf('light').keys()])
})
