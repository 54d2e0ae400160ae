// One line of the ledger: what, who, when, and for the organisation also the content of the act in words.
import { Drawer, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatDate, formatDateTime } from '../../../shared/text/dates.ts'
import { usePersonName, useUnitName } from '../../components/person-name.tsx'
import { Facts } from '../admin/facts.tsx'
import { fieldKey } from './field-key.ts'
import classes from './ledger.module.css'
import { useActWords, useStreamName } from './ledger-screen.tsx'
import type { LedgerEntry } from './use-ledger.ts'

export function EntryDrawer({ entry, onClose }: { readonly entry: LedgerEntry | null; readonly onClose: () => void }) {
  const { t } = useTranslation('ledger')
  const { t: common } = useTranslation()
  return (
    <Drawer
      opened={entry !== null}
      onClose={onClose}
      title={t('details.title')}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      {entry !== null && <Details entry={entry} />}
    </Drawer>
  )
}

function Details({ entry }: { readonly entry: LedgerEntry }) {
  const { t } = useTranslation('ledger')
  const what = useActWords()
  const person = usePersonName()
  const stream = useStreamName()
  const value = useValueWords()
  return (
    <>
      <Facts
        facts={[
          [t('details.what'), what(entry.type)],
          [t('details.when'), formatDateTime(entry.at)],
          [t('details.who'), person(entry.actor)],
          [t('details.stream'), stream(entry.stream)],
          [t('details.seq'), `${entry.seq}`],
        ]}
      />
      <Title order={3}>{t('details.body')}</Title>
      {entry.body === null ? (
        <Text c="dimmed">{t('details.closedBody')}</Text>
      ) : (
        <Facts
          facts={Object.entries(entry.body).flatMap(([name, held]) => {
            const key = fieldKey(name)
            return key === null ? [] : [[t(`fields.${key}`), value(name, held)] as const]
          })}
        />
      )}
      <Text c="dimmed" size="sm">
        {t('details.device')}
      </Text>
      <Text className={classes.code ?? ''}>{entry.device}</Text>
      <Text c="dimmed" size="sm">
        {t('details.hash')}
      </Text>
      <Text className={classes.code ?? ''}>{entry.hash}</Text>
    </>
  )
}

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** Names for ids, words for kinds, Vietnamese dates, counts for lists. */
function useValueWords(): (field: string, value: unknown) => string {
  const { t } = useTranslation('ledger')
  const { t: common, i18n } = useTranslation()
  const person = usePersonName()
  const unit = useUnitName()
  return (field, value) => {
    if (value === null || value === '') return t('details.emptyValue')
    if (Array.isArray(value)) return t('details.rows', { count: value.length })
    // Keys of devices: that they were recorded is enough here, the ledger itself holds them.
    if (typeof value !== 'string') return t('details.recorded')
    if (field === 'personId') return person(value)
    if (field === 'unitId' || field === 'parentId' || field === 'successorId') return unit(value)
    if (field === 'role' && i18n.exists(`role.${value}`)) return common(`role.${value}` as 'role.chair')
    if (field === 'kind' && i18n.exists(`unitKind.${value}`)) return common(`unitKind.${value}` as 'unitKind.other')
    return DAY.test(value) ? formatDate(value) : value
  }
}
