// What was taken away can be put back for a while: a quiet message with one button.
import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { i18n } from '../../../i18n/index.ts'

const OFFERED_MS = 12_000

/** @param message what happened, in a sentence; `undo` puts it back */
export function offerUndo(message: string, undo: () => Promise<unknown>): void {
  const id = crypto.randomUUID()
  notifications.show({
    id,
    autoClose: OFFERED_MS,
    color: 'forest',
    closeButtonProps: { 'aria-label': i18n.t('close', { ns: 'common' }) },
    message: (
      <Group justify="space-between" gap="sm" wrap="nowrap">
        <Text size="sm">{message}</Text>
        <Button
          flex="none"
          variant="subtle"
          onClick={() => {
            notifications.hide(id)
            void undo()
          }}
        >
          {i18n.t('undo', { ns: 'prepare' })}
        </Button>
      </Group>
    ),
  })
}
