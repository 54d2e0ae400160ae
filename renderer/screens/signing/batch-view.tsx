// A batch on its way: what the person must do now in one sentence, and each paper with what became of it.
import { Alert, Button, Group, Loader } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconPlugConnected, IconShieldLock } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { assertNever } from '../../../shared/assert-never.ts'
import { saveFile } from '../meeting/parts/desktop.ts'
import { BatchRow } from './batch-row.tsx'
import { signedName } from './draft.ts'
import { CALL_WORDS, FAULT_WORDS, mayTryAgain } from './fault-words.ts'
import classes from './signing.module.css'
import type { Batch, BatchControls } from './use-batch.ts'

interface ViewProps extends Pick<BatchControls, 'resume' | 'cancel' | 'openWindow' | 'raise' | 'markSaved'> {
  readonly batch: Batch
  /** The device of this batch is in the machine now. */
  readonly plugged: boolean
  readonly onLeave: () => void
}

export function BatchView({ batch, plugged, onLeave, raise, markSaved, ...controls }: ViewProps) {
  const { t } = useTranslation('signing')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const { state, signed, names } = batch
  const over = state.phase === 'done' || state.phase === 'cancelled'
  const save = async (id: string) => {
    const file = signed.get(id)
    if (file !== undefined && (await saveFile(signedName(names.get(id) ?? ''), file.bytes))) markSaved(id)
  }
  const unsaved = [...signed].filter(([, file]) => !file.saved).map(([id]) => id)
  return (
    <div className={classes.batch}>
      <h2 className={classes.batchTitle} tabIndex={-1} ref={heading}>
        {t('batch.title', { count: state.documents.length })}
      </h2>
      <PhaseNotice batch={batch} plugged={plugged} {...controls} />
      {batch.fault !== null && (
        <Alert color="danger" role="alert" icon={<IconAlertTriangle aria-hidden="true" />}>
          {t(`call.${CALL_WORDS[batch.fault]}`)}
        </Alert>
      )}
      <ul className={classes.rows} aria-label={t('batch.papers')}>
        {state.documents.map((document) => (
          <BatchRow
            key={document.id}
            document={document}
            name={names.get(document.id) ?? ''}
            signed={signed.get(document.id) ?? null}
            wanted={batch.wanted}
            onSave={() => void save(document.id)}
            onRaise={() => raise(document.id)}
          />
        ))}
      </ul>
      <Group>
        {unsaved.length > 1 && (
          <Button
            onClick={() => {
              void unsaved.reduce((before, id) => before.then(() => save(id)), Promise.resolve())
            }}
          >
            {t('batch.saveAll', { count: unsaved.length })}
          </Button>
        )}
        {over && (
          <>
            <Button variant="default" onClick={onLeave}>
              {t('batch.more')}
            </Button>
            {signed.size > 0 && (
              <Button variant="subtle" component={Link} to="/verify">
                {t('batch.verify')}
              </Button>
            )}
          </>
        )}
      </Group>
    </div>
  )
}

function PhaseNotice({
  batch,
  plugged,
  resume,
  cancel,
  openWindow,
}: Pick<ViewProps, 'batch' | 'plugged' | 'resume' | 'cancel' | 'openWindow'>) {
  const { t } = useTranslation('signing')
  const { phase, code, documents } = batch.state
  const count = documents.filter(({ state }) => state === 'signed').length
  const stop = (
    <Button variant="default" onClick={() => void cancel()}>
      {t('batch.stop')}
    </Button>
  )
  switch (phase) {
    case 'confirming':
      return (
        <Alert
          color="cinnamon"
          role="status"
          icon={<IconShieldLock aria-hidden="true" />}
          title={t(batch.blocked === null ? 'batch.confirming' : 'batch.blockedTitle')}
        >
          <p className={classes.noticeText}>
            {batch.blocked === null ? t('batch.confirmingText') : t('batch.blocked')}
          </p>
          <Group>
            {batch.blocked !== null && <Button onClick={openWindow}>{t('batch.openWindow')}</Button>}
            {stop}
          </Group>
        </Alert>
      )
    case 'signing':
      return (
        <Alert
          color="cinnamon"
          role="status"
          icon={<Loader size="sm" aria-hidden="true" />}
          title={t('batch.signing', { count, all: documents.length })}
        >
          {t('batch.signingText')}
        </Alert>
      )
    case 'waiting-for-token':
      return (
        <Alert
          color="cinnamon"
          role="alert"
          icon={<IconPlugConnected aria-hidden="true" />}
          title={t(plugged ? 'batch.plugged' : 'batch.waiting')}
        >
          <p className={classes.noticeText}>
            {t(plugged ? 'batch.pluggedText' : 'batch.waitingText', { count, all: documents.length })}
          </p>
          <Group>
            {plugged && <Button onClick={() => void resume()}>{t('batch.resume')}</Button>}
            {stop}
          </Group>
        </Alert>
      )
    case 'stopped':
      return (
        <Alert color="danger" role="alert" icon={<IconAlertTriangle aria-hidden="true" />} title={t('batch.stopped')}>
          <p className={classes.noticeText}>
            {code === null ? t('fault.tokenFailed') : t(`fault.${FAULT_WORDS[code]}`)}{' '}
            {t('batch.soFar', { count, all: documents.length })}
          </p>
          <Group>
            {mayTryAgain(code) && <Button onClick={() => void resume()}>{t('batch.again')}</Button>}
            {stop}
          </Group>
        </Alert>
      )
    case 'done':
      return (
        <Alert
          color={count === documents.length ? 'forest' : 'danger'}
          role="status"
          icon={
            count === documents.length ? (
              <IconCircleCheck aria-hidden="true" />
            ) : (
              <IconAlertTriangle aria-hidden="true" />
            )
          }
          title={t('batch.done', { count, all: documents.length })}
        >
          {count > 0 ? t('batch.doneText') : t('batch.doneNone')}
        </Alert>
      )
    case 'cancelled':
      return (
        <Alert
          color="cinnamon"
          role="status"
          icon={<IconAlertTriangle aria-hidden="true" />}
          title={t('batch.cancelled')}
        >
          {t('batch.soFar', { count, all: documents.length })}
        </Alert>
      )
    default:
      return assertNever(phase)
  }
}
