// The printed set: every page of every paper, each paper on a new sheet.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { admitPdf } from './admission.ts'
import { bundlePapers } from './bundle.ts'

const paper = (name: string) => ({
  name,
  bytes: new Uint8Array(readFileSync(join(import.meta.dirname, `../../tests/fixtures/nd30/${name}.pdf`))),
})

it('joins papers in order, each beginning on an odd page, into a file that the hub itself would admit', async () => {
  const made = await bundlePapers('Phiên họp tháng 11', [
    paper('phu-luc-1'),
    paper('phu-luc-2'),
    paper('phu-luc-5'),
    paper('phu-luc-6'),
  ])
  const admitted = made.ok ? await admitPdf(made.value) : made
  // 17 pages and a blank one, 4, 5 and a blank one, 8.
  expect(admitted).toEqual({ ok: true, value: { pages: 36, title: 'Phiên họp tháng 11' } })
})

it('a paper that cannot be read is named by its code, and no half file comes out', async () => {
  expect(await bundlePapers('x', [paper('phu-luc-2'), { name: 'hỏng', bytes: new Uint8Array([1, 2, 3]) }])).toEqual({
    ok: false,
    code: 'paper-truncated',
  })
})
