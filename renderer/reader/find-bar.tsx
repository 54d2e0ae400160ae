// Finding in the paper: a field, how many hits there are, and the way from one to the next.
import { ActionIcon, TextInput, Tooltip } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconSearch, IconX } from '@tabler/icons-react'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { modeOf, ordinal, totalHits, type FindResults } from './find-results.ts'
import classes from './find-bar.module.css'
import type { Finding } from './use-find.ts'

type FindBarProps = {
  readonly finding: Finding
  /** Changes with every Ctrl+F, so that the field takes the focus again. */
  readonly asked: number
  readonly onClose: () => void
}

export function FindBar({ finding, asked, onClose }: FindBarProps) {
  const { t } = useTranslation('reader')
  const field = useRef<HTMLInputElement | null>(null)
  useEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [asked])
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    finding.step(event.shiftKey ? -1 : 1)
  }
  const none = finding.results === null || totalHits(finding.results) === 0
  return (
    <div className={classes.bar} role="search" aria-label={t('find.label')}>
      <TextInput
        ref={field}
        className={classes.field ?? ''}
        aria-label={t('find.label')}
        placeholder={t('find.placeholder')}
        leftSection={<IconSearch size={18} aria-hidden="true" />}
        autoComplete="off"
        spellCheck={false}
        value={finding.typed}
        onChange={(event) => finding.type(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <Outcome results={finding.results} />
      <Tooltip label={t('find.previous')}>
        <ActionIcon aria-label={t('find.previous')} disabled={none} onClick={() => finding.step(-1)}>
          <IconChevronUp size={20} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('find.next')}>
        <ActionIcon aria-label={t('find.next')} disabled={none} onClick={() => finding.step(1)}>
          <IconChevronDown size={20} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('find.close')}>
        <ActionIcon aria-label={t('find.close')} onClick={onClose}>
          <IconX size={20} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
    </div>
  )
}

/** Said aloud when it changes; the progress of a long search is only shown. */
function Outcome({ results }: { readonly results: FindResults | null }) {
  const { t } = useTranslation('reader')
  if (results === null) return <div className={classes.outcome} role="status" />
  const total = totalHits(results)
  const searching = results.searched < results.pages
  const unmarked = results.marked && total > 0 && modeOf(results) === 'folded'
  return (
    <div className={classes.outcome}>
      <span role="status" data-reader-hits={searching ? 'searching' : total}>
        {total > 0 && t('find.count', { current: ordinal(results), total })}
        {total === 0 && !searching && t('find.none')}
        {unmarked && ' '}
        {unmarked && t('find.unmarked')}
      </span>
      {searching && (
        <span className={classes.progress} aria-hidden="true">
          {t('find.progress', { searched: results.searched, pages: results.pages })}
        </span>
      )}
    </div>
  )
}
