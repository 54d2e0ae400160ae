// Phiên họp: every meeting of this person, searched, filtered and sorted; the filter stands in the address, so "back" finds it again.
import { Button, Select, Text, TextInput } from '@mantine/core'
import { IconCalendarEvent, IconPlus, IconSearch, IconSearchOff } from '@tabler/icons-react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeskEntry } from '../../../shared/meeting/view.ts'
import { useRights } from '../../app/rights.ts'
import { useDesk } from '../../client/hooks.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { usePersonName, useUnitName } from '../../components/person-name.tsx'
import { filterMeetings, isFiltered, MEETING_STATES, SORTS, type MeetingFilter } from './meeting-filter.ts'
import { MeetingList } from './meeting-list.tsx'
import classes from './meetings.module.css'

export function MeetingsScreen() {
  const { t } = useTranslation('desk')
  const desk = useDesk()
  const { preparesFor } = useRights()
  const mayCreate = preparesFor.length > 0
  const create = mayCreate && (
    <Button
      leftSection={<IconPlus size="1.25rem" aria-hidden="true" />}
      renderRoot={(props) => <Link to="/meetings/new" {...props} />}
    >
      {t('list.create')}
    </Button>
  )
  const entries = useMemo(() => Object.values(desk?.meetings ?? {}), [desk])
  return (
    <>
      <PageHeader title={t('list.title')} actions={create} />
      {entries.length === 0 ? (
        <EmptyState
          icon={<IconCalendarEvent size="2rem" />}
          title={desk === null ? t('title') : t('list.empty.title')}
          text={desk === null ? t('firstCopy') : mayCreate ? t('list.empty.create') : t('list.empty.text')}
        />
      ) : (
        <Found entries={entries} />
      )}
    </>
  )
}

function Found({ entries }: { readonly entries: readonly DeskEntry[] }) {
  const { t } = useTranslation('desk')
  const filter = useSearch({ from: '/frame/meetings' })
  const navigate = useNavigate({ from: '/meetings' })
  const name = usePersonName()
  const unit = useUnitName()
  const found = useMemo(
    () =>
      filterMeetings(entries, filter, ({ title, room, chairId, bodyId }) => [title, room, name(chairId), unit(bodyId)]),
    [entries, filter, name, unit],
  )
  const change = (next: MeetingFilter) => void navigate({ search: { ...filter, ...next }, replace: true })
  return (
    <div className={classes.page}>
      <Filters entries={entries} filter={filter} change={change} />
      <Text className={classes.count ?? ''} aria-live="polite">
        {t('list.found', { count: found.length })}
      </Text>
      {found.length === 0 ? (
        <EmptyState
          icon={<IconSearchOff size="2rem" />}
          title={t('list.nothing.title')}
          text={t('list.nothing.text')}
          action={
            isFiltered(filter) && (
              <Button variant="default" onClick={() => void navigate({ search: {}, replace: true })}>
                {t('list.nothing.reset')}
              </Button>
            )
          }
        />
      ) : (
        <MeetingList entries={found} />
      )}
    </div>
  )
}

interface FilterProps {
  readonly entries: readonly DeskEntry[]
  readonly filter: MeetingFilter
  readonly change: (next: MeetingFilter) => void
}

const ANY = 'any'

function Filters({ entries, filter, change }: FilterProps) {
  const { t } = useTranslation('desk')
  const { t: common } = useTranslation()
  const unit = useUnitName()
  const bodies = [...new Set(entries.map((entry) => entry.bodyId))]
  return (
    <div className={classes.filters} role="search">
      <TextInput
        className={classes.query ?? ''}
        label={t('list.searchLabel')}
        placeholder={t('list.searchPlaceholder')}
        leftSection={<IconSearch size="1.25rem" aria-hidden="true" />}
        value={filter.q ?? ''}
        onChange={(event) => change({ q: event.currentTarget.value || undefined })}
      />
      <Select
        label={t('list.state')}
        value={filter.state ?? ANY}
        data={[
          { value: ANY, label: t('list.anyState') },
          ...MEETING_STATES.map((state) => ({ value: state, label: common(`meetingStatus.${state}`) })),
        ]}
        onChange={(value) => change({ state: MEETING_STATES.find((state) => state === value) })}
      />
      {bodies.length > 1 && (
        <Select
          label={t('list.body')}
          value={filter.body ?? ANY}
          data={[{ value: ANY, label: t('list.anyBody') }, ...bodies.map((id) => ({ value: id, label: unit(id) }))]}
          onChange={(value) => change({ body: value === null || value === ANY ? undefined : value })}
        />
      )}
      <Select
        label={t('list.sort')}
        value={filter.sort ?? 'newest'}
        data={SORTS.map((sort) => ({ value: sort, label: t(`list.sorts.${sort}`) }))}
        onChange={(value) => change({ sort: SORTS.find((sort) => sort === value) })}
      />
    </div>
  )
}
