// Counts while a vote runs: only where the rule set allows them to be seen.
import { useTranslation } from 'react-i18next'
import type { MotionView } from '../../../../shared/meeting/view.ts'
import { ChoiceBars } from './choice-bars.tsx'

interface RunningCountsProps {
  readonly running: NonNullable<MotionView['running']>
  readonly issued: number
}

export function RunningCounts({ running, issued }: RunningCountsProps) {
  const { t } = useTranslation('vote')
  return (
    <div>
      <h3>{t('running')}</h3>
      <ChoiceBars choices={running} base={issued} />
    </div>
  )
}
