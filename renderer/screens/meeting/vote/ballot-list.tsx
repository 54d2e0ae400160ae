// Who voted what: the vote is open, so the names stand beside the answers once it is closed.
import { useTranslation } from 'react-i18next'
import type { Choice } from '../../../../shared/meeting/rules.ts'
import type { MotionView } from '../../../../shared/meeting/view.ts'
import { usePersonName } from '../../../components/person-name.tsx'
import { byGivenName } from '../logic/attendance.ts'
import classes from './vote-result.module.css'

const GROUPS: readonly (Choice | 'none')[] = ['for', 'against', 'abstain', 'none']

export function BallotList({ motion }: { readonly motion: MotionView }) {
  const { t } = useTranslation('vote')
  const nameOf = usePersonName()
  const { ballots } = motion
  if (ballots === null) return null
  const electors = Object.keys(motion.electors)
  return (
    <section className={classes.who}>
      <h4>{t('who')}</h4>
      <dl>
        {GROUPS.map((group) => {
          const people = electors.filter((id) => (ballots[id]?.choice ?? 'none') === group)
          if (people.length === 0) return null
          return (
            <div key={group}>
              <dt>{group === 'none' ? t('table.notVoted') : t(`choice.${group}`)}</dt>
              <dd>{people.map(nameOf).sort(byGivenName).join(', ')}</dd>
            </div>
          )
        })}
      </dl>
    </section>
  )
}
