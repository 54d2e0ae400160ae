// Section "Xem lại và công bố": what is still missing, and the step that shows the meeting to everyone invited.
import { Button, Group } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { MeetingBoard } from '../../../../shared/meeting/view.ts'
import { useNow } from '../../../client/hooks.ts'
import { askReason, confirmAction } from '../../../components/confirm.ts'
import { warnings, type Warning } from '../logic/review.ts'
import { ChangeList } from '../parts/change-list.tsx'
import { useAct } from '../parts/use-act.ts'
import classes from './prepare.module.css'

export function ReviewSection({ board }: { readonly board: MeetingBoard }) {
  const { t } = useTranslation('prepare')
  const act = useAct()
  const now = useNow(60_000)
  const found = warnings(board, now)
  const { id: meetingId, status } = board.meeting
  const people = Object.keys(board.participants).length
  const empty = found.some(({ kind }) => kind === 'agenda-empty')

  const publish = async () => {
    const consequence = t('review.publishConsequence', { people, papers: Object.keys(board.papers).length })
    const asked = {
      title: t('review.publishTitle'),
      consequence,
      verb: t('review.publish'),
      keep: t('review.keepDraft'),
    }
    if (await confirmAction(asked)) await act('meeting.publish', { meetingId })
  }
  const cancel = async () => {
    const reason = await askReason({
      title: t('review.cancelTitle'),
      consequence: status === 'draft' ? t('review.cancelDraftConsequence') : t('review.cancelConsequence', { people }),
      verb: t('review.cancel'),
      keep: t('review.keepMeeting'),
      danger: true,
    })
    if (reason !== null) await act('meeting.cancel', { meetingId, reason })
  }
  return (
    <>
      {found.length === 0 ? (
        <p className={classes.allGood}>
          <IconCircleCheck size="1.25rem" aria-hidden /> {t('review.complete')}
        </p>
      ) : (
        <ul className={classes.warnings}>
          {found.map((warning) => (
            <li key={`${warning.kind}-${'itemId' in warning ? warning.itemId : ''}`}>
              <IconAlertTriangle size="1.25rem" aria-hidden />
              <WarningWords warning={warning} />
            </li>
          ))}
        </ul>
      )}
      {status !== 'draft' && <ChangeList changes={board.changes} level={3} />}
      <Group mt="lg" gap="sm">
        {status === 'draft' && (
          <Button size="lg" color="cinnamon" disabled={empty} onClick={() => void publish()}>
            {t('review.publish')}
          </Button>
        )}
        {status !== 'open' && (
          <Button size="lg" variant="default" onClick={() => void cancel()}>
            {t('review.cancel')}
          </Button>
        )}
      </Group>
      {status === 'draft' && (
        <p className={classes.help}>{empty ? t('review.needAgenda') : t('review.whoSees', { people })}</p>
      )}
    </>
  )
}

function WarningWords({ warning }: { readonly warning: Warning }) {
  const { t } = useTranslation('prepare')
  switch (warning.kind) {
    case 'item-without-papers':
    case 'item-without-presenter':
    case 'item-without-time':
      return <span>{t(`review.${warning.kind}`, { number: warning.number, title: warning.title })}</span>
    case 'longer-than-planned':
      return <span>{t('review.longer-than-planned', { by: warning.by })}</span>
    case 'agenda-empty':
    case 'no-papers':
    case 'starts-in-past':
      return <span>{t(`review.${warning.kind}`)}</span>
  }
}
