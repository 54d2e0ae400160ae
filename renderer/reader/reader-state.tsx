// What stands in the place of a paper that is being opened, or cannot be: what happened and what to do.
import { Button, Loader } from '@mantine/core'
import { IconFileAlert } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './reader.module.css'
import type { OpenFailure } from './source.ts'
import type { PaperState } from './use-paper.ts'

type ReaderStateProps = {
  readonly state: Exclude<PaperState, { readonly status: 'open' }>
  readonly onRetry: () => void
}

export function ReaderState({ state, onRetry }: ReaderStateProps) {
  const { t } = useTranslation('reader')
  if (state.status === 'loading') {
    return (
      <div className={classes.state} role="status">
        <Loader size="md" aria-hidden="true" />
        <p>{t('loading')}</p>
      </div>
    )
  }
  return (
    <div className={classes.state} role="alert">
      <IconFileAlert size={40} stroke={1.5} aria-hidden="true" />
      <h2>{t(TITLES[state.failure])}</h2>
      <p>{t(ADVICE[state.failure])}</p>
      {state.failure === 'unavailable' && (
        <Button variant="default" onClick={onRetry}>
          {t('retry')}
        </Button>
      )}
    </div>
  )
}

const TITLES = {
  password: 'failure.password.title',
  corrupt: 'failure.corrupt.title',
  unavailable: 'failure.unavailable.title',
} as const satisfies Record<OpenFailure, string>

const ADVICE = {
  password: 'failure.password.advice',
  corrupt: 'failure.corrupt.advice',
  unavailable: 'failure.unavailable.advice',
} as const satisfies Record<OpenFailure, string>
