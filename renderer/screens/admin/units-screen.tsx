// Quản trị đơn vị: the tree on the left, the chosen unit on the right.
import { Button, Switch, Text, TextInput } from '@mantine/core'
import { IconBuildingCommunity, IconPlus, IconSearch } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DirectoryBoard } from '../../../shared/org/view.ts'
import { formatDate } from '../../../shared/text/dates.ts'
import { useDirectory } from '../../client/hooks.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { PickList } from '../../components/pick-list.tsx'
import { StatePill } from '../../components/state-pill.tsx'
import classes from './admin.module.css'
import { useToday } from './today.ts'
import { AddUnitDialog } from './unit-dialogs.tsx'
import { UnitDetails } from './unit-details.tsx'
import { unitTree, type UnitLine } from './unit-tree.ts'

export function UnitsScreen() {
  const { t } = useTranslation('admin')
  const directory = useDirectory()
  const [adding, setAdding] = useState(false)
  return (
    <>
      <PageHeader
        title={t('units.title')}
        lead={t('units.lead')}
        actions={
          <Button leftSection={<IconPlus size="1.25rem" aria-hidden="true" />} onClick={() => setAdding(true)}>
            {t('units.add')}
          </Button>
        }
      />
      {directory !== null && <Units directory={directory} />}
      {adding && directory !== null && (
        <AddUnitDialog directory={directory} parentId={null} onClose={() => setAdding(false)} />
      )}
    </>
  )
}

function Units({ directory }: { readonly directory: DirectoryBoard }) {
  const { t } = useTranslation('admin')
  const today = useToday()
  const [query, setQuery] = useState('')
  const [showEnded, setShowEnded] = useState(false)
  const [openId, setOpenId] = useState<string | null>(null)
  const lines = useMemo(
    () => unitTree(directory.units, today, showEnded, query),
    [directory.units, today, showEnded, query],
  )
  const open = openId === null ? undefined : directory.units[openId]
  return (
    <div className={classes.columns}>
      <div className={classes.side}>
        <div className={classes.filters}>
          <TextInput
            aria-label={t('units.search')}
            placeholder={t('units.search')}
            leftSection={<IconSearch size="1.25rem" aria-hidden="true" />}
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
          />
          <Switch
            className={classes.switch ?? ''}
            label={t('units.showEnded')}
            checked={showEnded}
            onChange={(event) => setShowEnded(event.currentTarget.checked)}
          />
        </div>
        {lines.length === 0 ? (
          <Text p="md" c="dimmed">
            {Object.keys(directory.units).length === 0 ? t('units.noneText') : t('units.nothing')}
          </Text>
        ) : (
          <PickList
            rows={lines}
            label={t('units.label')}
            idOf={(line) => line.unit.id}
            levelOf={(line) => line.level}
            render={(line) => <Line line={line} />}
            onOpen={(line) => setOpenId(line.unit.id)}
            openId={openId}
            rowRem={3.75}
          />
        )}
      </div>
      <div className={classes.details}>
        {open === undefined ? (
          <EmptyState title={t('units.pick')} text={t('units.pickText')} icon={<IconBuildingCommunity size="2rem" />} />
        ) : (
          <UnitDetails key={open.id} unit={open} directory={directory} />
        )}
      </div>
    </div>
  )
}

function Line({ line }: { readonly line: UnitLine }) {
  const { t } = useTranslation('admin')
  const { unit, ended } = line
  return (
    <span className={classes.words}>
      <span className={classes.strong}>{unit.name}</span>
      <span className={classes.weak}>{unit.code}</span>
      {ended && <StatePill tone="neutral">{t('units.ended')}</StatePill>}
      {!ended && unit.until !== null && (
        <StatePill tone="warning">{t('units.ends', { until: formatDate(unit.until) })}</StatePill>
      )}
    </span>
  )
}
