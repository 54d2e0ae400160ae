// Between the moments of acts and the pickers of a form, in Vietnam's time on a device of any zone. Formats for reading stand in shared/text.
import { formatTime, localDay } from '../../../../shared/text/dates.ts'

/** Vietnam keeps UTC+7 all year. */
const OFFSET_MS = 7 * 3_600_000

/** Calendar day `YYYY-MM-DD` and wall clock `HH:mm` in Vietnam, as the pickers hold them. */
export function toPicker(moment: string): { readonly day: string; readonly time: string } {
  return { day: localDay(moment), time: formatTime(moment) }
}

/** The moment (UTC ISO 8601) of a day and wall clock in Vietnam; null when either is not complete. */
export function fromPicker(day: string | null, time: string): string | null {
  if (day === null || !/^\d{2}:\d{2}/.test(time)) return null
  const at = Date.parse(`${day.slice(0, 10)}T${time.slice(0, 5)}:00Z`)
  return Number.isNaN(at) ? null : new Date(at - OFFSET_MS).toISOString()
}

/** Reads what people type for a day: `5/3/2026`, `05-03-26`, `5.3.2026`. @returns `YYYY-MM-DD`, or null for no such day */
export function parseDay(text: string): string | null {
  const match = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\s*$/.exec(text)
  if (match === null) return null
  const [day = 0, month = 0, year = 0] = match.slice(1).map(Number)
  const full = year < 100 ? 2000 + year : year
  const date = new Date(Date.UTC(full, month - 1, day))
  const real = date.getUTCFullYear() === full && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return real ? date.toISOString().slice(0, 10) : null
}

/** Half past eight on the next working day after `now` (ms): where most sessions of a committee begin. */
export function suggestedStart(now: number): string {
  const local = new Date(now + OFFSET_MS)
  const start = new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate() + 1, 8, 30))
  while (start.getUTCDay() === 0 || start.getUTCDay() === 6) start.setUTCDate(start.getUTCDate() + 1)
  return new Date(start.getTime() - OFFSET_MS).toISOString()
}
