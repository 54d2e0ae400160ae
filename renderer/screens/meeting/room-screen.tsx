// The room of one meeting, by what the meeting is now: an invitation, a session, or a record.
import { Button } from '@mantine/core'
import { IconDeviceDesktop, IconPencil } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { MeetingBoard } from '../../../shared/meeting/view.ts'
import { formatDateTime } from '../../../shared/text/dates.ts'
import { useMeeting, usePaperSet } from '../../client/hooks.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { MeetingPill } from '../../components/meeting-pill.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { openSharedScreen } from './parts/desktop.ts'
import { ChairConsole } from './room/chair-console.tsx'
import { ClosedView } from './room/closed-view.tsx'
import { InvitationView } from './room/invitation-view.tsx'
import classes from './room/room.module.css'
import { SessionView } from './room/session-view.tsx'
import { useStanding } from './room/use-room.ts'

export function RoomScreen({ meetingId }: { readonly meetingId: string }) {
  const { t } = useTranslation('meeting')
  const board = useMeeting(meetingId)
  if (board === null) return <PageHeader title={t('loading')} backTo="/meetings" />
  return <Room board={board} />
}

function Room({ board }: { readonly board: MeetingBoard }) {
  const { t } = useTranslation('meeting')
  const standing = useStanding(board)
  const { id, title, status, startsAt, room } = board.meeting
  const papers = usePaperSet(id)
  return (
    <>
      <PageHeader
        title={title}
        lead={
          <span className={classes.lead}>
            <MeetingPill status={status} />
            <span>{t('whenWhere', { when: formatDateTime(startsAt), room })}</span>
          </span>
        }
        backTo="/meetings"
        actions={
          <>
            {standing.organiser && (status === 'draft' || status === 'published') && (
              <Button
                variant="default"
                leftSection={<IconPencil size="1.125rem" aria-hidden />}
                renderRoot={(props) => <Link to="/meetings/$id/prepare" params={{ id }} {...props} />}
              >
                {t('prepare')}
              </Button>
            )}
            {standing.organiser && status === 'published' && (
              <Button
                variant="default"
                leftSection={<IconDeviceDesktop size="1.125rem" aria-hidden />}
                onClick={() => void openSharedScreen(id)}
              >
                {t('sharedScreen.open')}
              </Button>
            )}
          </>
        }
      />
      <div className={classes.room}>
        <RoomOf board={board} papers={papers} />
      </div>
      {standing.organiser && (status === 'published' || status === 'open') && (
        <ChairConsole board={board} standing={standing} />
      )}
    </>
  )
}

function RoomOf({ board, papers }: { readonly board: MeetingBoard; readonly papers: ReturnType<typeof usePaperSet> }) {
  const { t } = useTranslation('meeting')
  switch (board.meeting.status) {
    case 'draft':
      return <EmptyState title={t('draft.title')} text={t('draft.text')} />
    case 'published':
      return <InvitationView board={board} papers={papers} />
    case 'open':
      return <SessionView board={board} />
    case 'closed':
    case 'cancelled':
      return <ClosedView board={board} />
  }
}
