// The time of a signature as it is drawn and as it is written: always with Vietnam's zone, which has no summer time.

const ZONE_HOURS = 7
const HOUR_MS = 3_600_000
/** What a four-digit year can say. */
const FIRST_MS = Date.UTC(0, 0, 1)
const LAST_MS = Date.UTC(9999, 11, 31)

/** ISO 8601 as Decree 30/2020, annex I, wants it shown: `2026-11-22T19:23:10+07:00`. @param time in ms since 1970 */
export function vietnamTime(time: number): string {
  return `${new Date(time + ZONE_HOURS * HOUR_MS).toISOString().slice(0, 19)}+07:00`
}

/** A date of PDF (ISO 32000-1, 7.9.4): `D:20261122192310+07'00'`. */
export function pdfDate(time: number): string {
  return `D:${vietnamTime(time).slice(0, 19).replace(/\D/g, '')}+07'00'`
}

/** Whether a time can be written at all. */
export function isWritableTime(time: number): boolean {
  return Number.isInteger(time) && time >= FIRST_MS && time <= LAST_MS
}
