// Shows a temporary password once, to copy or to print as a slip; nothing of it is kept.
import { Button, CopyButton, Group, Modal, Stack, Text, Title } from '@mantine/core'
import { IconCopy, IconPrinter } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Facts } from './facts.tsx'
import classes from './temporary-password.module.css'

interface TemporaryPasswordProps {
  readonly personName: string
  readonly username: string
  readonly password: string
  readonly onClose: () => void
}

/** Prints the slip alone: the style sheet hides the page while the mark stands. */
function printSlip(): void {
  document.body.dataset['printing'] = 'slip'
  window.addEventListener('afterprint', () => delete document.body.dataset['printing'], { once: true })
  window.print()
}

export function TemporaryPassword({ personName, username, password, onClose }: TemporaryPasswordProps) {
  const { t } = useTranslation('admin')
  const { t: common } = useTranslation()
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('temporary.title', { name: personName })}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <Stack gap="md">
        <Text>{t('temporary.text')}</Text>
        <div className={classes.slip}>
          <Title order={3} className={classes.onPaper ?? ''}>
            {t('temporary.slip')}
          </Title>
          <Text className={classes.onPaper ?? ''}>{personName}</Text>
          <Facts facts={[[t('temporary.username'), username]]} />
          <Text c="dimmed" size="sm">
            {t('temporary.password')}
          </Text>
          <output className={classes.password}>{password}</output>
          <Text className={classes.onPaper ?? ''}>{t('temporary.slipText')}</Text>
        </div>
        <Group gap="sm">
          <CopyButton value={password}>
            {({ copied, copy }) => (
              <Button variant="default" leftSection={<IconCopy size="1.25rem" aria-hidden="true" />} onClick={copy}>
                {copied ? common('copied') : t('temporary.copy')}
              </Button>
            )}
          </CopyButton>
          <Button variant="default" leftSection={<IconPrinter size="1.25rem" aria-hidden="true" />} onClick={printSlip}>
            {t('temporary.print')}
          </Button>
        </Group>
        <Group justify="flex-end">
          <Button onClick={onClose}>{t('temporary.done')}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
