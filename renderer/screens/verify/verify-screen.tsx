// Kiểm tra chữ ký: drop any PDF, get one sentence, and below it everything that stands behind the sentence.
import { Button, Loader, Text } from '@mantine/core'
import { IconFileSearch, IconPlus } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../components/empty-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { StatePill } from '../../components/state-pill.tsx'
import { ReportView } from './report-view.tsx'
import { useVerification, type VerifiedFile } from './use-verification.ts'
import { STATUS_TONES } from './status.ts'
import classes from './verify.module.css'

export function VerifyScreen() {
  const { t } = useTranslation('verify')
  const { files, add, forget } = useVerification()
  const [openId, setOpenId] = useState<number | null>(null)
  const [over, setOver] = useState(false)
  const picker = useRef<HTMLInputElement>(null)
  const open = files.find(({ id }) => id === openId) ?? files[0]

  const take = (list: FileList | null) => {
    const pdfs = [...(list ?? [])]
    if (pdfs.length > 0) setOpenId(add(pdfs))
  }
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        actions={
          <Button
            variant={files.length === 0 ? 'filled' : 'default'}
            leftSection={<IconPlus size="1.25rem" aria-hidden="true" />}
            onClick={() => picker.current?.click()}
          >
            {t('choose')}
          </Button>
        }
      />
      <input
        ref={picker}
        type="file"
        accept="application/pdf,.pdf"
        multiple
        hidden
        onChange={(event) => {
          take(event.currentTarget.files)
          event.currentTarget.value = ''
        }}
      />
      <div
        className={classes.columns}
        data-single={files.length < 2 || undefined}
        data-over={over || undefined}
        onDragOver={(event) => {
          if (!event.dataTransfer.types.includes('Files')) return
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false)
        }}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          take(event.dataTransfer.files)
        }}
      >
        {files.length > 1 && (
          <nav className={classes.side} aria-label={t('files')}>
            <ul className={classes.files}>
              {files.map((file) => (
                <li key={file.id}>
                  <FileRow file={file} current={file === open} onOpen={() => setOpenId(file.id)} />
                </li>
              ))}
            </ul>
          </nav>
        )}
        <div className={classes.details}>
          {open === undefined ? (
            <EmptyState
              title={over ? t('dropHere') : t('empty.title')}
              text={t('empty.text')}
              icon={<IconFileSearch size="2rem" />}
            />
          ) : (
            <Details key={open.id} file={open} onForget={() => forget(open.id)} />
          )}
        </div>
      </div>
    </>
  )
}

interface FileRowProps {
  readonly file: VerifiedFile
  readonly current: boolean
  readonly onOpen: () => void
}

function FileRow({ file, current, onOpen }: FileRowProps) {
  const { t } = useTranslation('verify')
  return (
    <button type="button" className={classes.file} aria-current={current || undefined} onClick={onOpen}>
      <span className={classes.name}>{file.name}</span>
      {file.state === 'done' ? (
        <StatePill tone={STATUS_TONES[file.report.status]}>{t(`short.${file.report.status}`)}</StatePill>
      ) : (
        <Text size="sm" c="dimmed">
          {t(file.state)}
        </Text>
      )}
    </button>
  )
}

function Details({ file, onForget }: { readonly file: VerifiedFile; readonly onForget: () => void }) {
  const { t } = useTranslation('verify')
  if (file.state === 'done') return <ReportView report={file.report} bytes={file.bytes} onForget={onForget} />
  if (file.state === 'failed') return <EmptyState title={t('failed')} text={t('failedText', { name: file.name })} />
  return (
    <div className={classes.working} role="status">
      <Loader />
      <Text>{t('workingOn', { name: file.name })}</Text>
    </div>
  )
}
