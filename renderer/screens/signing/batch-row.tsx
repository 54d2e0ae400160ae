// One paper of a batch: signed, not signed and why, which level it reached, and what is missing to the one that was wanted.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BridgeFailure } from '../../../shared/desktop/bridge.ts'
import type { SigningCode } from '../../../shared/desktop/signing-codes.ts'
import { LEVELS } from '../../../shared/signature/report.ts'
import { StatePill, type PillTone } from '../../components/state-pill.tsx'
import { CALL_WORDS, FAULT_WORDS, REVOCATION_WORDS, TIME_WORDS } from './fault-words.ts'
import classes from './signing.module.css'
import type { DocumentState, Level, Missing, Signed } from './use-batch.ts'

interface RowProps {
  readonly document: DocumentState
  readonly name: string
  /** null while the signed file is not here. */
  readonly signed: Signed | null
  readonly wanted: Level
  readonly onSave: () => void
  /** @returns why the level could not be raised at all */
  readonly onRaise: () => Promise<SigningCode | BridgeFailure | null>
}

const TONES: Readonly<Record<DocumentState['state'], PillTone>> = {
  waiting: 'waiting',
  signing: 'live',
  signed: 'done',
  failed: 'danger',
}

export function BatchRow({ document, name, signed, wanted, onSave, onRaise }: RowProps) {
  const { t } = useTranslation('signing')
  const { state, code } = document
  const level = LEVELS.find((each) => each === (signed?.level ?? document.level)) ?? 'none'
  const missing = signed?.missing ?? document.missing
  const short = state === 'signed' && LEVELS.indexOf(level) < LEVELS.indexOf(wanted)
  return (
    <li className={classes.batchRow}>
      <span className={classes.words}>
        <span className={classes.strong}>{name}</span>
        {state === 'signed' && level !== 'none' && (
          <span className={classes.weak}>{t('batch.level', { level: t(`level.${level}`) })}</span>
        )}
        {code !== null && state === 'failed' && (
          <span className={classes.danger}>{t(`fault.${FAULT_WORDS[code]}`)}</span>
        )}
        {short && <Shortfall missing={missing} wanted={wanted} onRaise={onRaise} />}
      </span>
      <StatePill tone={TONES[state]}>{t(`state.${state}`)}</StatePill>
      {signed !== null && signed.bytes.length > 0 && (
        <Button
          variant={signed.saved ? 'default' : 'filled'}
          aria-label={t(signed.saved ? 'batch.saveAgainLabel' : 'batch.saveLabel', { name })}
          onClick={onSave}
        >
          {signed.saved ? t('batch.saveAgain') : t('batch.save')}
        </Button>
      )}
    </li>
  )
}

interface ShortProps extends Pick<RowProps, 'wanted' | 'onRaise'> {
  readonly missing: Missing | null
}

function Shortfall({ missing, wanted, onRaise }: ShortProps) {
  const { t } = useTranslation('signing')
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<SigningCode | BridgeFailure | null>(null)
  const raise = async () => {
    setBusy(true)
    setFailed(await onRaise())
    setBusy(false)
  }
  const times = [...new Set((missing?.timestamp ?? []).map((code) => TIME_WORDS[code]))]
  const sources = [...new Set((missing?.revocation ?? []).map((code) => REVOCATION_WORDS[code]))]
  return (
    <span className={classes.short}>
      <span className={classes.warning}>{t('missing.title', { level: t(`level.${wanted}`) })}</span>
      {times.map((key) => (
        <span key={key}>{t(`missing.time.${key}`)}</span>
      ))}
      {sources.map((key) => (
        <span key={key}>{t(`missing.source.${key}`)}</span>
      ))}
      {times.length + sources.length === 0 && (
        <span>{missing?.evidenceMissing === true ? t('missing.evidence') : t('missing.noService')}</span>
      )}
      {failed !== null && (
        <span role="alert" className={classes.danger}>
          {sentenceOf(failed, t)}
        </span>
      )}
      <Button variant="default" loading={busy} onClick={() => void raise()}>
        {t('missing.raise')}
      </Button>
    </span>
  )
}

type Words = ReturnType<typeof useTranslation<'signing'>>['t']

function sentenceOf(code: SigningCode | BridgeFailure, t: Words): string {
  return isCall(code) ? t(`call.${CALL_WORDS[code]}`) : t(`fault.${FAULT_WORDS[code]}`)
}

function isCall(code: SigningCode | BridgeFailure): code is BridgeFailure {
  return code in CALL_WORDS && !(code in FAULT_WORDS)
}
