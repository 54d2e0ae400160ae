// The calendar day in Vietnam now, as the acts on the organisation want it.
import { localDay } from '../../../shared/text/dates.ts'
import { useNow } from '../../client/hooks.ts'

const MINUTE_MS = 60_000

/** `YYYY-MM-DD`, by the hub's clock. */
export function useToday(): string {
  return localDay(new Date(useNow(MINUTE_MS)).toISOString())
}
