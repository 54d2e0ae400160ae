// Why the login did not work: wrong, to be tried again later, or no line, each with what to do.
import { Alert } from '@mantine/core'
import { useInterval } from '@mantine/hooks'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RefusalCode } from '../../../shared/refusal.ts'
import { formatDuration } from '../../../shared/text/dates.ts'
import { useRefusalText } from '../../components/refusal.tsx'

export interface Problem {
  readonly code: RefusalCode
  /** The person has been on this device. */
  readonly known: boolean
  /** When it was refused, ms of the device's clock. */
  readonly at: number
  /** How long the hub wants to be left alone; null when it did not say. */
  readonly waitMs: number | null
}

export function LoginProblem({ problem }: { readonly problem: Problem }) {
  const { t } = useTranslation('login')
  const text = useRefusalText(problem.code)
  const words = problem.code === 'hub-unavailable' && !problem.known ? t('neverHere') : text
  return (
    <Alert color="danger" role="alert" icon={<IconAlertTriangle aria-hidden="true" />}>
      {words} {problem.waitMs !== null && <Countdown until={problem.at + problem.waitMs} />}
    </Alert>
  )
}

function Countdown({ until }: { readonly until: number }) {
  const { t } = useTranslation('login')
  const [left, setLeft] = useState(until - Date.now())
  useInterval(() => setLeft(until - Date.now()), 1000, { autoInvoke: true })
  if (left <= 0) return null
  // Not announced every second: a screen reader hears the sentence once.
  return <span aria-live="off">{t('wait', { time: formatDuration(Math.ceil(left / 1000)) })}</span>
}
