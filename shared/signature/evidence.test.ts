// Evidence from a store: what can be read of it, each piece once, and never an exception.
import { expect, test } from 'vitest'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { readRevisions } from '../pdf/revisions/revisions.ts'
import { mergeEvidence, NO_EVIDENCE, parseEvidence, securityStore } from './evidence.ts'

const junk = Uint8Array.of(1, 2, 3)

function storeOf(catalog: string, ...more: readonly string[]) {
  const objects = [`<</Type/Catalog/Pages 2 0 R${catalog}>>`, '<</Type/Pages/Kids[]/Count 0>>', ...more]
  let text = '%PDF-1.7\n'
  const entries = objects.map((object, i) => {
    const at = text.length
    text += `${i + 1} 0 obj\n${object}\nendobj\n`
    return `${String(at).padStart(10, '0')} 00000 n \n`
  })
  const size = objects.length + 1
  text += `xref\n0 ${size}\n0000000000 65535 f \n${entries.join('')}trailer\n<</Size ${size}/Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF\n`
  const [revision] = readRevisions(utf8ToBytes(text)).revisions
  if (revision === undefined) throw new Error('no revision')
  return securityStore(revision.file, revision.trailer)
}

test('what cannot be read is left out', () => {
  expect(parseEvidence({ certificates: [junk], crls: [junk], ocsps: [junk] })).toEqual(NO_EVIDENCE)
})

test('nothing merged is nothing', () => {
  expect(mergeEvidence()).toEqual(NO_EVIDENCE)
  expect(mergeEvidence(NO_EVIDENCE, NO_EVIDENCE)).toEqual(NO_EVIDENCE)
})

test.each([
  ['no store', '', []],
  ['a store that is no dictionary', '/DSS 7', []],
  ['a store without lists', '/DSS<<>>', []],
  ['lists that are none', '/DSS<</Certs 1/CRLs(x)/OCSPs null>>', []],
  ['lists of other things', '/DSS<</Certs[1 null 2 0 R]>>', []],
  ['streams that hold nothing readable', '/DSS<</Certs[3 0 R]>>', ['<</Length 3>>\nstream\nabc\nendstream']],
  [
    'a stream that cannot be unpacked',
    '/DSS<</Certs[3 0 R]>>',
    ['<</Length 3/Filter/FlateDecode>>\nstream\nabc\nendstream'],
  ],
])('%s is an empty one', (_, catalog, more) => {
  expect(storeOf(catalog, ...more)).toEqual(NO_EVIDENCE)
})
