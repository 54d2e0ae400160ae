// From the preparation to the meeting itself, once people can see it.
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { MeetingStatus } from '../../../../shared/meeting/state.ts'
import { useGoTo } from '../parts/places.ts'

export function PrepareActions({ meetingId, status }: { readonly meetingId: string; readonly status: MeetingStatus }) {
  const { t } = useTranslation('prepare')
  const goTo = useGoTo()
  if (status === 'draft') return null
  return (
    <Button variant="default" onClick={() => void goTo.room(meetingId)}>
      {t('toRoom')}
    </Button>
  )
}
