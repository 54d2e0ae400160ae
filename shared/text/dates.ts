// Dates, times, numbers and durations as Vietnamese offices write them, always in Vietnam's time, whatever the device is set to.

/** Asia/Ho_Chi_Minh: UTC+7 without summer time since 13 June 1975 (IANA tz), so that no time zone table is needed. */
const OFFSET_MS = 7 * 60 * 60 * 1000

const DATE_ONLY = /^(\d{4})-(\d{2})-(\d{2})$/

/** The calendar of one moment in Vietnam; `month` from 1. */
type Moment = {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly weekday: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

/** `05/03/2020`. @param iso a moment in ISO 8601, or a bare date `2020-03-05`, which has no zone; empty text when it is neither */
export function formatDate(iso: string): string {
  const at = momentOf(iso)
  return at === null ? '' : `${two(at.day)}/${two(at.month)}/${four(at.year)}`
}

/** `09:41`; empty text when `iso` is no moment. */
export function formatTime(iso: string): string {
  const at = momentOf(iso)
  return at === null ? '' : `${two(at.hour)}:${two(at.minute)}`
}

/** `09:41:07`, for what was recorded to the second, such as a ballot. */
export function formatTimeWithSeconds(iso: string): string {
  const at = momentOf(iso)
  return at === null ? '' : `${two(at.hour)}:${two(at.minute)}:${two(at.second)}`
}

/** `09:41, 05/03/2020`. */
export function formatDateTime(iso: string): string {
  return momentOf(iso) === null ? '' : `${formatTime(iso)}, ${formatDate(iso)}`
}

/** The day of the week in Vietnam, 0 for Sunday, whose name the screens know; null when `iso` is no moment. */
export function weekdayOf(iso: string): number | null {
  return momentOf(iso)?.weekday ?? null
}

/**
 * `ngày 05 tháng 3 năm 2020`, as on official documents: days below 10 and the months 1 and 2 take a leading zero
 * (Decree 30/2020/NĐ-CP, annex I, part II, section I, point 4).
 */
export function formatOfficialDate(iso: string): string {
  const at = momentOf(iso)
  if (at === null) return ''
  return `ngày ${two(at.day)} tháng ${at.month <= 2 ? two(at.month) : String(at.month)} năm ${at.year}`
}

/** `2020-03-05`: the day in Vietnam to which a moment belongs, for grouping and comparing; empty text when there is none. */
export function localDay(iso: string): string {
  const at = momentOf(iso)
  return at === null ? '' : `${four(at.year)}-${two(at.month)}-${two(at.day)}`
}

/** `1.805`, `-12.345,67`: full stops for thousands, a comma for decimals. @param digits decimals to round to */
export function formatNumber(value: number, digits = 0): string {
  if (!Number.isFinite(value)) return ''
  const [whole = '', decimals] = Math.abs(value).toFixed(digits).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '.')
  const text = decimals === undefined ? grouped : `${grouped},${decimals}`
  return value < 0 && /[1-9]/.test(text) ? `-${text}` : text
}

/** `07:20`, from an hour on `1:07:20`; what is negative counts as nothing left. @param seconds fractions are cut off */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return ''
  const whole = Math.max(0, Math.floor(seconds))
  const hours = Math.floor(whole / 3600)
  const rest = `${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`
  return hours === 0 ? rest : `${hours}:${rest}`
}

/** `+3'` over the plan, `-2'` under it, `0'` on time: whole minutes, rounded towards the plan. */
export function formatMinutesOver(seconds: number): string {
  if (!Number.isFinite(seconds)) return ''
  const minutes = Math.trunc(seconds / 60)
  return `${minutes > 0 ? '+' : ''}${minutes === 0 ? 0 : minutes}'`
}

function momentOf(iso: string): Moment | null {
  const date = DATE_ONLY.exec(iso)
  const time = date === null ? Date.parse(iso) + OFFSET_MS : Date.parse(`${iso}T00:00:00Z`)
  if (!Number.isFinite(time)) return null
  const local = new Date(time)
  // Date.parse takes 2020-02-30 for the first of March in some engines: a date that does not come back is none.
  if (date !== null && local.toISOString().slice(0, 10) !== iso) return null
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    weekday: local.getUTCDay(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
  }
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

function four(value: number): string {
  return String(value).padStart(4, '0')
}
