// The seven papers of decree 30/2020 as a secretary names them before adding them.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const FOLDER = join(import.meta.dirname, '../fixtures/nd30')

const file = (source: string, name: string) => ({
  name: `${name}.pdf`,
  mimeType: 'application/pdf',
  buffer: readFileSync(join(FOLDER, `${source}.pdf`)),
})

/** By place in the agenda, counted from one. */
export const PAPERS = {
  2: [file('phu-luc-1', 'Phụ lục I. Thể thức văn bản'), file('phu-luc-2', 'Phụ lục II. Viết hoa trong văn bản')],
  3: [file('phu-luc-3', 'Phụ lục III. Bảng chữ viết tắt'), file('phu-luc-4', 'Phụ lục IV. Quản lý văn bản')],
  4: [
    file('nghi-dinh-30-2020', 'Nghị định 30-2020-NĐ-CP về công tác văn thư'),
    file('phu-luc-5', 'Phụ lục V. Lập hồ sơ'),
    file('phu-luc-6', 'Phụ lục VI. Hệ thống quản lý tài liệu điện tử'),
  ],
} as const
export const PAPER_COUNT = Object.values(PAPERS).flat().length
