// The chosen person: name, positions by date, account, devices, each with what can be done.
import { Button, Group, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Person, Position } from '../../../shared/org/state.ts'
import type { AdministrationBoard, DirectoryBoard } from '../../../shared/org/view.ts'
import { formatDate } from '../../../shared/text/dates.ts'
import { useUnitName } from '../../components/person-name.tsx'
import { StatePill } from '../../components/state-pill.tsx'
import { AccountSection } from './account-section.tsx'
import classes from './admin.module.css'
import { CertificateSection } from './certificate-section.tsx'
import { DeviceSection } from './device-section.tsx'
import { EndPositionDialog, GivePositionDialog, PersonDialog } from './person-dialogs.tsx'
import { useToday } from './today.ts'

interface PersonProps {
  readonly person: Person
  readonly directory: DirectoryBoard
  readonly administration: AdministrationBoard
}

export function PersonDetails({ person, directory, administration }: PersonProps) {
  const { t } = useTranslation('admin')
  const [renaming, setRenaming] = useState(false)
  return (
    <>
      <Group justify="space-between" align="start">
        <div>
          <Title order={2}>{person.name}</Title>
          <Text c="dimmed">{person.phone === '' ? t('people.noPhone') : person.phone}</Text>
        </div>
        <Button variant="default" onClick={() => setRenaming(true)}>
          {t('people.rename')}
        </Button>
      </Group>
      <Positions person={person} directory={directory} />
      <AccountSection person={person} account={administration.accounts[person.id] ?? null} />
      <DeviceSection
        personName={person.name}
        devices={Object.values(administration.devices).filter((device) => device.personId === person.id)}
      />
      <CertificateSection
        person={person}
        certificates={Object.values(administration.certificates).filter((row) => row.personId === person.id)}
      />
      {renaming && <PersonDialog person={person} onClose={() => setRenaming(false)} />}
    </>
  )
}

function Positions({ person, directory }: Pick<PersonProps, 'person' | 'directory'>) {
  const { t } = useTranslation('admin')
  const [giving, setGiving] = useState(false)
  const [ending, setEnding] = useState<Position | null>(null)
  const positions = Object.values(directory.positions)
    .filter((position) => position.personId === person.id)
    .sort((a, b) => b.from.localeCompare(a.from) || a.id.localeCompare(b.id))
  return (
    <section className={classes.section}>
      <Group justify="space-between">
        <Title order={3}>{t('positions.heading')}</Title>
        <Button variant="default" onClick={() => setGiving(true)}>
          {t('positions.give')}
        </Button>
      </Group>
      {positions.length === 0 ? (
        <Text c="dimmed">{t('positions.none')}</Text>
      ) : (
        <ul className={classes.rows}>
          {positions.map((position) => (
            <PositionRow key={position.id} position={position} onEnd={() => setEnding(position)} />
          ))}
        </ul>
      )}
      {giving && <GivePositionDialog person={person} directory={directory} onClose={() => setGiving(false)} />}
      {ending !== null && <EndPositionDialog person={person} position={ending} onClose={() => setEnding(null)} />}
    </section>
  )
}

function PositionRow({ position, onEnd }: { readonly position: Position; readonly onEnd: () => void }) {
  const { t } = useTranslation('admin')
  const unit = useUnitName()
  const today = useToday()
  const from = formatDate(position.from)
  const until = position.until
  const period =
    until === null ? t('positions.since', { from }) : t('positions.fromTo', { from, until: formatDate(until) })
  return (
    <li className={classes.row}>
      <span className={classes.words}>
        <span className={classes.strong}>{position.title}</span>
        <span className={classes.weak}>{`${unit(position.unitId)} · ${period}`}</span>
      </span>
      {until !== null && until <= today ? (
        <StatePill tone="neutral">{t('positions.ended')}</StatePill>
      ) : position.from > today ? (
        <StatePill tone="waiting">{t('positions.future')}</StatePill>
      ) : (
        <StatePill tone="done">{t('positions.current')}</StatePill>
      )}
      {until === null && (
        <Button
          variant="subtle"
          color="danger"
          onClick={onEnd}
          aria-label={t('positions.endLabel', { title: position.title })}
        >
          {t('positions.end')}
        </Button>
      )}
    </li>
  )
}
