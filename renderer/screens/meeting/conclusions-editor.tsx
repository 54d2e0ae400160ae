// The conclusions: written together and live by who may, read by everyone else, and by all after the closing.
import { useTranslation } from 'react-i18next'
import type { MeetingBoard } from '../../../shared/meeting/view.ts'
import { useConclusions, useLine } from '../../client/hooks.ts'
import { StatePill, type PillTone } from '../../components/state-pill.tsx'
import classes from './conclusions/conclusions.module.css'
import { RichText } from './conclusions/rich-text.tsx'
import { savedState, type TextSaved } from './conclusions/saved-state.ts'
import { Writers } from './conclusions/writers.tsx'
import { useStanding } from './room/use-room.ts'

const TONES: Readonly<Record<TextSaved, PillTone>> = {
  saved: 'done',
  saving: 'neutral',
  waiting: 'waiting',
  reading: 'neutral',
}

export function ConclusionsEditor({ board }: { readonly board: MeetingBoard }) {
  const { t } = useTranslation('meeting')
  const standing = useStanding(board)
  const line = useLine()
  const text = useConclusions(board.meeting.id)
  const { status } = board.meeting
  if (text === null) {
    return (
      <p className={classes.wait} role="status">
        {t('conclusions.loading')}
      </p>
    )
  }
  const open = status === 'open'
  const mayWrite = text.mayWrite && open
  const saved = savedState(text, mayWrite, line.state)
  return (
    <section className={classes.conclusions} aria-labelledby="conclusions-heading">
      <header className={classes.head}>
        <h2 id="conclusions-heading" className={classes.heading}>
          {t('conclusions.heading')}
        </h2>
        <span role="status">
          <StatePill tone={TONES[saved]}>
            {saved === 'reading' && !open ? t('conclusions.final') : t(`conclusions.${saved}`)}
          </StatePill>
        </span>
        {open && standing.organiser && <Writers board={board} />}
      </header>
      <RichText key={text.doc.guid} doc={text.doc} mayWrite={mayWrite} />
    </section>
  )
}
