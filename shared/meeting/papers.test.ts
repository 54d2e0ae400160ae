// The fingerprint of a paper set: the same for the same files in any order, another one as soon as one file differs.
import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { fileHash } from './meeting.fixture.ts'
import { fingerprintOf } from './papers.ts'

const set = (...files: readonly number[]) =>
  Object.fromEntries(files.map((n, i) => [`paper-${i}`, { sha256: fileHash(n) }]))

it('is the SHA-256 of the sorted hashes, a line each, as an independent implementation says', () => {
  const text = [fileHash(1), fileHash(2), fileHash(30)].join('\n')
  expect(fingerprintOf(set(30, 1, 2))).toBe(createHash('sha256').update(text).digest('hex'))
  expect(fingerprintOf({})).toBe(createHash('sha256').update('').digest('hex'))
})

it('does not depend on the order of the papers, nor on one file standing twice', () => {
  expect(fingerprintOf(set(1, 2, 3))).toBe(fingerprintOf(set(3, 1, 2)))
  expect(fingerprintOf(set(1, 2, 2))).toBe(fingerprintOf(set(1, 2)))
})

it('changes with every file that comes, goes or is another one', () => {
  const prints = [set(), set(1), set(1, 2), set(1, 3), set(2)].map(fingerprintOf)
  expect(new Set(prints).size).toBe(prints.length)
})
