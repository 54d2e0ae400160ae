// The sample commune UBND xã Trà My: units, people and positions for a first look, made from one list so that tests can name them.
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { AccountBody, PersonBody, PositionBody, PositionRole, UnitBody } from '../org/acts.ts'
import { SAMPLE_ACCOUNTS } from './accounts.ts'

/** The same id on every machine: a version-4-shaped UUID from a name. */
export function sampleId(name: string): string {
  const hex = bytesToHex(sha256(utf8ToBytes(`tra-my/${name}`)))
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** The two-tier local government began on this day (Law 72/2025/QH15). */
const SINCE = '2025-07-01'

const COMMITTEE = sampleId('unit/ubnd')
const OFFICE = sampleId('unit/van-phong')

export const SAMPLE_COMMITTEE_ID = COMMITTEE

const units: readonly UnitBody[] = [
  { unitId: sampleId('unit/xa'), name: 'Xã Trà My', code: 'TM', kind: 'commune', parentId: null, from: SINCE },
  {
    unitId: COMMITTEE,
    name: 'Ủy ban nhân dân xã Trà My',
    code: 'UBND',
    kind: 'people-committee',
    parentId: sampleId('unit/xa'),
    from: SINCE,
  },
  { unitId: OFFICE, name: 'Văn phòng HĐND và UBND', code: 'VP', kind: 'office', parentId: COMMITTEE, from: SINCE },
  {
    unitId: sampleId('unit/kinh-te'),
    name: 'Phòng Kinh tế',
    code: 'KT',
    kind: 'division',
    parentId: COMMITTEE,
    from: SINCE,
  },
  {
    unitId: sampleId('unit/van-hoa'),
    name: 'Phòng Văn hóa - Xã hội',
    code: 'VHXH',
    kind: 'division',
    parentId: COMMITTEE,
    from: SINCE,
  },
  {
    unitId: sampleId('unit/hcc'),
    name: 'Trung tâm Phục vụ hành chính công',
    code: 'HCC',
    kind: 'division',
    parentId: COMMITTEE,
    from: SINCE,
  },
  {
    unitId: sampleId('unit/mttq'),
    name: 'Ủy ban MTTQ Việt Nam xã Trà My',
    code: 'MTTQ',
    kind: 'other',
    parentId: sampleId('unit/xa'),
    from: SINCE,
  },
]

interface Seat {
  readonly unitId: string
  readonly title: string
  readonly role: PositionRole
}

const member = (title: string): Seat => ({ unitId: COMMITTEE, title, role: 'member' })

const SEATS: Readonly<Record<string, readonly Seat[]>> = {
  chutich: [{ unitId: COMMITTEE, title: 'Chủ tịch UBND xã', role: 'chair' }],
  phochutich1: [{ unitId: COMMITTEE, title: 'Phó Chủ tịch UBND xã', role: 'deputy-chair' }],
  phochutich2: [{ unitId: COMMITTEE, title: 'Phó Chủ tịch UBND xã', role: 'deputy-chair' }],
  thuky: [
    { unitId: COMMITTEE, title: 'Thư ký UBND xã', role: 'secretary' },
    { unitId: OFFICE, title: 'Chánh Văn phòng HĐND và UBND', role: 'specialist' },
  ],
  vanthu: [{ unitId: OFFICE, title: 'Văn thư', role: 'clerk' }],
  congan: [member('Ủy viên UBND, Trưởng Công an xã')],
  quansu: [member('Ủy viên UBND, Chỉ huy trưởng Ban Chỉ huy quân sự xã')],
  kinhte: [
    member('Ủy viên UBND, Trưởng phòng Kinh tế'),
    { unitId: sampleId('unit/kinh-te'), title: 'Trưởng phòng', role: 'specialist' },
  ],
  vanhoa: [
    member('Ủy viên UBND, Trưởng phòng Văn hóa - Xã hội'),
    { unitId: sampleId('unit/van-hoa'), title: 'Trưởng phòng', role: 'specialist' },
  ],
  taichinh: [member('Ủy viên UBND')],
  diachinh: [member('Ủy viên UBND')],
  tuphap: [member('Ủy viên UBND')],
  nongnghiep: [member('Ủy viên UBND')],
  yte: [member('Ủy viên UBND')],
  giaoduc: [member('Ủy viên UBND')],
  dantoc: [member('Ủy viên UBND')],
  hanhchinhcong: [member('Ủy viên UBND'), { unitId: sampleId('unit/hcc'), title: 'Giám đốc', role: 'specialist' }],
  mattran: [{ unitId: sampleId('unit/mttq'), title: 'Chủ tịch Ủy ban MTTQ Việt Nam xã', role: 'guest' }],
  truongthon: [{ unitId: sampleId('unit/xa'), title: 'Trưởng thôn Đồng Trường', role: 'guest' }],
  quantri: [{ unitId: OFFICE, title: 'Quản trị hệ thống', role: 'administrator' }],
}

export function samplePersonId(username: string): string {
  return sampleId(`person/${username}`)
}

const people: readonly PersonBody[] = SAMPLE_ACCOUNTS.map(({ username, name }) => ({
  personId: samplePersonId(username),
  name,
  phone: '',
}))

const positions: readonly PositionBody[] = Object.entries(SEATS).flatMap(([username, seats]) =>
  seats.map((seat, i) => ({
    positionId: sampleId(`position/${username}/${i}`),
    personId: samplePersonId(username),
    ...seat,
    from: SINCE,
  })),
)

const accounts: readonly AccountBody[] = SAMPLE_ACCOUNTS.map(({ username }) => ({
  personId: samplePersonId(username),
  username,
}))

export const SAMPLE_COMMUNE = { units, people, positions, accounts } as const
