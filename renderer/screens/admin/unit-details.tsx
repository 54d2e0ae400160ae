// The chosen unit: its facts, who holds positions in it today, and what can be done with it.
import { Button, Group, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Unit } from '../../../shared/org/state.ts'
import type { DirectoryBoard } from '../../../shared/org/view.ts'
import { formatDate } from '../../../shared/text/dates.ts'
import { usePersonName, useUnitName } from '../../components/person-name.tsx'
import classes from './admin.module.css'
import { Facts } from './facts.tsx'
import { useToday } from './today.ts'
import { AddUnitDialog, EndUnitDialog, RenameUnitDialog } from './unit-dialogs.tsx'
import { holders } from './unit-tree.ts'

interface UnitProps {
  readonly unit: Unit
  readonly directory: DirectoryBoard
}

export function UnitDetails({ unit, directory }: UnitProps) {
  const { t } = useTranslation('admin')
  const { t: common } = useTranslation()
  const unitName = useUnitName()
  const [dialog, setDialog] = useState<'add' | 'rename' | 'end' | null>(null)
  const close = () => setDialog(null)
  const from = formatDate(unit.from)
  const period =
    unit.until === null ? t('units.since', { from }) : t('units.fromTo', { from, until: formatDate(unit.until) })
  return (
    <>
      <Title order={2}>{unit.name}</Title>
      <Facts
        facts={[
          [t('units.code'), unit.code],
          [t('units.kind'), common(`unitKind.${unit.kind}`)],
          [t('units.parent'), unit.parentId === null ? t('units.noParent') : unitName(unit.parentId)],
          [t('units.period'), period],
          ...(unit.successorId === null ? [] : [[t('units.successor'), unitName(unit.successorId)] as const]),
        ]}
      />
      {unit.until === null && (
        <Group gap="sm">
          <Button variant="default" onClick={() => setDialog('rename')}>
            {t('units.rename')}
          </Button>
          <Button variant="default" onClick={() => setDialog('add')}>
            {t('units.addBelow')}
          </Button>
          <Button variant="outline" color="danger" onClick={() => setDialog('end')}>
            {t('units.end')}
          </Button>
        </Group>
      )}
      <Holders unit={unit} directory={directory} />
      {dialog === 'rename' && <RenameUnitDialog unit={unit} onClose={close} />}
      {dialog === 'add' && <AddUnitDialog directory={directory} parentId={unit.id} onClose={close} />}
      {dialog === 'end' && <EndUnitDialog unit={unit} directory={directory} onClose={close} />}
    </>
  )
}

function Holders({ unit, directory }: UnitProps) {
  const { t } = useTranslation('admin')
  const name = usePersonName()
  const held = holders(directory.positions, unit.id, useToday())
  return (
    <section className={classes.section}>
      <Title order={3}>{t('units.holders')}</Title>
      {held.length === 0 ? (
        <Text c="dimmed">{t('units.noHolders')}</Text>
      ) : (
        <ul className={classes.rows}>
          {held.map((position) => (
            <li key={position.id} className={classes.row}>
              <span className={classes.words}>
                <Link to="/admin/people" search={{ person: position.personId }} className={classes.link}>
                  {name(position.personId)}
                </Link>
                <span className={classes.weak}>{position.title}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
