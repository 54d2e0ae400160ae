// Người và chức vụ: everyone on the left, the chosen person's positions, account and devices on the right.
import { Button, Text, TextInput } from '@mantine/core'
import { IconPlus, IconSearch, IconUsers } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Person } from '../../../shared/org/state.ts'
import type { AdministrationBoard, DirectoryBoard } from '../../../shared/org/view.ts'
import { useAdministration, useDirectory } from '../../client/hooks.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { matches } from '../../components/matches.ts'
import { PageHeader } from '../../components/page-header.tsx'
import { usePersonTitles } from '../../components/person-name.tsx'
import { PickList } from '../../components/pick-list.tsx'
import { StatePill } from '../../components/state-pill.tsx'
import classes from './admin.module.css'
import { PersonDetails } from './person-details.tsx'
import { PersonDialog } from './person-dialogs.tsx'

export function PeopleScreen() {
  const { t } = useTranslation('admin')
  const directory = useDirectory()
  const administration = useAdministration()
  const [adding, setAdding] = useState(false)
  return (
    <>
      <PageHeader
        title={t('people.title')}
        lead={t('people.lead')}
        actions={
          <Button leftSection={<IconPlus size="1.25rem" aria-hidden="true" />} onClick={() => setAdding(true)}>
            {t('people.add')}
          </Button>
        }
      />
      {directory === null || administration === null ? (
        <Text p="lg" c="dimmed">
          {t('people.waitingCopy')}
        </Text>
      ) : (
        <People directory={directory} administration={administration} />
      )}
      {adding && <PersonDialog person={null} onClose={() => setAdding(false)} />}
    </>
  )
}

interface PeopleProps {
  readonly directory: DirectoryBoard
  readonly administration: AdministrationBoard
}

/** Vietnamese sort by the given name, which is the last word. */
function givenNameFirst(name: string): string {
  const words = name.trim().split(/\s+/)
  return [words.at(-1) ?? '', ...words.slice(0, -1)].join(' ')
}

function People({ directory, administration }: PeopleProps) {
  const { t } = useTranslation('admin')
  const titles = usePersonTitles()
  const { person: openId } = useSearch({ from: '/frame/administration/admin/people' })
  const navigate = useNavigate({ from: '/admin/people' })
  const [query, setQuery] = useState('')
  const people = useMemo(() => {
    const collator = new Intl.Collator('vi')
    return Object.values(administration.people)
      .filter(({ id, name, phone }) =>
        matches(query, name, phone, administration.accounts[id]?.username ?? '', ...titles(id)),
      )
      .sort((a, b) => collator.compare(givenNameFirst(a.name), givenNameFirst(b.name)))
  }, [administration, query, titles])
  const open = openId === undefined ? undefined : administration.people[openId]
  return (
    <div className={classes.columns}>
      <div className={classes.side}>
        <div className={classes.filters}>
          <TextInput
            aria-label={t('people.search')}
            placeholder={t('people.search')}
            leftSection={<IconSearch size="1.25rem" aria-hidden="true" />}
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
          />
          <Text size="sm" c="dimmed" aria-live="polite">
            {t('people.found', { count: people.length })}
          </Text>
        </div>
        {people.length === 0 ? (
          <Text p="md" c="dimmed">
            {t('people.nothing')}
          </Text>
        ) : (
          <PickList
            rows={people}
            label={t('people.label')}
            idOf={(person) => person.id}
            render={(person) => <Line person={person} administration={administration} />}
            onOpen={(person) => void navigate({ search: { person: person.id }, replace: true })}
            openId={openId ?? null}
          />
        )}
      </div>
      <div className={classes.details}>
        {open === undefined ? (
          <EmptyState title={t('people.pick')} text={t('people.pickText')} icon={<IconUsers size="2rem" />} />
        ) : (
          <PersonDetails key={open.id} person={open} directory={directory} administration={administration} />
        )}
      </div>
    </div>
  )
}

function Line(props: { readonly person: Person; readonly administration: AdministrationBoard }) {
  const { t } = useTranslation('admin')
  const { id, name } = props.person
  const titles = usePersonTitles()(id)
  return (
    <>
      <span className={classes.words}>
        <span className={classes.strong}>{name}</span>
        <span className={classes.weak}>{titles.length > 0 ? titles.join('; ') : t('people.noTitle')}</span>
      </span>
      {props.administration.accounts[id]?.ended === true && <StatePill tone="neutral">{t('accounts.ended')}</StatePill>}
    </>
  )
}
