// The DER writer against the rules of X.690, and the walker against everything that may not reach a parser.
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { describe, expect, it } from 'vitest'
import {
  BER_LIMITS,
  checkDer,
  compareEncodings,
  DER_LIMITS,
  derBitString,
  derBoolean,
  derContext,
  derContextPrimitive,
  derGeneralizedTime,
  derInteger,
  derNull,
  derOctetString,
  derOid,
  derSequence,
  derSetOf,
  derUnsigned,
  derUtcTime,
} from './der.ts'
import { children, readElement, readIntegerHex, readOid, readTime } from './der-reader.ts'

const faultOf = (hex: string, limits = DER_LIMITS) => checkDer(hexToBytes(hex), limits).fault

describe('DER writer', () => {
  it('writes lengths in as few bytes as they need', () => {
    const header = (size: number) => bytesToHex(derOctetString(new Uint8Array(size)).subarray(0, 5))
    expect(header(0x7f)).toMatch(/^047f/)
    expect(header(0x80)).toMatch(/^048180/)
    expect(header(0xff)).toMatch(/^0481ff/)
    expect(header(0x100)).toMatch(/^04820100/)
    expect(header(0x10000)).toMatch(/^0483010000/)
    for (const size of [0, 0x7f, 0x80, 0xff, 0x100, 0xffff, 0x10000]) {
      expect(readElement(derOctetString(new Uint8Array(size))).content).toHaveLength(size)
    }
  })

  it('writes integers without needless zeros and never as negative', () => {
    expect(bytesToHex(derInteger(0))).toBe('020100')
    expect(bytesToHex(derInteger(127))).toBe('02017f')
    expect(bytesToHex(derInteger(128))).toBe('02020080')
    expect(bytesToHex(derInteger(2n ** 64n))).toBe('0209010000000000000000')
    expect(bytesToHex(derUnsigned(Uint8Array.of(0, 0, 0x80)))).toBe('02020080')
    expect(bytesToHex(derUnsigned(new Uint8Array(0)))).toBe('020100')
    expect(readIntegerHex(readElement(derInteger(0xdeadbeefn)))).toBe('deadbeef')
    expect(() => derInteger(-1)).toThrow(RangeError)
  })

  it('writes object identifiers that read back the same', () => {
    for (const oid of ['1.2.840.113549.1.7.2', '2.16.840.1.101.3.4.2.1', '2.999.1', '0.9.2342', '1.3.101.112']) {
      expect(readOid(readElement(derOid(oid)))).toBe(oid)
    }
    expect(bytesToHex(derOid('1.2.840.113549'))).toBe('06062a864886f70d')
    for (const text of ['', '1', '3.1', '1.02', '1.a', '1..2']) expect(() => derOid(text)).toThrow(RangeError)
  })

  it('sorts the members of a SET OF by their encodings, the shorter one padded with zeros', () => {
    const members = ['0402ff00', '040101', '3000', '020105'].map((hex) => hexToBytes(hex))
    expect(bytesToHex(derSetOf(members))).toBe('310c0201050401010402ff003000')
    expect(compareEncodings(Uint8Array.of(1), Uint8Array.of(1, 0))).toBe(0)
    expect(compareEncodings(Uint8Array.of(1), Uint8Array.of(1, 2))).toBeLessThan(0)
    expect(compareEncodings(Uint8Array.of(1, 2), Uint8Array.of(1))).toBeGreaterThan(0)
    expect(members.map((member) => bytesToHex(member))[0]).toBe('0402ff00')
  })

  it('writes the other kinds', () => {
    expect(bytesToHex(derNull())).toBe('0500')
    expect(bytesToHex(derBoolean(true)) + bytesToHex(derBoolean(false))).toBe('0101ff010100')
    expect(bytesToHex(derBitString(Uint8Array.of(5)))).toBe('03020005')
    expect(bytesToHex(derContext(0, derNull()))).toBe('a0020500')
    expect(bytesToHex(derContextPrimitive(2, Uint8Array.of(1)))).toBe('820101')
    expect(bytesToHex(derSequence(derNull(), derNull()))).toBe('300405000500')
  })

  it('writes times to the second in UTC, UTCTime only where its two digits suffice', () => {
    const time = Date.UTC(2026, 10, 22, 19, 23, 10)
    expect(readTime(readElement(derUtcTime(time)))).toBe(time)
    expect(readTime(readElement(derGeneralizedTime(time + 999)))).toBe(time)
    expect(() => derUtcTime(Date.UTC(2050, 0, 1))).toThrow(RangeError)
    expect(() => derUtcTime(Date.UTC(1949, 11, 31))).toThrow(RangeError)
    expect(() => derUtcTime(Number.NaN)).toThrow(RangeError)
  })
})

describe('checkDer', () => {
  it('accepts one element with all that is in it, and says how long it is', () => {
    const der = derSequence(derOid('1.2.3'), derSetOf([derInteger(1), derSequence()]))
    expect(checkDer(der)).toEqual({ fault: null, length: der.length, ber: null })
    expect(checkDer(derNull())).toEqual({ fault: null, length: 2, ber: null })
  })

  it('refuses what ends too early, in the element or beyond its parent', () => {
    for (const hex of ['', '30', '3003', '30030500', '3082', '308201', '0402ff', '3003040205', '300101']) {
      expect([hex, faultOf(hex)]).toEqual([hex, 'truncated'])
    }
  })

  it('refuses tags of several bytes and lengths of more than four', () => {
    expect(faultOf('1f810100')).toBe('high-tag-number')
    expect(faultOf('30850000000001')).toBe('length-form')
    expect(faultOf('30ff')).toBe('length-form')
  })

  it('refuses lengths that are longer than they need to be', () => {
    expect(faultOf('048101ff')).toBe('length-not-minimal')
    expect(faultOf(`04820080${'00'.repeat(128)}`)).toBe('length-not-minimal')
  })

  it('refuses bytes after the element unless the caller expects them', () => {
    expect(faultOf('050000')).toBe('trailing-bytes')
    expect(checkDer(hexToBytes('050000'), { ...DER_LIMITS, trailing: true })).toEqual({
      fault: null,
      length: 2,
      ber: null,
    })
  })

  it('accepts indefinite lengths only where they are allowed, only for constructed elements, and finds their end', () => {
    expect(faultOf('308005000000')).toBe('indefinite-length')
    expect(checkDer(hexToBytes('308005000000'), BER_LIMITS)).toMatchObject({
      fault: null,
      length: 6,
      ber: { definite: false },
    })
    expect(checkDer(hexToBytes('3080308030020500000004010000003080'.slice(0, 30)), BER_LIMITS).fault).toBe(null)
    expect(faultOf('0480050000', BER_LIMITS)).toBe('length-form')
    expect(faultOf('30800500', BER_LIMITS)).toBe('truncated')
    expect(faultOf('3006308005000500', BER_LIMITS)).toBe('truncated')
    expect(faultOf('30060500308000000000', { ...BER_LIMITS, trailing: true })).toBe(null)
  })

  it('says where the elements are that are not DER, with those around them only', () => {
    // SEQUENCE { NULL, SEQUENCE { indefinite SET { NULL } }, SEQUENCE {} }
    expect(checkDer(hexToBytes('300c05003006318005000000' + '3000'), BER_LIMITS)).toEqual({
      fault: null,
      length: 14,
      ber: {
        ...{ tag: 0x30, definite: true, at: 0, start: 2, end: 14, after: 14 },
        inner: [
          {
            ...{ tag: 0x30, definite: true, at: 4, start: 6, end: 12, after: 12 },
            inner: [{ tag: 0x31, definite: false, at: 6, start: 8, end: 10, after: 12, inner: [] }],
          },
        ],
      },
    })
    const many = (count: number) => hexToBytes(`3080${'30800000'.repeat(count)}0000`)
    expect(checkDer(many(65_535), BER_LIMITS).fault).toBe(null)
    expect(checkDer(many(65_536), BER_LIMITS).fault).toBe('too-many-elements')
  })

  it('refuses an OCTET STRING in pieces unless foreign encodings are allowed', () => {
    expect(faultOf('240504010a0400')).toBe('string-in-pieces')
    expect(checkDer(hexToBytes('240504010a0400'), BER_LIMITS)).toMatchObject({
      fault: null,
      length: 7,
      ber: { definite: true },
    })
  })

  it('refuses end-of-contents where nothing is open', () => {
    expect(faultOf('0000')).toBe('stray-end-of-contents')
    expect(faultOf('30020000')).toBe('stray-end-of-contents')
    expect(faultOf('308000010500', BER_LIMITS)).toBe('stray-end-of-contents')
  })

  it('counts depth and elements before anything is parsed', () => {
    const nested = (levels: number) => {
      let der = derNull()
      for (let i = 0; i < levels; i++) der = derSequence(der)
      return der
    }
    expect(checkDer(nested(64)).fault).toBe(null)
    expect(checkDer(nested(65)).fault).toBe('too-deep')
    expect(checkDer(hexToBytes('3080'.repeat(200_000)), BER_LIMITS).fault).toBe('too-deep')
    const wide = derSequence(...Array.from({ length: 100 }, () => derNull()))
    expect(checkDer(wide, { ...DER_LIMITS, elements: 101 }).fault).toBe(null)
    expect(checkDer(wide, { ...DER_LIMITS, elements: 100 }).fault).toBe('too-many-elements')
    expect(children(readElement(wide))).toHaveLength(100)
  })
})
