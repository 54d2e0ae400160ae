// Names out of distinguished names.
import { expect, it } from 'vitest'
import { nameIn } from './name-in.ts'

it.each([
  ['CN=Nguyễn Văn Ưởng, O=UBND xã Trà My, C=VN', 'Nguyễn Văn Ưởng'],
  ['C=VN, O=UBND xã Trà My, CN=Nguyễn Văn Ưởng', 'Nguyễn Văn Ưởng'],
  ['CN=UBND xã A\\, huyện B', 'UBND xã A, huyện B'],
  ['O=Không có tên chung', 'O=Không có tên chung'],
])('%s is %s', (subject, name) => {
  expect(nameIn(subject)).toBe(name)
})
