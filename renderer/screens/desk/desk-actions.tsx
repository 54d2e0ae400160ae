// The one action of a meeting on the desk; answering an invitation has two sides, so it has two buttons.
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeskEntry } from '../../../shared/meeting/view.ts'
import { usePerform } from '../../client/hooks.ts'
import { askReason } from '../../components/confirm.ts'
import { notifyOutcome } from '../../components/refusal.tsx'
import classes from './desk.module.css'

export function DeskActions({ entry }: { readonly entry: DeskEntry }) {
  const { t } = useTranslation('desk')
  const { status, capacity, answer, id } = entry
  if (status === 'published' && capacity !== null && answer === 'none') return <AnswerButtons entry={entry} />
  if (status === 'draft') {
    return (
      <div className={classes.actions}>
        <Button
          variant="default"
          renderRoot={(props) => <Link to="/meetings/$id/prepare" params={{ id }} {...props} />}
        >
          {t('actions.prepare')}
        </Button>
      </div>
    )
  }
  const word = status === 'open' ? 'join' : status === 'published' ? (entry.paperCount > 0 ? 'read' : 'open') : 'view'
  return (
    <div className={classes.actions}>
      <Button
        {...(status === 'open' ? { color: 'cinnamon' } : { variant: 'default' })}
        renderRoot={(props) => <Link to="/meetings/$id" params={{ id }} {...props} />}
      >
        {t(`actions.${word}`)}
      </Button>
      {status === 'published' && capacity !== null && <ChangeAnswer entry={entry} />}
    </div>
  )
}

function useAnswer(entry: DeskEntry) {
  const { t } = useTranslation('desk')
  const perform = usePerform()
  const [busy, setBusy] = useState(false)
  const run = async (act: () => ReturnType<typeof perform>) => {
    setBusy(true)
    try {
      notifyOutcome(await act())
    } finally {
      setBusy(false)
    }
  }
  const confirm = () => run(() => perform('meeting.confirm', { meetingId: entry.id }))
  const reportAbsence = async () => {
    const reason = await askReason({
      title: t('absence.title'),
      consequence: t('absence.consequence', { title: entry.title }),
      help: t('absence.help'),
      verb: t('absence.verb'),
    })
    if (reason !== null) await run(() => perform('meeting.reportAbsence', { meetingId: entry.id, reason }))
  }
  return { busy, confirm, reportAbsence }
}

function AnswerButtons({ entry }: { readonly entry: DeskEntry }) {
  const { t } = useTranslation('desk')
  const { busy, confirm, reportAbsence } = useAnswer(entry)
  return (
    <div className={classes.actions}>
      <Button loading={busy} onClick={() => void confirm()}>
        {t('actions.confirm')}
      </Button>
      <Button variant="default" disabled={busy} onClick={() => void reportAbsence()}>
        {t('actions.absent')}
      </Button>
    </div>
  )
}

/** The answer may be changed until the meeting is opened. */
function ChangeAnswer({ entry }: { readonly entry: DeskEntry }) {
  const { t } = useTranslation('desk')
  const { busy, confirm, reportAbsence } = useAnswer(entry)
  const absent = entry.answer === 'absent'
  return (
    <Button variant="subtle" loading={busy} onClick={() => void (absent ? confirm() : reportAbsence())}>
      {absent ? t('actions.confirm') : t('actions.absent')}
    </Button>
  )
}
