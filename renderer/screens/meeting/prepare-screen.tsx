// Preparing a meeting: one column from the frame to the publication; everything a draft holds is saved as it is typed.
import { useTranslation } from 'react-i18next'
import { organises } from './logic/standing.ts'
import type { MeetingBoard } from '../../../shared/meeting/view.ts'
import { useMe, useMeeting, useNow } from '../../client/hooks.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { MeetingPill } from '../../components/meeting-pill.tsx'
import { PageBody } from '../../components/page-body.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { useGoTo } from './parts/places.ts'
import { AgendaSection } from './prepare/agenda-section.tsx'
import { ChangeReason } from './prepare/change-reason.tsx'
import { FrameSection } from './prepare/frame-section.tsx'
import { NewMeeting } from './prepare/new-meeting.tsx'
import { PeopleSection } from './prepare/people-section.tsx'
import { PrepareActions } from './prepare/prepare-actions.tsx'
import { ReviewSection } from './prepare/review-section.tsx'
import { SavedLine } from './prepare/saved-line.tsx'
import { PublishedNote, Section } from './prepare/section.tsx'
import { useCandidates } from './prepare/use-candidates.ts'
import { usePaperUploads } from './prepare/use-paper-uploads.ts'
import { useSaved } from './prepare/use-saved.ts'

/** @param props.meetingId null for a new meeting */
export function PrepareScreen({ meetingId }: { readonly meetingId: string | null }) {
  const { t } = useTranslation('prepare')
  const goTo = useGoTo()
  if (meetingId !== null) return <ExistingMeeting meetingId={meetingId} />
  return (
    <>
      <PageHeader title={t('new.title')} lead={t('new.lead')} backTo="/meetings" />
      <PageBody width="text">
        <Section id="frame" title={t('sections.frame')}>
          <NewMeeting onCreated={(id) => void goTo.created(id)} />
        </Section>
      </PageBody>
    </>
  )
}

function ExistingMeeting({ meetingId }: { readonly meetingId: string }) {
  const { t } = useTranslation('prepare')
  const board = useMeeting(meetingId)
  const me = useMe()
  if (board === null) return <PageHeader title={t('loading')} backTo="/meetings" />
  const { title, status } = board.meeting
  const organiser = organises(board.meeting, me.personId)
  if (!organiser || status === 'closed' || status === 'cancelled') {
    const why = organiser ? t('over.text') : t('notOrganiser.text')
    return (
      <>
        <PageHeader title={title} lead={<MeetingPill status={status} />} backTo={`/meetings/${meetingId}`} />
        <EmptyState title={organiser ? t('over.title') : t('notOrganiser.title')} text={why} />
      </>
    )
  }
  return (
    <ChangeReason published={status !== 'draft'}>
      <Preparation board={board} />
    </ChangeReason>
  )
}

function Preparation({ board }: { readonly board: MeetingBoard }) {
  const { t } = useTranslation('prepare')
  const [saved, follow] = useSaved()
  const now = useNow(60_000)
  const candidates = useCandidates(new Date(now).toISOString())
  const uploads = usePaperUploads(board.meeting.id)
  const { id, title, status } = board.meeting
  if (candidates === null) return <PageHeader title={title} backTo="/meetings" />
  return (
    <>
      <PageHeader
        title={title}
        lead={
          <>
            <MeetingPill status={status} /> <SavedLine saved={saved} />
          </>
        }
        backTo={status === 'draft' ? '/meetings' : `/meetings/${id}`}
        actions={<PrepareActions meetingId={id} status={status} />}
      />
      <PageBody width="text">
        {status !== 'draft' && <PublishedNote />}
        <Section id="frame" title={t('sections.frame')}>
          <FrameSection head={board.meeting} candidates={candidates} follow={follow} />
        </Section>
        <Section id="agenda" title={t('sections.agenda')} help={t('sections.agendaHelp')}>
          <AgendaSection board={board} uploads={uploads} />
        </Section>
        <Section id="people" title={t('sections.people')}>
          <PeopleSection board={board} candidates={candidates} />
        </Section>
        <Section id="review" title={t('sections.review')}>
          <ReviewSection board={board} />
        </Section>
      </PageBody>
    </>
  )
}
