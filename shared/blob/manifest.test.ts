// Cutting and naming: same bytes, same names; an appended version shares every full part; nothing false passes.
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  BlobManifest,
  MAX_BLOB_BYTES,
  MAX_PARTS,
  PART_BYTES,
  createCutter,
  cut,
  missing,
  parseManifest,
  partCount,
  partLength,
  verifyWhole,
} from './manifest.ts'

const SEED = 20261122

function noise(length: number, start: number): Uint8Array {
  let x = start >>> 0 || 1
  return Uint8Array.from({ length }, () => {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    return x & 255
  })
}

function manifestOf(bytes: Uint8Array): BlobManifest {
  const result = cut(bytes)
  if (!result.ok) throw new Error(result.code)
  return result.value
}

describe('cut', () => {
  it('names parts and whole as an independent SHA-256 does', () => {
    const bytes = noise(2 * PART_BYTES + 17, 7)
    const manifest = manifestOf(bytes)
    const sha = (part: Uint8Array) => createHash('sha256').update(part).digest('hex')
    expect(manifest.sha256).toBe(sha(bytes))
    expect(manifest.parts).toEqual([
      sha(bytes.subarray(0, PART_BYTES)),
      sha(bytes.subarray(PART_BYTES, 2 * PART_BYTES)),
      sha(bytes.subarray(2 * PART_BYTES)),
    ])
    expect(BlobManifest.parse(JSON.parse(JSON.stringify(manifest)))).toEqual(manifest)
  })

  it.each([1, PART_BYTES - 1, PART_BYTES, PART_BYTES + 1, 3 * PART_BYTES])('counts the parts of %i bytes', (length) => {
    const manifest = manifestOf(noise(length, length))
    expect(manifest.parts.length).toBe(partCount(length))
    const lengths = manifest.parts.map((_, index) => partLength(length, index))
    expect(lengths.reduce((sum, each) => sum + each, 0)).toBe(length)
    expect(Math.min(...lengths)).toBeGreaterThan(0)
  })

  it('shares all full parts with a version that has bytes appended', () => {
    const first = noise(5 * PART_BYTES + 1000, 3)
    const second = new Uint8Array(first.length + 60_000)
    second.set(first)
    second.set(noise(60_000, 4), first.length)
    const travel = missing(manifestOf(second), new Set(manifestOf(first).parts))
    expect(travel).toHaveLength(1)
  })

  it('lists a part that occurs twice once', () => {
    const manifest = manifestOf(new Uint8Array(3 * PART_BYTES))
    expect(manifest.parts).toHaveLength(3)
    expect(missing(manifest, new Set())).toHaveLength(1)
    expect(missing(manifest, new Set(manifest.parts))).toEqual([])
  })

  it('refuses nothing and too much', () => {
    expect(cut(new Uint8Array(0))).toEqual({ ok: false, code: 'malformed' })
    expect(cut(new Uint8Array(MAX_BLOB_BYTES + 1))).toEqual({ ok: false, code: 'paper-too-large' })
  })

  it('takes no part after a short one, and none that is empty or too long', () => {
    const cutter = createCutter()
    cutter.push(noise(10, 1))
    expect(() => cutter.push(noise(10, 1))).toThrow(RangeError)
    expect(() => createCutter().push(new Uint8Array(0))).toThrow(RangeError)
    expect(() => createCutter().push(new Uint8Array(PART_BYTES + 1))).toThrow(RangeError)
  })
})

describe('verifyWhole', () => {
  it('refuses every single changed byte and every other length', () => {
    const bytes = noise(PART_BYTES + 99, 11)
    const manifest = manifestOf(bytes)
    expect(verifyWhole(manifest, bytes)).toEqual({ ok: true, value: null })
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const other = bytes.slice()
        other[at] = bytes[at]! ^ change
        return !verifyWhole(manifest, other).ok
      }),
      { seed: SEED, numRuns: 20 },
    )
    expect(verifyWhole(manifest, bytes.subarray(1))).toEqual({ ok: false, code: 'paper-truncated' })
  })
})

describe('parseManifest', () => {
  const good = manifestOf(noise(PART_BYTES + 1, 5))
  it.each([
    ['a missing part', { ...good, parts: good.parts.slice(1) }],
    ['a part too many', { ...good, parts: [...good.parts, good.sha256] }],
    ['another part size', { ...good, partBytes: 1024 }],
    ['an unknown field', { ...good, note: 1 }],
    ['a name in capitals', { ...good, sha256: good.sha256.toUpperCase() }],
    ['a path as a name', { ...good, parts: ['../../etc/passwd', good.sha256] }],
    ['no bytes', { ...good, size: 0, parts: [] }],
    ['half a byte', { ...good, size: 1.5 }],
    ['nothing', null],
  ])('refuses %s', (_, input) => {
    expect(parseManifest(input)).toEqual({ ok: false, code: 'malformed' })
  })

  it('says too large by its own name, whatever else is wrong', () => {
    expect(parseManifest({ ...good, size: MAX_BLOB_BYTES + 1 })).toEqual({ ok: false, code: 'paper-too-large' })
    expect(parseManifest({ ...good, size: MAX_BLOB_BYTES, parts: Array(MAX_PARTS).fill(good.sha256) }).ok).toBe(true)
  })
})
