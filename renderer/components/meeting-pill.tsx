// The state of a meeting, in the words and the colour it has everywhere.
import { useTranslation } from 'react-i18next'
import type { MeetingStatus } from '../../shared/meeting/state.ts'
import { StatePill, type PillTone } from './state-pill.tsx'

const TONES: Readonly<Record<MeetingStatus, PillTone>> = {
  draft: 'neutral',
  published: 'waiting',
  open: 'live',
  closed: 'done',
  cancelled: 'danger',
}

export function MeetingPill({ status }: { readonly status: MeetingStatus }) {
  const { t } = useTranslation()
  return <StatePill tone={TONES[status]}>{t(`meetingStatus.${status}`)}</StatePill>
}
