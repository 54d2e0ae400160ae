// The judgement as a whole: total, the same for whoever asks, and closed where it cannot look.
import { describe, expect, test } from 'vitest'
import { PdfFault } from '../fault.ts'
import { readSignatures } from '../revisions/read-signatures.ts'
import { readRevisions } from '../revisions/revisions.ts'
import { faultCode, needs } from './change.ts'
import {
  baseObjects,
  bytesOf,
  CERTIFIED,
  codesOf,
  reportOn,
  signedFile,
  streamText,
  type Objects,
} from './document.fixture.ts'
import { judgeChanges } from './judge-changes.ts'
import { isLocked } from './permissions.ts'

const BASE = baseObjects()
const text = (number: number): string => BASE[number] ?? ''
const codes = (later: readonly Objects[], base: Objects = {}) => codesOf(reportOn(base, later))

describe('judging', () => {
  test('says nothing of a file that ends with its signature', () => {
    expect(reportOn({}, [])).toEqual({ verdict: 'none', changes: [] })
  })

  test('does not say twice what the whole way shows again', () => {
    const later = [{ 5: streamText('BT ET') }, { 10: text(10).replace('/T(name)', '/T(name)/V(x)') }]
    expect(codes(later)).toEqual(['! content-changed', 'field-filled'])
  })

  test('sees what was changed and put back', () => {
    expect(codes([{ 5: streamText('BT ET') }, { 5: text(5) }])).toEqual(['! content-changed', '! content-changed'])
  })

  test('does not miss a step that an intermediate object hides', () => {
    const filled = (value: string, at: number): Objects => ({
      10: text(10).replace('/T(name)', `/T(name)/V(${value})/AP<</N ${at} 0 R>>`),
      [at]: streamText(`BT /F 9 Tf (${value}) Tj ET`, '/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F 6 0 R>>>>'),
    })
    expect(codes([filled('a', 20), filled('b', 21)])).toEqual(['field-filled', 'field-filled'])
  })

  test('cannot say what came after a signature whose coverage is wrong', () => {
    const pdf = readRevisions(bytesOf(signedFile(BASE, '', [])))
    const signatures = readSignatures(pdf)
    const [first] = signatures
    if (first === undefined) throw new Error('no signature')
    for (const revision of [null, 7])
      expect(codesOf(judgeChanges(pdf, signatures, { ...first, revision }))).toEqual(['! coverage-unknown'])
  })

  test.each<[string, Objects, string]>([
    ['a page tree in a circle', { 2: '<</Type/Pages/Kids[2 0 R]/Count 1>>' }, '! unreadable-object'],
    ['more pages than any paper has', { 2: `<</Type/Pages/Kids[${'<<>>'.repeat(2001)}]/Count 2001>>` }, '! too-large'],
  ])('refuses %s', (_, later, expected) => expect(codes([later])).toContain(expected))

  test('names long-term evidence after P=1, which other readers refuse', () => {
    const later = { 1: text(1).replace('>>', '/DSS<</Certs[20 0 R]>>>>'), 20: streamText('a') }
    expect(codesOf(reportOn({}, [later], CERTIFIED(1)))).toEqual(['dss-extended', 'ltv-after-p1'])
  })
})

describe('what differs', () => {
  test.each<[string, Objects, Objects, string[]]>([
    ['a number written otherwise is the same', { 3: text(3).replace('[0 0 600 800]', '[0.0 0 600. +800]') }, {}, []],
    ['a name written otherwise is the same', { 3: text(3).replace('/MediaBox', '/Media#42ox') }, {}, []],
    ['an entry that is null is absent', { 3: text(3).replace('/Type/Page', '/Type/Page/Rotate null') }, {}, []],
    [
      'a value in an object of its own is the same',
      { 3: text(3).replace('[0 0 600 800]', ' 20 0 R'), 20: '[0 0 600 800]' },
      {},
      [],
    ],
    ['a shorter list is another', { 3: text(3).replace('[0 0 600 800]', '[0 0 600]') }, {}, ['! content-changed']],
    ['a missing font was seen', { 6: null }, {}, ['! font-changed']],
    ['a freed object that nobody sees is no change', { 20: null }, { 20: '17' }, []],
    [
      'another reference to the same number is another',
      { 3: text(3).replace('5 0 R', '5 1 R') },
      {},
      ['! content-changed'],
    ],
    ['a page that becomes a list', { 3: '[]' }, {}, ['! page-changed']],
    [
      'a changed string',
      { 2: text(2).replace('/Count 1', '/Count 1/X(b)') },
      { 2: text(2).replace('/Count 1', '/Count 1/X(a)') },
      ['! pages-changed'],
    ],
  ])('%s', (_, later, base, expected) => {
    const found = codes([later], base)
    if (expected.length === 0) expect(found.filter((code) => code.startsWith('!'))).toEqual([])
    else expect(found).toEqual(expect.arrayContaining(expected))
  })
})

describe('locks', () => {
  test.each([
    ['All', ['other'], 'a', true],
    ['Include', ['a'], 'a', true],
    ['Include', ['a'], 'a.b', true],
    ['Include', ['a'], 'ab', false],
    ['Include', ['a.b'], 'a', false],
    ['Exclude', ['a'], 'a.b', false],
    ['Exclude', ['a'], 'ab', true],
  ] as const)('%s %j holds %s: %s', (action, fields, name, locked) => {
    expect(isLocked(name, { action, fields })).toBe(locked)
  })
})

test('codes need what their lists say, and faults are changes', () => {
  expect([needs('dss-extended'), needs('field-filled'), needs('annotation-added'), needs('structure')]).toEqual([
    'always',
    'form',
    'annotation',
    'never',
  ])
  expect([new PdfFault('paper-too-large', ''), new PdfFault('paper-truncated', '')].map(faultCode)).toEqual([
    'too-large',
    'unreadable-object',
  ])
})
