// A state as a word on tinted ground, with a shape of its own: never by colour alone.
import type { ReactNode } from 'react'
import classes from './state-pill.module.css'

/** `live`: happening now; `done`: good and finished; `waiting`: not yet; `warning`, `danger`: look here; `neutral`: the rest. */
export type PillTone = 'live' | 'done' | 'waiting' | 'warning' | 'danger' | 'neutral'

const SHAPES: Readonly<Record<PillTone, string>> = {
  live: '●',
  done: '✓',
  waiting: '○',
  warning: '▲',
  danger: '✕',
  neutral: '–',
}

export function StatePill({ tone, children }: { readonly tone: PillTone; readonly children: ReactNode }) {
  return (
    <span className={classes.pill} data-tone={tone}>
      <span aria-hidden="true" className={classes.shape}>
        {SHAPES[tone]}
      </span>
      {children}
    </span>
  )
}
