// The roll: who is here, who answered what, whose papers are loaded; who leads marks for others (điểm danh hộ).
import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { PRESENCES } from '../../../../shared/meeting/acts.ts'
import type { MeetingBoard, ParticipantView } from '../../../../shared/meeting/view.ts'
import { formatTime } from '../../../../shared/text/dates.ts'
import { usePersonName } from '../../../components/person-name.tsx'
import { answers, rollOrder } from '../logic/attendance.ts'
import { useAct } from '../parts/use-act.ts'
import classes from './console.module.css'
import { QuorumLine } from './quorum-line.tsx'

export function AttendancePanel({ board }: { readonly board: MeetingBoard }) {
  const { t } = useTranslation(['meeting', 'common'])
  const nameOf = usePersonName()
  const act = useAct()
  const meetingId = board.meeting.id
  const given = answers(board.participants)
  const published = board.meeting.status === 'published'

  const mark = (person: ParticipantView, value: string | null) => {
    const presence = PRESENCES.find((known) => known === value)
    if (presence === undefined || presence === person.presence) return
    void act('meeting.markPresence', { meetingId, personId: person.personId, presence })
  }
  const about = (person: ParticipantView) =>
    [
      t(`common:capacity.${person.capacity}`),
      ...(published ? [t(`common:answer.${person.answer}`)] : []),
      ...(person.presence === 'present' && person.presenceAt !== null
        ? [t('roll.since', { time: formatTime(person.presenceAt) })]
        : []),
      ...(person.papersReady === board.meeting.papersFingerprint ? [t('roll.papersReady')] : []),
    ].join(' · ')
  return (
    <div className={classes.roll}>
      <QuorumLine board={board} />
      {published && <p className={classes.rollSum}>{t('roll.answers', { ...given })}</p>}
      <ul className={classes.rollList}>
        {rollOrder(board.participants, nameOf).map((person) => (
          <li key={person.personId} className={classes.rollRow}>
            <div className={classes.rollWords}>
              <span className={classes.rollName}>{nameOf(person.personId)}</span>
              <span className={classes.rollAbout}>{about(person)}</span>
              {person.answer === 'absent' && person.answerReason !== null && (
                <span className={classes.rollAbout}>{t('roll.absenceReason', { reason: person.answerReason })}</span>
              )}
            </div>
            <Select
              className={classes.rollSelect}
              aria-label={t('roll.mark', { name: nameOf(person.personId) })}
              placeholder={t('common:presence.none')}
              value={person.presence === 'none' ? null : person.presence}
              data={PRESENCES.map((value) => ({ value, label: t(`common:presence.${value}`) }))}
              onChange={(value) => mark(person, value)}
            />
          </li>
        ))}
      </ul>
    </div>
  )
}
