// Vietnamese or English, each named in itself.
import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { setPreferences, usePreferences } from '../app/preferences.ts'
import { isLanguage, LANGUAGES } from '../i18n/index.ts'
import classes from './segments.module.css'

export function LanguageSwitch() {
  const { t } = useTranslation('settings')
  const { language } = usePreferences()
  return (
    <SegmentedControl
      classNames={{ label: classes.label ?? '', root: classes.root ?? '' }}
      aria-label={t('look.language')}
      value={language}
      data={LANGUAGES.map((each) => ({ value: each, label: t(`look.languages.${each}`) }))}
      onChange={(value) => {
        if (isLanguage(value)) void setPreferences({ language: value })
      }}
    />
  )
}
