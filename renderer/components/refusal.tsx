// A refusal in a sentence: what happened, what is safe, what to do. Never the code alone.
import { Alert } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { RefusalCode } from '../../shared/refusal.ts'
import type { ActOutcome } from '../client/contract.ts'
import { i18n } from '../i18n/index.ts'

/** The sentence for a code, in the language in force. */
export function useRefusalText(code: RefusalCode): string {
  return useTranslation('refusals').t(code)
}

/** The same outside components. */
export function refusalText(code: RefusalCode): string {
  return i18n.t(code, { ns: 'refusals' })
}

export function RefusalMessage({ code }: { readonly code: RefusalCode }) {
  const { t } = useTranslation()
  return (
    <Alert
      color="danger"
      variant="light"
      role="alert"
      icon={<IconAlertTriangle aria-hidden="true" />}
      title={t('refused.title')}
    >
      {useRefusalText(code)}
    </Alert>
  )
}

/** Says what became of an act. @param accepted said when the hub took it; nothing is said when left out, because the screen shows it. @returns true unless it was refused or failed */
export function notifyOutcome(outcome: ActOutcome, accepted?: string): boolean {
  switch (outcome.state) {
    case 'accepted':
      if (accepted !== undefined) notifications.show({ message: accepted, color: 'forest' })
      return true
    case 'waiting':
      notifications.show({ title: i18n.t('waiting.title'), message: i18n.t('waiting.text'), color: 'cinnamon' })
      return true
    case 'refused':
    case 'failed':
      notifyRefusal(outcome.code)
      return false
  }
}

/** A refusal that did not come from an act: of a call, an upload, a download. */
export function notifyRefusal(code: RefusalCode): void {
  notifications.show({
    // The same trouble twice is one message.
    id: `refusal-${code}`,
    title: i18n.t('refused.title'),
    message: refusalText(code),
    color: 'danger',
    autoClose: 12_000,
  })
}
