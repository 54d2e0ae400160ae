// After the session, or after its cancellation: everything can be read again, nothing changed any more.
import { Tabs } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeetingBoard } from '../../../../shared/meeting/view.ts'
import { ConclusionsEditor } from '../conclusions-editor.tsx'
import { ChangeList } from '../parts/change-list.tsx'
import { AgendaWithPapers } from './agenda-with-papers.tsx'
import { AttendanceRecord } from './attendance-record.tsx'
import classes from './invitation.module.css'
import { Reading } from './reading.tsx'
import { ResultsList } from './results-list.tsx'

export function ClosedView({ board }: { readonly board: MeetingBoard }) {
  const { t } = useTranslation('meeting')
  const [readingId, setReadingId] = useState<string | null>(null)
  const reading = readingId === null ? undefined : board.papers[readingId]
  const { status, cancelReason } = board.meeting
  if (reading !== undefined) return <Reading paper={reading} onBack={() => setReadingId(null)} />
  return (
    <div className={classes.record}>
      {status === 'cancelled' && (
        <p className={classes.cancelled} role="note">
          <strong>{t('cancelled.title')}</strong> {t('cancelled.reason', { reason: cancelReason ?? '' })}
        </p>
      )}
      {status === 'cancelled' ? (
        <AgendaWithPapers board={board} onRead={setReadingId} />
      ) : (
        <Tabs defaultValue="agenda" keepMounted={false}>
          <Tabs.List>
            <Tabs.Tab value="agenda">{t('record.agenda')}</Tabs.Tab>
            <Tabs.Tab value="results">{t('record.results')}</Tabs.Tab>
            <Tabs.Tab value="conclusions">{t('record.conclusions')}</Tabs.Tab>
            <Tabs.Tab value="attendance">{t('record.attendance')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="agenda">
            <AgendaWithPapers board={board} onRead={setReadingId} />
            <ChangeList changes={board.changes} level={2} />
          </Tabs.Panel>
          <Tabs.Panel value="results">
            <ResultsList board={board} />
          </Tabs.Panel>
          <Tabs.Panel value="conclusions">
            <ConclusionsEditor board={board} />
          </Tabs.Panel>
          <Tabs.Panel value="attendance">
            <AttendanceRecord board={board} />
          </Tabs.Panel>
        </Tabs>
      )}
    </div>
  )
}
