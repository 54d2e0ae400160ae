// Bàn việc: what waits for this person now, what comes next, and the one action for each.
import { Alert, Button, Group, Text, Title } from '@mantine/core'
import { IconCoffee, IconHandClick } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeskEntry } from '../../../shared/meeting/view.ts'
import { useDesk, useMe, useNow } from '../../client/hooks.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { useDayName } from '../../components/formatted-time.tsx'
import { PageBody } from '../../components/page-body.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { usePersonName } from '../../components/person-name.tsx'
import { deskSections, waitingIn } from './desk-order.ts'
import classes from './desk.module.css'
import { DeskRow } from './desk-row.tsx'
import { useWaitingForMe } from './use-waiting-for-me.ts'

const MINUTE_MS = 60_000

export function DeskScreen() {
  const { t } = useTranslation('desk')
  const desk = useDesk()
  const { personId } = useMe()
  const name = usePersonName()(personId)
  const waiting = useWaitingForMe().length
  const lead = waiting > 0 ? t('waiting', { count: waiting }) : t('waitingNone')
  return (
    <>
      <PageHeader title={t('title')} lead={`${t('greeting', { name })}. ${lead}`} />
      <PageBody width="list">
        {desk === null ? <Text c="dimmed">{t('firstCopy')}</Text> : <Sections entries={Object.values(desk.meetings)} />}
      </PageBody>
    </>
  )
}

function Sections({ entries }: { readonly entries: readonly DeskEntry[] }) {
  const { t } = useTranslation('desk')
  const now = useNow(MINUTE_MS)
  const dayName = useDayName()
  const { running, days, drafts, past } = useMemo(() => deskSections(entries, now), [entries, now])
  const voting = running.filter((entry) => waitingIn(entry) === 'vote')
  if (running.length + days.length + drafts.length + past.length === 0) {
    return <EmptyState title={t('empty.title')} text={t('empty.text')} icon={<IconCoffee size="2rem" />} />
  }
  return (
    <div className={classes.sections}>
      {voting.map((entry) => (
        <VoteBanner key={entry.id} entry={entry} />
      ))}
      <Section title={t('sections.running')} entries={running} live />
      {days.map(({ day, entries: of }) => (
        <Section key={day} title={dayName(of[0]?.startsAt ?? day, now)} entries={of} />
      ))}
      <Section title={t('sections.drafts')} entries={drafts} />
      <Section title={t('sections.past')} entries={past} />
    </div>
  )
}

interface SectionProps {
  readonly title: string
  readonly entries: readonly DeskEntry[]
  readonly live?: boolean
}

function Section({ title, entries, live = false }: SectionProps): ReactNode {
  if (entries.length === 0) return null
  return (
    <section aria-label={title}>
      <Title order={2} className={classes.heading ?? ''} data-live={live || undefined}>
        {title}
      </Title>
      <ul className={classes.rows}>
        {entries.map((entry) => (
          <DeskRow key={entry.id} entry={entry} />
        ))}
      </ul>
    </section>
  )
}

function VoteBanner({ entry }: { readonly entry: DeskEntry }) {
  const { t } = useTranslation('desk')
  return (
    <Alert color="cinnamon" variant="light" icon={<IconHandClick aria-hidden="true" />} title={t('vote.title')}>
      <Group justify="space-between" gap="md">
        <Text flex="1 1 20rem">{t('vote.text', { title: entry.title })}</Text>
        <Button
          color="cinnamon"
          renderRoot={(props) => <Link to="/meetings/$id" params={{ id: entry.id }} {...props} />}
        >
          {t('vote.action')}
        </Button>
      </Group>
    </Alert>
  )
}
