// The three fields of a new password, with the rule beside them; for the first login and for the settings.
import { Button, Stack } from '@mantine/core'
import { useState, type ReactNode, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { RefusalCode } from '../../../shared/refusal.ts'
import { useClient } from '../../client/provider.tsx'
import { RefusalMessage } from '../../components/refusal.tsx'
import { PasswordField } from './password-field.tsx'
import { passwordFault } from './password-rule.ts'

interface NewPasswordProps {
  readonly username: string
  /** The present password is a temporary one. */
  readonly temporary: boolean
  /** Another way out, beside the button. */
  readonly aside?: ReactNode
  readonly onDone: () => void
}

export function NewPasswordForm({ username, temporary, aside, onDone }: NewPasswordProps) {
  const { t } = useTranslation('login')
  const { t: common } = useTranslation()
  const { session } = useClient()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [again, setAgain] = useState('')
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<RefusalCode | null>(null)
  const faultText = useFaultText()
  const fault = passwordFault(next, current, username)
  const submit = async () => {
    setTried(true)
    if (current === '' || fault !== null || next !== again) return
    setBusy(true)
    const result = await session.changePassword(current, next)
    setBusy(false)
    setRefused(result.ok ? null : result.code)
    if (result.ok) onDone()
  }
  return (
    <form
      noValidate
      onSubmit={(event: SyntheticEvent) => {
        event.preventDefault()
        void submit()
      }}
    >
      <Stack gap="md">
        {refused !== null && <RefusalMessage code={refused} />}
        {/* Lets password managers know whose password this is. */}
        <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
        <PasswordField
          label={temporary ? t('change.currentTemporary') : t('change.current')}
          autoComplete="current-password"
          autoFocus
          value={current}
          error={tried && current === '' && common('required')}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <PasswordField
          label={t('change.next')}
          description={t('change.rule')}
          autoComplete="new-password"
          value={next}
          error={tried && fault !== null && faultText(fault)}
          onChange={(event) => setNext(event.currentTarget.value)}
        />
        <PasswordField
          label={t('change.again')}
          autoComplete="new-password"
          value={again}
          error={tried && fault === null && next !== again && t('change.differ')}
          onChange={(event) => setAgain(event.currentTarget.value)}
        />
        <Button type="submit" size="lg" loading={busy}>
          {temporary ? t('change.submit') : t('change.change')}
        </Button>
        {aside}
      </Stack>
    </form>
  )
}

function useFaultText() {
  const { t } = useTranslation('login')
  return (fault: NonNullable<ReturnType<typeof passwordFault>>) =>
    fault.kind === 'tooShort' ? t('change.tooShort', { count: fault.missing }) : t(`change.${fault.kind}`)
}
