// The accounts of the sample commune, for a first look and for tests. A hub that was founded otherwise knows none of them.

export interface SampleAccount {
  readonly username: string
  readonly password: string
  readonly name: string
  readonly duty: string
}

/** One password for the whole sample, long enough for the hub's rule; a real hub gives each person a temporary one. */
export const SAMPLE_PASSWORD = 'tramy-2026-mau'

const account = (username: string, name: string, duty: string): SampleAccount => ({
  username,
  password: SAMPLE_PASSWORD,
  name,
  duty,
})

export const SAMPLE_ACCOUNTS: readonly SampleAccount[] = [
  account('chutich', 'Nguyễn Hồng Vương', 'Chủ tịch UBND xã (chủ trì)'),
  account('phochutich1', 'Trần Thị Thu Hà', 'Phó Chủ tịch UBND xã'),
  account('phochutich2', 'Hồ Văn Đức', 'Phó Chủ tịch UBND xã'),
  account('thuky', 'Phạm Thị Ngọc Ánh', 'Chánh Văn phòng HĐND và UBND (thư ký)'),
  account('vanthu', 'Lê Thị Kim Oanh', 'Văn thư'),
  account('congan', 'Đinh Quốc Bảo', 'Trưởng Công an xã, Ủy viên UBND'),
  account('quansu', 'Nguyễn Thanh Tùng', 'Chỉ huy trưởng Ban Chỉ huy quân sự, Ủy viên UBND'),
  account('kinhte', 'Võ Minh Trí', 'Trưởng phòng Kinh tế, Ủy viên UBND'),
  account('vanhoa', 'Huỳnh Thị Mỹ Lệ', 'Trưởng phòng Văn hóa - Xã hội, Ủy viên UBND'),
  account('taichinh', 'Bùi Xuân Phúc', 'Ủy viên UBND phụ trách tài chính'),
  account('diachinh', 'Hồ Thị Bích Thủy', 'Ủy viên UBND phụ trách địa chính - xây dựng'),
  account('tuphap', 'Đặng Công Lý', 'Ủy viên UBND phụ trách tư pháp - hộ tịch'),
  account('nongnghiep', 'A Lăng Nhơn', 'Ủy viên UBND phụ trách nông nghiệp - môi trường'),
  account('yte', 'Trịnh Thị Hoài Thương', 'Ủy viên UBND phụ trách y tế'),
  account('giaoduc', 'Nguyễn Hữu Phước', 'Ủy viên UBND phụ trách giáo dục'),
  account('dantoc', 'Zơ Râm Thị Nga', 'Ủy viên UBND phụ trách dân tộc - tôn giáo'),
  account('hanhchinhcong', 'Lương Thế Vinh', 'Giám đốc Trung tâm Phục vụ hành chính công, Ủy viên UBND'),
  account('mattran', 'Phan Thị Tuyết Mai', 'Chủ tịch Ủy ban MTTQ Việt Nam xã (khách mời)'),
  account('truongthon', 'Hồ Văn Liêm', 'Trưởng thôn Đồng Trường (khách mời)'),
  account('quantri', 'Ngô Đức Anh', 'Quản trị hệ thống'),
]
