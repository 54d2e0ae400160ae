// Ctrl+K: finds screens, meetings and people by words, with or without diacritics.
import { createSpotlight, Spotlight } from '@mantine/spotlight'
import { IconArrowRight, IconCalendarEvent, IconSearch, IconUser } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDateTime } from '../../shared/text/dates.ts'
import { useDesk, useDirectory } from '../client/hooks.ts'
import { usePersonTitles } from '../components/person-name.tsx'
import { matches } from '../components/matches.ts'
import { useRights } from './rights.ts'

const [store, actions] = createSpotlight()

export const openFind = actions.open

/** More than these help nobody: another word does. */
const MOST = 7

export function Find() {
  const { t } = useTranslation('shell')
  const [query, setQuery] = useState('')
  const found = useFound(query)
  const empty = found.screens.length + found.meetings.length + found.people.length === 0
  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      shortcut="mod + K"
      // Also from within a field, a switch or the conclusions: wherever one is, it is the way elsewhere.
      tagsToIgnore={[]}
      triggerOnContentEditable
      scrollable
      maxHeight="60dvh"
      attributes={{ content: { 'aria-label': t('nav.find') } }}
      overlayProps={{ backgroundOpacity: 0.4, blur: 0 }}
    >
      <Spotlight.Search
        placeholder={t('find.placeholder')}
        aria-label={t('find.placeholder')}
        leftSection={<IconSearch size="1.25rem" aria-hidden="true" />}
      />
      <Spotlight.ActionsList>
        <Group label={t('find.screens')} entries={found.screens} icon={<IconArrowRight size="1.25rem" />} />
        <Group label={t('find.meetings')} entries={found.meetings} icon={<IconCalendarEvent size="1.25rem" />} />
        <Group label={t('find.people')} entries={found.people} icon={<IconUser size="1.25rem" />} />
        {empty && <Spotlight.Empty>{t('find.nothing')}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

interface Entry {
  readonly id: string
  readonly label: string
  readonly description?: string
  readonly go: () => void
}

function Group(props: { readonly label: string; readonly entries: readonly Entry[]; readonly icon: React.ReactNode }) {
  if (props.entries.length === 0) return null
  return (
    <Spotlight.ActionsGroup label={props.label}>
      {props.entries.map(({ id, label, description, go }) => (
        <Spotlight.Action
          key={id}
          label={label}
          {...(description === undefined ? {} : { description })}
          leftSection={props.icon}
          onClick={go}
        />
      ))}
    </Spotlight.ActionsGroup>
  )
}

function useFound(query: string) {
  const { t } = useTranslation('shell')
  const navigate = useNavigate()
  const { administrator } = useRights()
  const desk = useDesk()
  const directory = useDirectory()
  const titles = usePersonTitles()
  return useMemo(() => {
    const everyone = [
      { to: '/', name: 'desk' },
      { to: '/meetings', name: 'meetings' },
      { to: '/sign', name: 'sign' },
      { to: '/verify', name: 'verify' },
      { to: '/devices', name: 'devices' },
      { to: '/settings', name: 'settings' },
    ] as const
    const administrators = [
      { to: '/admin/units', name: 'units' },
      { to: '/admin/people', name: 'people' },
      { to: '/admin/trust', name: 'trust' },
      { to: '/admin/ledger', name: 'ledger' },
    ] as const
    const screens = [...everyone, ...(administrator ? administrators : [])]
      .map(({ to, name }): Entry => ({ id: to, label: t(`nav.${name}`), go: () => void navigate({ to }) }))
      .filter((entry) => matches(query, entry.label))
    const meetings = Object.values(desk?.meetings ?? {})
      .filter((meeting) => matches(query, meeting.title))
      .sort((a, b) => b.startsAt.localeCompare(a.startsAt))
      .slice(0, MOST)
      .map((meeting): Entry => ({
        id: meeting.id,
        label: meeting.title,
        description: formatDateTime(meeting.startsAt),
        go: () => void navigate({ to: '/meetings/$id', params: { id: meeting.id } }),
      }))
    const people = (query.trim() === '' ? [] : Object.values(directory?.people ?? {}))
      .filter((person) => matches(query, person.name, ...titles(person.id)))
      .slice(0, MOST)
      .map((person): Entry => ({
        id: person.id,
        label: person.name,
        description: titles(person.id).join('; '),
        go: () =>
          void navigate(
            administrator
              ? { to: '/admin/people', search: { person: person.id } }
              : { to: '/meetings', search: { q: person.name } },
          ),
      }))
    return { screens, meetings, people }
  }, [query, desk, directory, administrator, navigate, t, titles])
}
