// The devices of a person, newest first, with what revoking one means.
import { Button, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AdministrationBoard } from '../../../shared/org/view.ts'
import { formatDateTime } from '../../../shared/text/dates.ts'
import { confirmAction } from '../../components/confirm.ts'
import { StatePill } from '../../components/state-pill.tsx'
import classes from './admin.module.css'
import { useOrgAct } from './use-org-act.ts'

type Device = AdministrationBoard['devices'][string]

export function DeviceSection(props: { readonly personName: string; readonly devices: readonly Device[] }) {
  const { t } = useTranslation('admin')
  const devices = [...props.devices].sort((a, b) => b.enrolledAt.localeCompare(a.enrolledAt))
  return (
    <section className={classes.section}>
      <Title order={3}>{t('devices.heading')}</Title>
      {devices.length === 0 ? (
        <Text c="dimmed">{t('devices.none')}</Text>
      ) : (
        <ul className={classes.rows}>
          {devices.map((device) => (
            <DeviceRow key={device.id} device={device} personName={props.personName} />
          ))}
        </ul>
      )}
    </section>
  )
}

function DeviceRow({ device, personName }: { readonly device: Device; readonly personName: string }) {
  const { t } = useTranslation('admin')
  const act = useOrgAct()
  const revoke = async () => {
    const yes = await confirmAction({
      title: t('devices.revokeTitle'),
      consequence: t('devices.revokeText', { device: device.name, name: personName }),
      verb: t('devices.revokeVerb'),
      danger: true,
    })
    if (yes) await act('org.revokeDevice', { deviceId: device.id }, t('done.deviceRevoked'))
  }
  const { revokedAt } = device
  return (
    <li className={classes.row}>
      <span className={classes.words}>
        <span className={classes.strong}>{device.name}</span>
        <span className={classes.weak}>
          {revokedAt === null
            ? t('devices.since', { time: formatDateTime(device.enrolledAt) })
            : t('devices.revokedAt', { time: formatDateTime(revokedAt) })}
        </span>
      </span>
      <StatePill tone={revokedAt === null ? 'done' : 'neutral'}>
        {revokedAt === null ? t('devices.active') : t('devices.revoked')}
      </StatePill>
      {revokedAt === null && (
        <Button
          variant="subtle"
          color="danger"
          aria-label={t('devices.revokeLabel', { name: device.name })}
          onClick={() => void revoke()}
        >
          {t('devices.revoke')}
        </Button>
      )}
    </li>
  )
}
