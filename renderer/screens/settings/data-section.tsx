// What this person has on this device, and how to take all of it away.
import { Button, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useLine } from '../../client/hooks.ts'
import { useClient } from '../../client/provider.tsx'
import { confirmAction } from '../../components/confirm.ts'
import { Section } from './section.tsx'

export function DataSection() {
  const { t } = useTranslation('settings')
  const { waiting } = useLine()
  const { session } = useClient()
  const navigate = useNavigate()
  const remove = async () => {
    const lost = waiting > 0 ? ` ${t('data.removeWaiting', { count: waiting })}` : ''
    const yes = await confirmAction({
      title: t('data.removeTitle'),
      consequence: t('data.removeText') + lost,
      verb: t('data.removeVerb'),
      danger: true,
    })
    if (!yes) return
    await navigate({ to: '/' })
    await session.logout({ removeData: true })
  }
  return (
    <Section title={t('data.heading')}>
      <Text>{t('data.text')}</Text>
      <Button variant="outline" color="danger" onClick={() => void remove()}>
        {t('data.remove')}
      </Button>
    </Section>
  )
}
