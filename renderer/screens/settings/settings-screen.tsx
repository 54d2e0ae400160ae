// Cài đặt: what the eyes want, password, sessions, what is kept on this device, about.
import { PageHeader } from '../../components/page-header.tsx'
import { PageBody } from '../../components/page-body.tsx'
import { useTranslation } from 'react-i18next'
import { AboutSection } from './about-section.tsx'
import { DataSection } from './data-section.tsx'
import { LookSection } from './look-section.tsx'
import { PasswordSection } from './password-section.tsx'
import { SessionsSection } from './sessions-section.tsx'
import classes from './settings.module.css'

export function SettingsScreen() {
  const { t } = useTranslation('settings')
  return (
    <>
      <PageHeader title={t('title')} />
      <PageBody width="text">
        <div className={classes.sections}>
          <LookSection />
          <PasswordSection />
          <SessionsSection />
          <DataSection />
          <AboutSection />
        </div>
      </PageBody>
    </>
  )
}
