// The fields of an outgoing paper: one name for everyone who writes, signs, judges or shows them.

/** Names that stand in the file; other programs of Vietnamese offices show them in their lists. */
export const OUTGOING_FIELDS = {
  number: 'so_ky_hieu',
  date: 'ngay_thang',
  leader: 'ky_lanh_dao',
  seal: 'ky_co_quan',
  archive: 'dau_thoi_gian',
} as const
