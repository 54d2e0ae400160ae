// Names that a page proposes stay inside the folder and are taken by every file system.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { safeFileName } from './file-name.ts'

test.each([
  ['Biên bản họp.pdf', 'Biên bản họp.pdf'],
  ['12/QĐ-UBND.pdf', '12_QĐ-UBND.pdf'],
  ['../../etc/passwd', '_.._etc_passwd'],
  ['..\\..\\x.exe', '_.._x.exe'],
  ['con.pdf', '_con.pdf'],
  ['LPT1', '_LPT1'],
  ['a:b|c?.pdf', 'a_b_c_.pdf'],
  ['  .hidden. ', 'hidden'],
  ['\u202egpj.exe', 'gpj.exe'],
  ['a\u0000b\n.pdf', 'ab.pdf'],
  ['...', '_'],
  ['Bie\u0302n ba\u0309n.pdf', 'Biên bản.pdf'],
])('%j becomes %j', (proposed, name) => {
  expect(safeFileName(proposed)).toBe(name)
})

test('a long name is cut between letters and keeps its extension', () => {
  const name = safeFileName(`${'Nghị quyết '.repeat(60)}.pdf`)
  expect(name.endsWith('.pdf')).toBe(true)
  expect(new TextEncoder().encode(name).byteLength).toBeLessThanOrEqual(200)
  expect(name).not.toContain('\ufffd')
})

test('whatever is proposed, the name is one plain word of a path', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (proposed) => {
      const name = safeFileName(proposed)
      expect(name.length).toBeGreaterThan(0)
      expect(new TextEncoder().encode(name).byteLength).toBeLessThanOrEqual(200)
      expect(name).not.toMatch(/[\\/:*?"<>|\0]|^\.|\.$|^\s|\s$/)
    }),
    { seed: 20261122 },
  )
})
