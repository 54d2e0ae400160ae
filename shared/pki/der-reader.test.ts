// DER of foreign hands: one form only is read, and nothing a length byte says is believed.
import { describe, expect, it } from 'vitest'
import {
  children,
  DerFault,
  FieldReader,
  orNull,
  readBitStringBytes,
  readBoolean,
  readCount,
  readElement,
  readIntegerHex,
  readNamedBits,
  readOid,
  readTime,
  TAG,
  type DerElement,
} from './der-reader.ts'

const hex = (text: string): Uint8Array =>
  Uint8Array.from(text.replaceAll(' ', '').match(/../g) ?? [], (p) => parseInt(p, 16))
const element = (text: string): DerElement => readElement(hex(text))
const read = <T>(text: string, reader: (element: DerElement) => T): T | null => orNull(() => reader(element(text)))
const text = (tag: number, value: string): DerElement =>
  readElement(Uint8Array.from([tag, value.length, ...Array.from(value, (sign) => sign.charCodeAt(0))]))

describe('an element', () => {
  it('is taken with its header and its content as views of the input', () => {
    const bytes = hex('0402 cafe')
    const found = readElement(bytes)
    expect(found).toEqual({ tag: 0x04, raw: bytes, content: hex('cafe') })
    expect(found.content.buffer).toBe(bytes.buffer)
  })

  it.each([
    ['nothing', ''],
    ['no length', '04'],
    ['less than it says', '0403 0000'],
    ['bytes after it', '0401 0000'],
    ['a tag of several bytes', '1f8101 00'],
    ['no definite length', '3080 0000'],
    ['a length that is not minimal', '048101 00'],
    ['a length with leading zeros', '04820080' + '00'.repeat(128)],
    ['a length of five bytes', '048500000000 01'],
    ['a length that the input ends in', '0482 ff'],
    ['the longest length there is', '0484ffffffff'],
  ])('is refused with %s', (_what, bytes) => {
    expect(() => element(bytes)).toThrow(DerFault)
  })

  it('of 128 bytes and more has its length in further bytes', () => {
    expect(readElement(hex('048180' + '00'.repeat(128))).content).toHaveLength(128)
  })

  it('is refused with another tag than expected', () => {
    expect(() => readElement(hex('0500'), TAG.integer)).toThrow(DerFault)
  })

  it('has children only when it is constructed', () => {
    expect(children(element('3004 0500 0500')).map(({ tag }) => tag)).toEqual([5, 5])
    expect(() => children(element('0400'))).toThrow(DerFault)
    expect(() => children(element('3001 05'))).toThrow(DerFault)
  })
})

it('a list of more elements than any list has is not read to its end', () => {
  const many = new Uint8Array(4_000_002).fill(0)
  for (let at = 0; at < many.length; at += 2) many[at] = 5
  const header = Uint8Array.of(0x30, 0x83, many.length >> 16, (many.length >> 8) & 255, many.length & 255)
  const bytes = new Uint8Array(header.length + many.length)
  bytes.set(header)
  bytes.set(many, header.length)
  expect(() => children(readElement(bytes))).toThrow(DerFault)
  expect(children(readElement(Uint8Array.of(0x30, 4, 5, 0, 5, 0)))).toHaveLength(2)
})

describe('the fields of a sequence', () => {
  it('are taken in order, and none may be left over', () => {
    const fields = new FieldReader(element('3005 020105 0500'))
    expect(fields.optional(TAG.oid)).toBeNull()
    expect(readCount(fields.take(TAG.integer))).toBe(5)
    expect(() => fields.end()).toThrow(DerFault)
    expect(fields.any().tag).toBe(TAG.null)
    fields.end()
    expect(() => fields.any()).toThrow(DerFault)
    expect(fields.optional(TAG.null)).toBeNull()
  })

  it('are refused with another tag', () => {
    expect(() => new FieldReader(element('3102 0500'))).toThrow(DerFault)
    expect(() => new FieldReader(element('3002 0500')).take(TAG.oid)).toThrow(DerFault)
  })
})

describe('values', () => {
  it('booleans have two forms', () => {
    expect([read('0101ff', readBoolean), read('010100', readBoolean)]).toEqual([true, false])
    expect([read('010101', readBoolean), read('0100', readBoolean), read('0102ffff', readBoolean)]).toEqual([
      null,
      null,
      null,
    ])
  })

  it.each([
    ['020100', '0'],
    ['02010f', 'f'],
    ['020200ff', 'ff'],
    ['0201ff', '-1'],
    ['02020100', '100'],
    ['0202ff7f', '-81'],
    ['020180', '-80'],
  ])('the integer %s is %s', (bytes, expected) => {
    expect(read(bytes, readIntegerHex)).toBe(expected)
  })

  it.each(['0200', '0202007f', '0202ff80'])('the integer %s is refused: it could be shorter', (bytes) => {
    expect(read(bytes, readIntegerHex)).toBeNull()
  })

  it('counts are not negative, and beyond 2³¹ all the same', () => {
    expect(read('02017f', readCount)).toBe(127)
    expect(read('0201ff', readCount)).toBeNull()
    expect(read('020500ffffffff', readCount)).toBe(2 ** 31)
    expect(read('0206010000000000', readCount)).toBe(2 ** 31)
  })

  it.each([
    ['0603550403', '2.5.4.3'],
    ['06092a864886f70d01010b', '1.2.840.113549.1.1.11'],
    ['060127', '0.39'],
    ['0602883f', '2.1007'],
  ])('the identifier %s is %s', (bytes, expected) => {
    expect(read(bytes, readOid)).toBe(expected)
  })

  it.each([
    ['empty', '0600'],
    ['cut off', '06025588'],
    ['with a padded arc', '0603558001'],
    ['longer than any in use', '068181' + '01'.repeat(129)],
  ])('an identifier is refused when it is %s', (_what, bytes) => {
    expect(read(bytes, readOid)).toBeNull()
  })

  it('bit strings of keys and signatures have whole bytes', () => {
    expect(read('030300cafe', readBitStringBytes)).toEqual(hex('cafe'))
    expect([read('030201fe', readBitStringBytes), read('0300', readBitStringBytes)]).toEqual([null, null])
  })

  it('named bits are counted from the left, and unused ones are zero', () => {
    expect([...(read('03020106', readNamedBits) ?? [])]).toEqual([5, 6])
    expect([...(read('0303070080', readNamedBits) ?? [])]).toEqual([8])
    expect(read('030100', readNamedBits)?.size).toBe(0)
  })

  it.each(['0300', '030101', '03020801', '03020101', '030a00' + '00'.repeat(9)])(
    'named bits %s are refused',
    (bytes) => {
      expect(read(bytes, readNamedBits)).toBeNull()
    },
  )
})

describe('times', () => {
  const utc = (value: string) => orNull(() => readTime(text(TAG.utcTime, value)))
  const generalized = (value: string) => orNull(() => readTime(text(TAG.generalizedTime, value)))

  it('of two digits lie between 1950 and 2049', () => {
    expect(utc('491231235959Z')).toBe(Date.UTC(2049, 11, 31, 23, 59, 59))
    expect(utc('500101000000Z')).toBe(Date.UTC(1950, 0, 1))
  })

  it('of four digits reach everywhere', () => {
    expect(generalized('99991231235959Z')).toBe(253402300799000)
    expect(generalized('00500101000000Z')).toBe(Date.parse('0050-01-01T00:00:00Z'))
  })

  it.each([
    '2606010000Z',
    '260601000000',
    '260601000000+0700',
    '260231000000Z',
    '261301000000Z',
    '260601240000Z',
    '260601006000Z',
    '260601000060Z',
  ])('the time %s is none', (value) => {
    expect(utc(value)).toBeNull()
  })

  it('have no fractions and no other tags', () => {
    expect(generalized('20260601000000.5Z')).toBeNull()
    expect(orNull(() => readTime(text(TAG.ia5String, '260601000000Z')))).toBeNull()
  })
})

it('only faults of DER become null: mistakes of ours are seen', () => {
  expect(() =>
    orNull(() => {
      throw new TypeError('ours')
    }),
  ).toThrow(TypeError)
})
