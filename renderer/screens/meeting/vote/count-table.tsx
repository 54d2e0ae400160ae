// The counts: members, present, issued, collected, then each option with its share of all and of those present.
import { useTranslation } from 'react-i18next'
import type { Choice, Counts } from '../../../../shared/meeting/rules.ts'
import { share, type Share } from '../logic/shares.ts'
import classes from './vote-result.module.css'

const ORDER: readonly Choice[] = ['for', 'against', 'abstain']

export function CountTable({ counts }: { readonly counts: Counts }) {
  const { t } = useTranslation('vote')
  const { members, present, issued, collected } = counts
  const notVoted = members - collected
  return (
    <>
      <dl className={classes.totals}>
        {(['members', 'present', 'issued', 'collected'] as const).map((name) => (
          <div key={name}>
            <dt>{t(`totals.${name}`)}</dt>
            <dd>{counts[name]}</dd>
          </div>
        ))}
      </dl>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('table.answer')}</th>
            <th scope="col">{t('table.count')}</th>
            <th scope="col">{t('table.ofMembers', { members })}</th>
            <th scope="col">{t('table.ofPresent', { present })}</th>
          </tr>
        </thead>
        <tbody>
          {ORDER.map((choice) => (
            <tr key={choice}>
              <th scope="row">{t(`choice.${choice}`)}</th>
              <td>{counts.choices[choice]}</td>
              <ShareCell of={share(counts.choices[choice], members)} />
              <ShareCell of={share(counts.choices[choice], present)} />
            </tr>
          ))}
          <tr>
            <th scope="row">{t('table.notVoted')}</th>
            <td>{notVoted}</td>
            <ShareCell of={share(notVoted, members)} />
            <td title={t('table.notVotedPresent')}>
              {issued - collected >= 0 ? <ShareText of={share(issued - collected, present)} /> : null}
            </td>
          </tr>
        </tbody>
      </table>
    </>
  )
}

function ShareCell({ of }: { readonly of: Share }) {
  return (
    <td>
      <ShareText of={of} />
    </td>
  )
}

function ShareText({ of }: { readonly of: Share }) {
  return <>{of.percent === null ? '–' : `${of.fraction} = ${of.percent}`}</>
}
