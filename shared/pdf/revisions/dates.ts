// Dates of PDF as ISO 8601 (ISO 32000-1, 7.9.4): what a signer claims, so it is shown as written and never guessed at.

const DATE =
  /^D:(\d{4})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2}))?)?)?)?)?(Z|[+-])?(?:(\d{2})'?(?:(\d{2})'?)?)?$/

/**
 * `D:20261122192310+07'00'` → `2026-11-22T19:23:10+07:00`; the last apostrophe may be missing (ISO 32000-2), or both, as some write.
 * @returns null for what is no date, such as the 30th of February; without a zone where none is given
 */
export function isoDate(text: string): string | null {
  const match = DATE.exec(text.trim())
  if (match === null) return null
  const [
    ,
    year = '',
    month = '01',
    day = '01',
    hour = '00',
    minute = '00',
    second = '00',
    sign,
    zoneHour,
    zoneMinute = '00',
  ] = match
  const date = `${year}-${month}-${day}`
  if (!isDay(Number(year), Number(month), Number(day)) || hour > '23' || minute > '59' || second > '59') return null
  const time = `${date}T${hour}:${minute}:${second}`
  if (sign === undefined) return zoneHour === undefined ? time : null
  if (sign === 'Z') return (zoneHour ?? '00') === '00' && zoneMinute === '00' ? `${time}Z` : null
  if (zoneHour === undefined || zoneHour > '23' || zoneMinute > '59') return null
  return `${time}${sign}${zoneHour}:${zoneMinute}`
}

function isDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return day <= ([31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0)
}
