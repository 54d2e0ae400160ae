// Moments and days as LOOK.md writes them, always in Vietnam's time, with the machine-readable moment beside.
import { useTranslation } from 'react-i18next'
import {
  formatDate,
  formatDateTime,
  formatTime,
  formatTimeWithSeconds,
  localDay,
  weekdayOf,
} from '../../shared/text/dates.ts'

export type TimeStyle =
  /** 09:41 */
  | 'time'
  /** 09:41:07 */
  | 'seconds'
  /** 05/03/2020 */
  | 'date'
  /** 09:41, 05/03/2020 */
  | 'full'

const FORMATS: Readonly<Record<TimeStyle, (iso: string) => string>> = {
  time: formatTime,
  seconds: formatTimeWithSeconds,
  date: formatDate,
  full: formatDateTime,
}

/** @param props.at UTC ISO 8601, or a bare date for style `date` */
export function FormattedTime({ at, as = 'full' }: { readonly at: string; readonly as?: TimeStyle }) {
  return (
    <time dateTime={at} title={formatDateTime(at)}>
      {FORMATS[as](at)}
    </time>
  )
}

const DAY_MS = 86_400_000
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

/** "Hôm nay, thứ Năm 05/03/2020". @returns a function of the moment and of now, both ISO 8601 or ms */
export function useDayName(): (at: string, now: number) => string {
  const { t } = useTranslation()
  return (at, now) => {
    const weekday = WEEKDAYS[weekdayOf(at) ?? 0] ?? 'sun'
    const full = `${t(`weekday.${weekday}`)} ${formatDate(at)}`
    const day = localDay(at)
    const dayAt = (offset: number) => localDay(new Date(now + offset * DAY_MS).toISOString())
    if (day === dayAt(0)) return t('dayWithName', { name: t('today'), full })
    if (day === dayAt(1)) return t('dayWithName', { name: t('tomorrow'), full })
    if (day === dayAt(-1)) return t('dayWithName', { name: t('yesterday'), full })
    return full.charAt(0).toUpperCase() + full.slice(1)
  }
}
