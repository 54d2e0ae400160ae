// Calendar days of the organisation: positions and units hold from a day, until the day they no longer do.

export interface Dated {
  readonly from: string
  /** First day on which it no longer holds; null while nobody ended it. */
  readonly until: string | null
}

/** Days compare as text because they are ISO 8601. */
export function holdsOn(dated: Dated, day: string): boolean {
  return dated.from <= day && (dated.until === null || day < dated.until)
}
