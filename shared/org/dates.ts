// Calendar days of the organisation: positions and units hold from a day, until the day they no longer do.

/** Vietnam keeps UTC+7 all year. */
const OFFSET_MS = 7 * 3_600_000

/** The calendar day in Vietnam of a moment (ISO 8601): `YYYY-MM-DD`. */
export function localDay(moment: string): string {
  return new Date(Date.parse(moment) + OFFSET_MS).toISOString().slice(0, 10)
}

export interface Dated {
  readonly from: string
  /** First day on which it no longer holds; null while nobody ended it. */
  readonly until: string | null
}

/** Days compare as text because they are ISO 8601. */
export function holdsOn(dated: Dated, day: string): boolean {
  return dated.from <= day && (dated.until === null || day < dated.until)
}
