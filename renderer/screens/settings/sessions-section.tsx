// Where this person is logged in, by the hub; a session on another device can be ended here.
import { Button, Loader, Text } from '@mantine/core'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApiResponse } from '../../../shared/hub/api.ts'
import type { RefusalCode } from '../../../shared/refusal.ts'
import { formatDateTime } from '../../../shared/text/dates.ts'
import { useClient } from '../../client/provider.tsx'
import { confirmAction } from '../../components/confirm.ts'
import { notifyRefusal, RefusalMessage } from '../../components/refusal.tsx'
import { StatePill } from '../../components/state-pill.tsx'
import { Section } from './section.tsx'
import classes from './settings.module.css'

type SessionRow = ApiResponse<'sessions'>['sessions'][number]

export function SessionsSection() {
  const { t } = useTranslation('settings')
  const { api } = useClient()
  const [rows, setRows] = useState<readonly SessionRow[] | null>(null)
  const [problem, setProblem] = useState<RefusalCode | null>(null)
  const load = useCallback(async () => {
    const answer = await api.call('sessions', null)
    if (answer.ok) setRows(answer.value.sessions)
    setProblem(answer.ok ? null : answer.code)
  }, [api])
  useEffect(() => {
    void load()
  }, [load])
  return (
    <Section title={t('sessions.heading')}>
      <Text>{t('sessions.text')}</Text>
      {problem !== null && <RefusalMessage code={problem} />}
      {rows === null && problem === null && <Loader size="sm" aria-label={t('sessions.loading')} />}
      {rows !== null && (
        <ul className={classes.list}>
          {[...rows]
            .sort((a, b) => Number(b.current) - Number(a.current) || b.seenAt.localeCompare(a.seenAt))
            .map((row) => (
              <Row
                key={row.id}
                row={row}
                device={row.deviceName ?? t('sessions.device', { short: row.deviceId.slice(0, 8) })}
                onEnded={() => void load()}
              />
            ))}
        </ul>
      )}
    </Section>
  )
}

interface RowProps {
  readonly row: SessionRow
  readonly device: string
  readonly onEnded: () => void
}

function Row({ row, device, onEnded }: RowProps) {
  const { t } = useTranslation('settings')
  const { api } = useClient()
  const end = async () => {
    const yes = await confirmAction({
      title: t('sessions.endTitle'),
      consequence: t('sessions.endText', { device }),
      verb: t('sessions.endVerb'),
      danger: true,
    })
    if (!yes) return
    const answer = await api.call('endSession', { id: row.id })
    if (!answer.ok) notifyRefusal(answer.code)
    onEnded()
  }
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <Text fw={600}>{device}</Text>
        <Text size="sm" c="dimmed">
          {t('sessions.started', { created: formatDateTime(row.createdAt), seen: formatDateTime(row.seenAt) })}
        </Text>
      </div>
      {row.current ? (
        <StatePill tone="done">{t('sessions.current')}</StatePill>
      ) : (
        <Button
          variant="subtle"
          color="danger"
          aria-label={t('sessions.endLabel', { device })}
          onClick={() => void end()}
        >
          {t('sessions.end')}
        </Button>
      )}
    </li>
  )
}
