// The papers of one item: those attached, those on their way, and the place to drop or choose more.
import { ActionIcon, Button, Progress, Text, TextInput, Tooltip } from '@mantine/core'
import { IconFileText, IconPaperclip, IconRefresh, IconX } from '@tabler/icons-react'
import { useRef, useState, type DragEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { AgendaItem, Paper } from '../../../../shared/meeting/state.ts'
import type { MeetingBoard } from '../../../../shared/meeting/view.ts'
import { StatePill } from '../../../components/state-pill.tsx'
import { useRefusalText } from '../../../components/refusal.tsx'
import type { RefusalCode } from '../../../../shared/refusal.ts'
import { formatBytes } from '../logic/paper-name.ts'
import { papersOf } from '../logic/papers-of.ts'
import classes from './papers.module.css'
import type { UploadRow } from './upload-queue.ts'
import type { PaperUploads } from './use-paper-uploads.ts'

interface ItemPapersProps {
  readonly item: AgendaItem
  readonly board: MeetingBoard
  readonly uploads: PaperUploads
  readonly onWithdraw: (paper: Paper) => Promise<void>
}

export function ItemPapers({ item, board, uploads, onWithdraw }: ItemPapersProps) {
  const { t } = useTranslation('prepare')
  const picker = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const papers = papersOf(board.papers, item.id)
  const rows = uploads.rows.filter((row) => row.itemId === item.id)

  const take = (files: FileList | null) => {
    if (files !== null && files.length > 0) void uploads.add(item.id, [...files], item.title)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }
  return (
    <div
      className={classes.papers}
      data-over={over || undefined}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false)
      }}
      onDrop={drop}
    >
      {papers.length > 0 && (
        <ul className={classes.list} aria-label={t('papers.of', { title: item.title })}>
          {papers.map((paper) => (
            <li key={paper.id} className={classes.paper}>
              <IconFileText size="1.25rem" aria-hidden className={classes.icon} />
              <span className={classes.name}>{paper.name}</span>
              {paper.late && <StatePill tone="waiting">{t('papers.late')}</StatePill>}
              <span className={classes.about}>
                {t('papers.about', { pages: paper.pages, size: formatBytes(paper.size) })}
              </span>
              <Button
                variant="subtle"
                color="danger"
                aria-label={t('papers.withdrawNamed', { name: paper.name })}
                onClick={() => void onWithdraw(paper)}
              >
                {t('papers.withdraw')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {rows.length > 0 && (
        <ul className={classes.list} aria-label={t('papers.sendingOf', { title: item.title })}>
          {rows.map((row) => (
            <Upload key={row.id} row={row} uploads={uploads} />
          ))}
        </ul>
      )}
      <input
        ref={picker}
        type="file"
        accept="application/pdf,.pdf"
        multiple
        hidden
        data-item={item.id}
        onChange={(event) => {
          take(event.currentTarget.files)
          event.currentTarget.value = ''
        }}
      />
      <Button
        variant="subtle"
        leftSection={<IconPaperclip size="1.125rem" aria-hidden />}
        aria-label={t('papers.addTo', { title: item.title })}
        onClick={() => picker.current?.click()}
      >
        {over ? t('papers.dropHere') : t('papers.add')}
      </Button>
    </div>
  )
}

function Upload({ row, uploads }: { readonly row: UploadRow; readonly uploads: PaperUploads }) {
  const { t } = useTranslation('prepare')
  const { queue } = uploads
  const share = row.progress === null ? 0 : (row.progress.done / Math.max(1, row.progress.total)) * 100
  const phase = row.state === 'sending' && row.progress !== null ? row.progress.phase : row.state
  const said = `${t(`papers.phase.${phase}`)} · ${formatBytes(row.size)}`
  return (
    <li className={classes.upload} data-failed={row.state === 'failed' || undefined}>
      <TextInput
        label={t('papers.name')}
        value={row.name}
        maxLength={500}
        onFocus={() => queue.editing(row.id, true)}
        onBlur={() => queue.editing(row.id, false)}
        onChange={(event) => queue.rename(row.id, event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur()
        }}
      />
      {row.state === 'failed' && (
        <Button
          variant="light"
          leftSection={<IconRefresh size="1.125rem" aria-hidden />}
          onClick={() => queue.retry(row.id)}
        >
          {t('papers.retry')}
        </Button>
      )}
      <Tooltip label={t('papers.cancel')}>
        <ActionIcon aria-label={t('papers.cancelNamed', { name: row.name })} onClick={() => queue.cancel(row.id)}>
          <IconX size="1.25rem" aria-hidden />
        </ActionIcon>
      </Tooltip>
      <div className={classes.uploadState}>
        {row.state === 'failed' && row.code !== null ? (
          <Problem code={row.code} />
        ) : (
          <>
            <Progress
              value={row.state === 'sending' ? share : row.state === 'queued' ? 0 : 100}
              aria-label={t('papers.progress', { name: row.name })}
            />
            <Text size="sm" c="dimmed">
              {said}
            </Text>
          </>
        )}
      </div>
    </li>
  )
}

function Problem({ code }: { readonly code: RefusalCode }) {
  return (
    <Text size="sm" c="var(--tm-danger-text)" role="alert">
      {useRefusalText(code)}
    </Text>
  )
}
