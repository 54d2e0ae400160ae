// The password was changed elsewhere: what is on this device opens with the old one, or is given up.
import { Button, Stack, Text } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from '../../client/provider.tsx'
import type { RefusalCode, Result } from '../../../shared/refusal.ts'
import { confirmAction } from '../../components/confirm.ts'
import { RefusalMessage } from '../../components/refusal.tsx'
import { LoginLayout } from './login-layout.tsx'
import { PasswordField } from './password-field.tsx'

export function SealedScreen({ unsent }: { readonly unsent: number }) {
  const { t } = useTranslation('login')
  const { session } = useClient()
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<RefusalCode | null>(null)
  const run = async (work: () => Promise<Result<null>>) => {
    setBusy(true)
    const result = await work()
    setBusy(false)
    setRefused(result.ok ? null : result.code)
  }
  const giveUp = async () => {
    const lost = unsent > 0 ? ` ${t('sealed.giveUpUnsent', { count: unsent })}` : ''
    const yes = await confirmAction({
      title: t('sealed.giveUpTitle'),
      consequence: t('sealed.giveUpText') + lost,
      verb: t('sealed.giveUpVerb'),
      danger: true,
    })
    if (yes) await run(() => session.giveUpSealed())
  }
  return (
    <LoginLayout title={t('sealed.title')}>
      <Text>
        {t('sealed.text')} {unsent > 0 && t('sealed.unsent', { count: unsent })}
      </Text>
      {refused !== null && <RefusalMessage code={refused} />}
      <form
        onSubmit={(event: SyntheticEvent) => {
          event.preventDefault()
          void run(() => session.openSealed(password))
        }}
      >
        <Stack gap="md">
          <PasswordField
            label={t('sealed.old')}
            autoComplete="off"
            autoFocus
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" size="lg" loading={busy} disabled={password === ''}>
            {t('sealed.submit')}
          </Button>
          <Button variant="subtle" color="danger" disabled={busy} onClick={() => void giveUp()}>
            {t('sealed.giveUp')}
          </Button>
        </Stack>
      </form>
    </LoginLayout>
  )
}
