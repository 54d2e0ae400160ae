// Ký số: bring papers, see what would be signed and where, choose who signs and as what, then confirm in the desktop's own window.
import { Button, Loader, Text } from '@mantine/core'
import { IconDeviceUsb, IconPlus } from '@tabler/icons-react'
import { useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../components/empty-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { useDevices, type Token } from '../devices/use-devices.ts'
import { BatchView } from './batch-view.tsx'
import { CALL_WORDS } from './fault-words.ts'
import { SigningDesk } from './signing-desk.tsx'
import classes from './signing.module.css'
import { useBatch } from './use-batch.ts'
import { usePapers } from './use-papers.ts'

type TokenId = Token['id']

export function SigningScreen() {
  const { t } = useTranslation('signing')
  const desktop = useDevices()
  const papers = usePapers()
  const { batch, start, leave, ...controls } = useBatch()
  const picker = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const take = (list: FileList | null) => papers.add([...(list ?? [])])
  const choose = () => picker.current?.click()
  const open = desktop.kind === 'ready' && batch === null

  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        actions={
          open && (
            <Button
              variant={papers.papers.length === 0 ? 'filled' : 'default'}
              leftSection={<IconPlus size="1.25rem" aria-hidden="true" />}
              onClick={choose}
            >
              {t('choose')}
            </Button>
          )
        }
      />
      <input
        ref={picker}
        type="file"
        accept="application/pdf,.pdf"
        multiple
        hidden
        data-kind="papers"
        onChange={(event) => {
          take(event.currentTarget.files)
          event.currentTarget.value = ''
        }}
      />
      <div
        className={classes.ground}
        data-over={over || undefined}
        onDragOver={(event) => {
          if (!open || !event.dataTransfer.types.includes('Files')) return
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false)
        }}
        onDrop={(event) => {
          if (!open) return
          event.preventDefault()
          setOver(false)
          take(event.dataTransfer.files)
        }}
      >
        {content()}
      </div>
    </>
  )

  function content(): ReactNode {
    if (batch !== null)
      return (
        <BatchView
          batch={batch}
          plugged={desktop.kind === 'ready' && desktop.devices.tokens.some(({ id }) => sameToken(id, batch.token))}
          {...controls}
          onLeave={() => {
            // What was signed must not be signed a second time by a hasty click; what was not stays.
            for (const { id, state } of batch.state.documents) if (state === 'signed') papers.forget(id)
            leave()
          }}
        />
      )
    if (desktop.kind === 'connecting')
      return (
        <div className={classes.working} role="status">
          <Loader />
          <Text>{t('connecting')}</Text>
        </div>
      )
    if (desktop.kind === 'none')
      return <EmptyState title={t('noDesktop.title')} text={t('noDesktop.text')} icon={<IconDeviceUsb size="2rem" />} />
    if (desktop.kind === 'failed')
      return (
        <EmptyState
          title={t('desktopFailed')}
          text={t(`call.${CALL_WORDS[desktop.code]}`)}
          icon={<IconDeviceUsb size="2rem" />}
        />
      )
    if (papers.papers.length === 0)
      return (
        <EmptyState
          title={over ? t('dropHere') : t('empty.title')}
          text={t('empty.text')}
          icon={<IconPlus size="2rem" />}
        />
      )
    return <SigningDesk desktop={desktop} papers={papers} onStart={start} />
  }
}

function sameToken(one: TokenId, other: TokenId): boolean {
  return one.module === other.module && one.serial === other.serial && one.label === other.label
}
