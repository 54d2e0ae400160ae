// The temporary password must be replaced before anything else.
import { Button, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useClient } from '../../client/provider.tsx'
import { LoginLayout } from './login-layout.tsx'
import { NewPasswordForm } from './new-password-form.tsx'

export function FirstPasswordScreen({ username }: { readonly username: string }) {
  const { t } = useTranslation('login')
  const { session } = useClient()
  return (
    <LoginLayout title={t('change.title')}>
      <Text>{t('change.text')}</Text>
      <NewPasswordForm
        username={username}
        temporary
        // The session's state changes, and another screen stands here.
        onDone={() => undefined}
        aside={
          <Button variant="subtle" onClick={() => void session.logout()}>
            {t('change.logout')}
          </Button>
        }
      />
    </LoginLayout>
  )
}
