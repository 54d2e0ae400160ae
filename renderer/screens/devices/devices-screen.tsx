// Kiểm tra thiết bị ký số: three plain steps from the driver to the certificate, noticed live, and a report for whoever helps.
import { Button, Loader, Text } from '@mantine/core'
import { IconCopy, IconDeviceUsb } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../components/empty-state.tsx'
import { PageBody } from '../../components/page-body.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { StatePill } from '../../components/state-pill.tsx'
import { CALL_WORDS, FAULT_WORDS } from '../signing/fault-words.ts'
import classes from './devices.module.css'
import { reportText, shownTokens } from './plain.ts'
import { TokenCard } from './token-card.tsx'
import { useDevices, type Devices } from './use-devices.ts'

export function DevicesScreen() {
  const { t } = useTranslation('devices')
  const { t: signing } = useTranslation('signing')
  const desktop = useDevices()
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <PageBody width="text">
        {desktop.kind === 'connecting' && (
          <div className={classes.working} role="status">
            <Loader />
            <Text>{signing('connecting')}</Text>
          </div>
        )}
        {desktop.kind === 'none' && (
          <EmptyState title={t('none.title')} text={t('none.text')} icon={<IconDeviceUsb size="2rem" />} />
        )}
        {desktop.kind === 'failed' && (
          <EmptyState
            title={signing('desktopFailed')}
            text={signing(`call.${CALL_WORDS[desktop.code]}`)}
            icon={<IconDeviceUsb size="2rem" />}
          />
        )}
        {desktop.kind === 'ready' && <Steps devices={desktop.devices} />}
      </PageBody>
    </>
  )
}

function Steps({ devices }: { readonly devices: Devices }) {
  const { t } = useTranslation('devices')
  const tokens = shownTokens(devices)
  const hasDriver = devices.modules.some(({ status }) => status === 'ready')
  return (
    <div className={classes.steps}>
      <section className={classes.step} aria-labelledby="devices-drivers">
        <h2 id="devices-drivers" className={classes.title}>
          {t('drivers.title')}
        </h2>
        <p className={classes.lead}>{hasDriver ? t('drivers.found') : t('drivers.none')}</p>
        <ul className={classes.rows}>
          {devices.modules.map((module) => (
            <Module key={`${module.name} ${module.description} ${module.status}`} module={module} />
          ))}
        </ul>
      </section>
      <section className={classes.step} aria-labelledby="devices-tokens">
        <h2 id="devices-tokens" className={classes.title}>
          {t('tokens.title')}
        </h2>
        <p className={classes.lead} role="status">
          {t('tokens.count', { count: tokens.length })}
        </p>
        {tokens.length === 0 ? (
          <EmptyState title={t('plugIn.title')} text={t('plugIn.text')} icon={<IconDeviceUsb size="2rem" />} />
        ) : (
          tokens.map((token) => (
            <TokenCard key={`${token.id.module} ${token.id.serial} ${token.id.label}`} token={token} />
          ))
        )}
      </section>
      <section className={classes.step} aria-labelledby="devices-help">
        <h2 id="devices-help" className={classes.title}>
          {t('report.title')}
        </h2>
        <p className={classes.lead}>{t('report.text')}</p>
        <CopyReport devices={devices} />
      </section>
    </div>
  )
}

function Module({ module: { name, status, description } }: { readonly module: Devices['modules'][number] }) {
  const { t } = useTranslation('devices')
  const { t: signing } = useTranslation('signing')
  const ready = status === 'ready'
  return (
    <li className={classes.row}>
      <span className={classes.words}>
        <span className={classes.strong}>{name}</span>
        {ready ? (
          description !== name && <span className={classes.weak}>{description}</span>
        ) : (
          <span className={classes.weak}>{signing(`fault.${FAULT_WORDS[status]}`)}</span>
        )}
      </span>
      <StatePill tone={ready ? 'done' : 'danger'}>{t(ready ? 'drivers.ready' : 'drivers.unusable')}</StatePill>
    </li>
  )
}

function CopyReport({ devices }: { readonly devices: Devices }) {
  const { t } = useTranslation('devices')
  const [said, setSaid] = useState<'copied' | 'notCopied' | null>(null)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(reportText(devices, new Date().toISOString(), navigator.userAgent))
      setSaid('copied')
    } catch {
      setSaid('notCopied')
    }
  }
  return (
    <div className={classes.copy}>
      <Button
        variant="default"
        leftSection={<IconCopy size="1.25rem" aria-hidden="true" />}
        onClick={() => void copy()}
      >
        {t('report.copy')}
      </Button>
      <span role="status" className={classes.said}>
        {said !== null && t(`report.${said}`)}
      </span>
    </div>
  )
}
