// The invitation: coming or not, whether the papers are on this device, what changed, and the agenda with its papers to read.
import { useState } from 'react'
import { Progress } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { MeetingBoard } from '../../../../shared/meeting/view.ts'
import type { PaperSetState } from '../../../client/contract.ts'
import { useNow } from '../../../client/hooks.ts'
import { RefusalMessage } from '../../../components/refusal.tsx'
import { PersonName } from '../../../components/person-name.tsx'
import { formatBytes } from '../logic/paper-name.ts'
import { ChangeList } from '../parts/change-list.tsx'
import { AgendaWithPapers } from './agenda-with-papers.tsx'
import { AnswerInvitation } from './answer-invitation.tsx'
import { CheckIn } from './check-in.tsx'
import classes from './invitation.module.css'
import { Reading } from './reading.tsx'
import { useStanding } from './use-room.ts'

const MINUTE = 60_000
/** People sit down in the last hour before a session. */
const CHECK_IN_BEFORE = 60 * MINUTE

interface InvitationViewProps {
  readonly board: MeetingBoard
  readonly papers: PaperSetState
}

export function InvitationView({ board, papers }: InvitationViewProps) {
  const { t } = useTranslation('meeting')
  const standing = useStanding(board)
  const [readingId, setReadingId] = useState<string | null>(null)
  const reading = readingId === null ? undefined : board.papers[readingId]
  const { chairId, secretaryIds, startsAt } = board.meeting
  const near = Date.parse(startsAt) - useNow(MINUTE) < CHECK_IN_BEFORE
  if (reading !== undefined) return <Reading paper={reading} onBack={() => setReadingId(null)} />
  return (
    <div className={classes.view}>
      <div className={classes.aside}>
        <AnswerInvitation board={board} standing={standing} />
        <CheckIn board={board} standing={standing} quiet={!near || standing.participant?.answer === 'none'} />
        <PapersHere papers={papers} />
        <dl className={classes.facts}>
          <dt>{t('facts.chair')}</dt>
          <dd>
            <PersonName id={chairId} />
          </dd>
          <dt>{t('facts.secretaries')}</dt>
          <dd>
            {secretaryIds.map((id) => (
              <span key={id} className={classes.factPerson}>
                <PersonName id={id} />
              </span>
            ))}
          </dd>
        </dl>
        <ChangeList changes={board.changes} level={2} />
      </div>
      <AgendaWithPapers board={board} onRead={setReadingId} />
    </div>
  )
}

function PapersHere({ papers }: { readonly papers: PaperSetState }) {
  const { t } = useTranslation('meeting')
  const { total, here, bytesTotal, bytesHere, complete, problem } = papers
  if (total === 0) return <p className={classes.papersNone}>{t('papersHere.none')}</p>
  return (
    <section className={classes.papersHere} aria-label={t('papersHere.heading')}>
      {complete ? (
        <p className={classes.papersDone}>
          <IconCircleCheck size="1.25rem" aria-hidden /> {t('papersHere.complete', { total })}
        </p>
      ) : (
        <>
          <p>
            {t('papersHere.progress', {
              here,
              total,
              bytes: formatBytes(bytesHere),
              bytesTotal: formatBytes(bytesTotal),
            })}
          </p>
          <Progress value={(bytesHere / Math.max(1, bytesTotal)) * 100} aria-label={t('papersHere.heading')} />
        </>
      )}
      {problem !== null && <RefusalMessage code={problem} />}
    </section>
  )
}
