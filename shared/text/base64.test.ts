// Base64: the vectors of RFC 4648 §10, every length, and no second spelling of the same bytes.
import { describe, expect, it } from 'vitest'
import { fromBase64, toBase64 } from './base64.ts'

const ascii = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))

describe('base64', () => {
  it.each([
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg=='],
    ['fooba', 'Zm9vYmE='],
    ['foobar', 'Zm9vYmFy'],
  ])('writes and reads %j as %j', (plain, coded) => {
    expect(toBase64(ascii(plain))).toBe(coded)
    expect(fromBase64(coded)).toEqual(ascii(plain))
  })

  it('gives back every byte at every length', () => {
    for (let length = 0; length < 70; length++) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 37 + length) & 255)
      expect(fromBase64(toBase64(bytes))).toEqual(bytes)
    }
  })

  it.each(['Zg', 'Zg=', 'Zh==', 'Zm9=', 'Zm 9', 'Z===', '====', 'Zm9v\n', 'Zm9-', 'Z=g='])(
    'refuses %j, which is not the canonical form of anything',
    (text) => {
      expect(fromBase64(text)).toBeNull()
    },
  )
})
