// Changing one's own password, in a dialog.
import { Button, Modal, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../client/hooks.ts'
import { NewPasswordForm } from '../login/new-password-form.tsx'
import { Section } from './section.tsx'

export function PasswordSection() {
  const { t } = useTranslation('settings')
  const { t: common } = useTranslation()
  const { username } = useMe()
  const [open, { open: show, close }] = useDisclosure(false)
  return (
    <Section title={t('password.heading')}>
      <Text>{t('password.text')}</Text>
      <Button variant="default" onClick={show}>
        {t('password.change')}
      </Button>
      <Modal
        opened={open}
        onClose={close}
        title={t('password.change')}
        closeButtonProps={{ 'aria-label': common('close') }}
      >
        <NewPasswordForm
          username={username}
          temporary={false}
          onDone={() => {
            close()
            notifications.show({ message: t('password.done'), color: 'forest' })
          }}
        />
      </Modal>
    </Section>
  )
}
