// Distinguished names: what is the same name, and what people see of one.
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { describe, expect, it } from 'vitest'
import { derContext, derInteger, derOid, derSequence, derSetOf, derTagged } from './der.ts'
import { DerFault, readElement } from './der-reader.ts'
import { readText } from './asn1-strings.ts'
import {
  attributeValues,
  commonName,
  comparisonKey,
  displayName,
  extendName,
  isEmptyName,
  nameSerialNumber,
  nameWithin,
  organization,
  parseName,
  readRelativeName,
  sameName,
  type DistinguishedName,
} from './names.ts'

const CN = '2.5.4.3'
const O = '2.5.4.10'
const UTF8 = 0x0c
const PRINTABLE = 0x13

const attribute = (oid: string, tag: number, value: string | Uint8Array): Uint8Array =>
  derSequence(derOid(oid), derTagged(tag, typeof value === 'string' ? utf8ToBytes(value) : value))
const name = (...rdns: readonly Uint8Array[]): DistinguishedName => {
  const parsed = parseName(derSequence(...rdns.map((one) => derSetOf([one]))))
  if (parsed === null) throw new Error('not a name')
  return parsed
}
const cn = (value: string, tag = UTF8): DistinguishedName => name(attribute(CN, tag, value))

describe('two names are the same', () => {
  it.each([
    ['in another string type', cn('Test CA', PRINTABLE), cn('Test CA')],
    ['in another case', cn('TEST ca'), cn('Test CA')],
    ['with other white space', cn('  Test \t  CA '), cn('Test CA')],
    ['with Vietnamese letters composed or not', cn('Nguyễn Văn Ưởng'.normalize('NFD')), cn('nguyễn văn ưởng')],
    ['with signs that print nothing', cn('Te\u00ADst\u200B CA'), cn('Test CA')],
  ])('%s', (_how, one, other) => {
    expect(sameName(one, other)).toBe(true)
  })

  it('in whatever order the attributes of one RDN stand', () => {
    const both = [attribute(CN, UTF8, 'A'), attribute(O, UTF8, 'B')]
    const one = parseName(derSequence(derTagged(0x31, ...both)))!
    const other = parseName(derSequence(derTagged(0x31, ...both.toReversed())))!
    expect(sameName(one, other)).toBe(true)
  })
})

describe('two names are not the same', () => {
  it.each([
    ['with other marks on letters', cn('Ba'), cn('Bá')],
    ['with an attribute more', cn('A'), name(attribute(CN, UTF8, 'A'), attribute(O, UTF8, 'B'))],
    ['with another attribute', cn('A'), name(attribute(O, UTF8, 'A'))],
    [
      'with RDNs in another order',
      name(attribute(CN, UTF8, 'A'), attribute(O, UTF8, 'B')),
      name(attribute(O, UTF8, 'B'), attribute(CN, UTF8, 'A')),
    ],
    [
      'with a text that looks like what joins attributes',
      cn('A"],["2.5.4.10","text","b'),
      name(attribute(CN, UTF8, 'A'), attribute(O, UTF8, 'b')),
    ],
    ['with a text that looks like the hex of another value', cn('#0201'), name(attribute(CN, 0x02, Uint8Array.of(1)))],
  ])('%s', (_how, one, other) => {
    expect(sameName(one, other)).toBe(false)
  })
})

describe('a name lies within another', () => {
  const base = name(attribute(O, UTF8, 'Xã Trà My'))
  it('when it starts with all of its RDNs', () => {
    expect(nameWithin(name(attribute(O, PRINTABLE, 'x')), base)).toBe(false)
    expect(nameWithin(name(attribute(O, UTF8, 'XÃ TRÀ MY'), attribute(CN, UTF8, 'A')), base)).toBe(true)
    expect(nameWithin(base, base)).toBe(true)
    expect(nameWithin(name(), base)).toBe(false)
    expect(nameWithin(base, name())).toBe(true)
  })

  it('after one RDN was added to it', () => {
    const rdn = readRelativeName(readElement(derSetOf([attribute(CN, UTF8, 'list 1')])))
    expect(extendName(base, rdn).key).toBe(name(attribute(O, UTF8, 'Xã Trà My'), attribute(CN, UTF8, 'list 1')).key)
  })
})

describe('what people see', () => {
  const person = name(
    attribute('2.5.4.6', PRINTABLE, 'VN'),
    attribute(O, UTF8, 'UBND xã Trà My'),
    attribute('2.5.4.5', PRINTABLE, '079123'),
    attribute(CN, UTF8, 'Nguyễn Văn Ưởng'.normalize('NFD')),
  )

  it('is the most special attribute first, in composed letters', () => {
    expect(displayName(person)).toBe('CN=Nguyễn Văn Ưởng, serialNumber=079123, O=UBND xã Trà My, C=VN')
    expect([commonName(person), organization(person), nameSerialNumber(person)]).toEqual([
      'Nguyễn Văn Ưởng',
      'UBND xã Trà My',
      '079123',
    ])
    expect([commonName(name()), organization(name()), nameSerialNumber(name())]).toEqual([null, null, null])
  })

  it('cannot fake a further attribute, another direction or another line', () => {
    expect(displayName(cn('A, O=B'))).toBe('CN=A\\, O\\=B')
    expect(displayName(cn('A\u202EB\nC'))).toBe('CN=A\\u202eB\\u000aC')
  })

  it('is the number of an attribute without a short name, and hex for what is no text', () => {
    expect(displayName(name(attribute('1.2.3', 0x02, Uint8Array.of(5))))).toBe('1.2.3=#020105')
  })

  it('joins the attributes of one RDN', () => {
    const both = derTagged(0x31, attribute(CN, UTF8, 'A'), attribute(O, UTF8, 'B'))
    expect(displayName(parseName(derSequence(both))!)).toBe('CN=A+O=B')
  })

  it('lists all values of an attribute, the last first', () => {
    const units = name(attribute('2.5.4.11', UTF8, 'trên'), attribute('2.5.4.11', UTF8, 'dưới'))
    expect(attributeValues(units, '2.5.4.11')).toEqual(['dưới', 'trên'])
  })
})

describe('what is no name', () => {
  it.each([
    ['another element', derSetOf([])],
    ['an empty RDN', derSequence(derSetOf([]))],
    ['an attribute without a value', derSequence(derSetOf([derSequence(derOid(CN))]))],
    ['an attribute with two values', derSequence(derSetOf([derSequence(derOid(CN), derInteger(1), derInteger(1))]))],
    ['an attribute without a type', derSequence(derSetOf([derSequence(derInteger(1), derInteger(1))]))],
    ['an attribute that is a set', derSequence(derSetOf([derSetOf([derOid(CN), derInteger(1)])]))],
    [
      'more attributes than anyone has',
      derSequence(...Array.from({ length: 65 }, () => derSetOf([attribute(CN, UTF8, 'A')]))),
    ],
    ['bytes after it', Uint8Array.of(0x30, 0, 0)],
  ])('%s is refused', (_what, der) => {
    expect(parseName(der)).toBeNull()
  })

  it('an empty one is a name all the same', () => {
    expect(isEmptyName(name())).toBe(true)
    expect(isEmptyName(cn('A'))).toBe(false)
  })
})

describe('strings', () => {
  const decoded = (tag: number, ...bytes: readonly number[]) => {
    try {
      return readText(readElement(derTagged(tag, Uint8Array.from(bytes))))
    } catch (fault) {
      if (fault instanceof DerFault) return null
      throw fault
    }
  }

  it.each([
    ['UTF8String', UTF8, [0xc6, 0xaf], 'Ư'],
    ['PrintableString', PRINTABLE, [0x41], 'A'],
    ['IA5String', 0x16, [0x40], '@'],
    ['TeletexString as Latin-1', 0x14, [0xe0], 'à'],
    ['BMPString', 0x1e, [0x1e, 0xdf], 'ở'],
    ['UniversalString', 0x1c, [0, 1, 0xf4, 0x4d], '👍'],
  ])('%s is read', (_type, tag, bytes, expected) => {
    expect(decoded(tag, ...bytes)).toBe(expected)
  })

  it.each([
    ['half a character of UTF-8', UTF8, [0xc6]],
    ['an overlong form', UTF8, [0xc0, 0x80]],
    ['a letter that is not ASCII in PrintableString', PRINTABLE, [0xe0]],
    ['half a BMPString', 0x1e, [0x1e]],
    ['a surrogate in BMPString', 0x1e, [0xd8, 0x3d]],
    ['a number that is no character', 0x1c, [0, 0x11, 0, 0]],
    ['another type', 0x04, [0x41]],
    ['a text longer than any name', UTF8, Array.from({ length: 4097 }, () => 0x41)],
  ])('%s is refused', (_what, tag, bytes) => {
    expect(decoded(tag, ...bytes)).toBeNull()
  })

  it('are compared without what context adds', () => {
    expect(comparisonKey(' Ａ\u00A0b ')).toBe('a b')
    expect(() => readText(readElement(derContext(0)))).toThrow(DerFault)
  })
})
