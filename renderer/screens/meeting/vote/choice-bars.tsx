// The options as bars: a word, a shape and a number on each, so that colour is never the only sign.
import { useTranslation } from 'react-i18next'
import type { Choice } from '../../../../shared/meeting/rules.ts'
import { barWidth } from '../logic/shares.ts'
import classes from './choice-bars.module.css'

/** Tick, cross, dash: told apart without colour and from ten metres. */
const SHAPES: Readonly<Record<Choice, string>> = { for: '✓', against: '✕', abstain: '–' }
const ORDER: readonly Choice[] = ['for', 'against', 'abstain']

interface ChoiceBarsProps {
  readonly choices: Readonly<Record<Choice, number>>
  /** What a full bar stands for. */
  readonly base: number
}

export function ChoiceBars({ choices, base }: ChoiceBarsProps) {
  const { t } = useTranslation('vote')
  return (
    <ul className={classes.bars}>
      {ORDER.map((choice) => (
        <li key={choice} className={classes.bar} data-choice={choice}>
          <span className={classes.shape} aria-hidden>
            {SHAPES[choice]}
          </span>
          <span>{t(`choice.${choice}`)}</span>
          <strong className={classes.count}>{choices[choice]}</strong>
          <span className={classes.track} aria-hidden>
            <span className={classes.fill} style={{ width: `${barWidth(choices[choice], base)}%` }} />
          </span>
        </li>
      ))}
    </ul>
  )
}
