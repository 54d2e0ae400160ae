// What this is, which version, and which hub it speaks to.
import { Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from '../../client/provider.tsx'
import { Section } from './section.tsx'

export function AboutSection() {
  const { t } = useTranslation('settings')
  const { api, hubUrl } = useClient()
  const [version, setVersion] = useState<string | null>(null)
  useEffect(() => {
    void api.call('hello', null).then((answer) => {
      if (answer.ok) setVersion(answer.value.version)
    })
  }, [api])
  return (
    <Section title={t('about.heading')}>
      <Text>{t('about.text')}</Text>
      <Text c="dimmed">{t('about.hub', { address: hubUrl })}</Text>
      {version !== null && <Text c="dimmed">{t('about.version', { version })}</Text>}
    </Section>
  )
}
