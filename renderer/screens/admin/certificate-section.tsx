// The certificates that stand for a person: for signing, and as a second way to log in.
import { Button, Group, Text, Title } from '@mantine/core'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { CertificateBinding } from '../../../shared/org/certificates.ts'
import type { Person } from '../../../shared/org/state.ts'
import { formatDate, formatDateTime } from '../../../shared/text/dates.ts'
import { useNow } from '../../client/hooks.ts'
import { CERTIFICATE_FILES, certificatesOf } from '../../components/certificate-file.ts'
import { confirmAction } from '../../components/confirm.ts'
import { nameIn } from '../../components/name-in.ts'
import { notifyRefusal } from '../../components/refusal.tsx'
import { StatePill } from '../../components/state-pill.tsx'
import classes from './admin.module.css'
import { useOrgAct } from './use-org-act.ts'

interface CertificateProps {
  readonly person: Person
  readonly certificates: readonly CertificateBinding[]
}

const HOUR_MS = 3_600_000

export function CertificateSection({ person, certificates }: CertificateProps) {
  const { t } = useTranslation('admin')
  const act = useOrgAct()
  const picker = useRef<HTMLInputElement>(null)
  const rows = [...certificates].sort((a, b) => b.boundAt.localeCompare(a.boundAt))
  const bind = async (file: File | undefined) => {
    if (file === undefined) return
    const [certificate] = await certificatesOf(file)
    if (certificate === undefined) notifyRefusal('certificate-unreadable')
    else await act('org.bindCertificate', { personId: person.id, certificate }, t('done.certificateBound'))
  }
  return (
    <section className={classes.section}>
      <Group justify="space-between">
        <Title order={3}>{t('certificates.heading')}</Title>
        <Button variant="default" onClick={() => picker.current?.click()}>
          {t('certificates.bind')}
        </Button>
        <input
          ref={picker}
          type="file"
          hidden
          accept={CERTIFICATE_FILES}
          onChange={(event) => {
            void bind(event.currentTarget.files?.[0])
            event.currentTarget.value = ''
          }}
        />
      </Group>
      {rows.length === 0 ? (
        <Text c="dimmed">{t('certificates.none')}</Text>
      ) : (
        <ul className={classes.rows}>
          {rows.map((row) => (
            <CertificateRow key={row.fingerprint} row={row} personName={person.name} />
          ))}
        </ul>
      )}
    </section>
  )
}

function CertificateRow({ row, personName }: { readonly row: CertificateBinding; readonly personName: string }) {
  const { t } = useTranslation('admin')
  const act = useOrgAct()
  const now = new Date(useNow(HOUR_MS)).toISOString()
  const end = async () => {
    const yes = await confirmAction({
      title: t('certificates.endTitle'),
      consequence: t('certificates.endText', { name: personName }),
      verb: t('certificates.end'),
      danger: true,
    })
    if (yes) await act('org.endCertificate', { fingerprint: row.fingerprint }, t('done.certificateEnded'))
  }
  const state = row.endedAt !== null ? 'ended' : row.notAfter < now ? 'expired' : 'active'
  return (
    <li className={classes.row}>
      <span className={classes.words}>
        <span className={classes.strong}>{nameIn(row.subject)}</span>
        <span className={classes.weak}>{t('certificates.issuer', { issuer: nameIn(row.issuer) })}</span>
        <span className={classes.weak}>
          {row.endedAt === null
            ? t('certificates.period', { from: formatDate(row.notBefore), until: formatDate(row.notAfter) })
            : t('certificates.endedAt', { time: formatDateTime(row.endedAt) })}
        </span>
      </span>
      <StatePill tone={state === 'active' ? 'done' : state === 'expired' ? 'warning' : 'neutral'}>
        {t(`certificates.${state}`)}
      </StatePill>
      {row.endedAt === null && (
        <Button
          variant="subtle"
          color="danger"
          aria-label={t('certificates.endLabel', { subject: nameIn(row.subject) })}
          onClick={() => void end()}
        >
          {t('certificates.end')}
        </Button>
      )}
    </li>
  )
}
