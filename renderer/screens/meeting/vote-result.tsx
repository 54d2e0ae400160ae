// The result of one motion as it must be told: everyone counted, every share exact, the verdict with its arithmetic, and who voted what.
import { Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { ruleSetVersion } from '../../../shared/meeting/rule-sets.ts'
import type { MotionView } from '../../../shared/meeting/view.ts'
import { formatDateTime } from '../../../shared/text/dates.ts'
import { printScreen } from './parts/desktop.ts'
import { BallotList } from './vote/ballot-list.tsx'
import { ChoiceBars } from './vote/choice-bars.tsx'
import { CountTable } from './vote/count-table.tsx'
import { useRuleWords } from './vote/rule-words.ts'
import { VerdictLine } from './vote/verdict-line.tsx'
import { useVerdictWords } from './vote/verdict-words.ts'
import classes from './vote/vote-result.module.css'

interface VoteResultProps {
  readonly motion: MotionView
  /** For the printed page: which meeting this was. */
  readonly meetingTitle: string
}

/** Renders nothing for a motion that is not closed: before the close there is no result. */
export function VoteResult({ motion, meetingTitle }: VoteResultProps) {
  const { t } = useTranslation('vote')
  const [printing, setPrinting] = useState(false)
  // The sheet stands beside the application for as long as the printer looks: nothing of the frame is on it.
  useEffect(() => {
    if (printing) void printScreen().finally(() => setPrinting(false))
  }, [printing])
  if (motion.result === null || motion.closedAt === null) return null
  const headingId = `result-${motion.id}`
  const heading = (id?: string) => (
    <div>
      <h3 {...(id === undefined ? {} : { id })} className={classes.question}>
        {motion.text}
      </h3>
      <p className={classes.closed}>{t('closedAt', { at: formatDateTime(motion.closedAt ?? '') })}</p>
    </div>
  )
  return (
    <article className={classes.result} aria-labelledby={headingId}>
      <header className={classes.head}>
        {heading(headingId)}
        <Button
          className={classes.print ?? ''}
          variant="default"
          leftSection={<IconPrinter size="1.125rem" aria-hidden />}
          onClick={() => setPrinting(true)}
        >
          {t('print')}
        </Button>
      </header>
      <ResultBody motion={motion} />
      {printing &&
        createPortal(
          <div className={classes.sheet}>
            <p className={classes.meeting}>{meetingTitle}</p>
            {heading()}
            <ResultBody motion={motion} />
          </div>,
          document.body,
        )}
    </article>
  )
}

function ResultBody({ motion }: { readonly motion: MotionView }) {
  const { t } = useTranslation('vote')
  const ruleWords = useRuleWords()
  const words = useVerdictWords(motion)
  const rules = ruleSetVersion(motion.ruleSetId, motion.ruleSetVersion)
  if (motion.result === null) return null
  const { counts } = motion.result
  return (
    <>
      <VerdictLine motion={motion} />
      <ChoiceBars choices={counts.choices} base={counts.members} />
      <CountTable counts={counts} />
      {words !== null && rules !== null && (
        <section className={classes.why}>
          <h4>{t('why')}</h4>
          <p className={classes.arithmetic}>{words.arithmetic}</p>
          {words.tie !== null && <p>{words.tie}</p>}
          <p className={classes.rule}>
            {t('ruleLine', { name: ruleWords.name(rules), version: rules.version })} {ruleWords.sentence(rules)}{' '}
            {t('source', { source: rules.source })}
          </p>
        </section>
      )}
      <BallotList motion={motion} />
    </>
  )
}
