// Language, light or dark, large type: in force at once, kept on this device.
import { SegmentedControl, Switch, useMantineColorScheme } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { setPreferences, usePreferences } from '../../app/preferences.ts'
import { LanguageSwitch } from '../../components/language-switch.tsx'
import segments from '../../components/segments.module.css'
import { Section } from './section.tsx'
import classes from './settings.module.css'

const SCHEMES = ['light', 'dark', 'auto'] as const

export function LookSection() {
  const { t } = useTranslation('settings')
  const { largeType } = usePreferences()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const schemeId = useId()
  return (
    <Section title={t('look.heading')}>
      <div className={classes.field}>
        <span className={classes.label}>{t('look.language')}</span>
        <LanguageSwitch />
      </div>
      <div className={classes.field}>
        <span className={classes.label} id={schemeId}>
          {t('look.scheme')}
        </span>
        <SegmentedControl
          classNames={{ label: segments.label ?? '', root: segments.root ?? '' }}
          aria-labelledby={schemeId}
          value={colorScheme}
          data={SCHEMES.map((scheme) => ({ value: scheme, label: t(`look.schemes.${scheme}`) }))}
          onChange={(value) => setColorScheme(SCHEMES.find((scheme) => scheme === value) ?? 'auto')}
        />
      </div>
      <Switch
        size="md"
        label={t('look.large')}
        description={t('look.largeHelp')}
        checked={largeType}
        onChange={(event) => void setPreferences({ largeType: event.currentTarget.checked })}
      />
    </Section>
  )
}
