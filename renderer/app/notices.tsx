// What the person must know wherever they are: a wrong clock, a device that cannot save.
import { Alert } from '@mantine/core'
import { IconClockExclamation, IconDatabaseExclamation } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useRefusalText } from '../components/refusal.tsx'
import { useLine, useStorageProblem } from '../client/hooks.ts'
import type { RefusalCode } from '../../shared/refusal.ts'
import { minutesOff } from './clock.ts'
import classes from './notices.module.css'

export function Notices() {
  const problem = useStorageProblem()
  return (
    <>
      <ClockNotice />
      {problem !== null && <StorageNotice code={problem} />}
    </>
  )
}

function ClockNotice() {
  const { t } = useTranslation('shell')
  const { clockOffsetMs } = useLine()
  const off = minutesOff(clockOffsetMs)
  if (off === 0) return null
  return (
    <Alert
      className={classes.notice ?? ''}
      color="cinnamon"
      data-tone="warning"
      icon={<IconClockExclamation aria-hidden="true" />}
      title={t('clock.title')}
      role="status"
    >
      {off > 0 ? t('clock.fast', { count: off }) : t('clock.slow', { count: -off })}
    </Alert>
  )
}

function StorageNotice({ code }: { readonly code: RefusalCode }) {
  const { t } = useTranslation('shell')
  const text = useRefusalText(code)
  return (
    <Alert
      className={classes.notice ?? ''}
      color="danger"
      icon={<IconDatabaseExclamation aria-hidden="true" />}
      title={t('storage.title')}
      role="alert"
    >
      {text}
    </Alert>
  )
}
