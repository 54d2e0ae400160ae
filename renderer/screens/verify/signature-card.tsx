// One signature: who, in which role, when and how that is known, what it covers, what came after it, and for how long it holds.
import { Title } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { FileReport, SignatureReport } from '../../../shared/signature/report.ts'
import { formatDate, formatDateTime } from '../../../shared/text/dates.ts'
import { StatePill } from '../../components/state-pill.tsx'
import { Facts } from '../admin/facts.tsx'
import { ChangeList } from './change-list.tsx'
import { fieldWords } from './field-words.ts'
import { nameIn } from '../../components/name-in.ts'
import { spokenReasons } from './reason-sentence.ts'
import { STATUS_TONES } from './status.ts'
import classes from './verify.module.css'

interface CardProps {
  readonly signature: SignatureReport
  /** From 1, in the order of the file. */
  readonly number: number
  readonly report: FileReport
  readonly bytes: Uint8Array
}

export function SignatureCard({ signature, number, report, bytes }: CardProps) {
  const { t } = useTranslation('verify')
  const heading = useId()
  const { signer, kind, status } = signature
  const facts = useFacts(signature)
  return (
    <section className={classes.card} aria-labelledby={heading}>
      <header className={classes.cardHead}>
        <Title order={3} id={heading}>
          {number}. {signer === null ? t('unknownSigner') : nameIn(signer.subject)}
        </Title>
        <StatePill tone={STATUS_TONES[status]}>{t(`short.${status}`)}</StatePill>
      </header>
      <p className={classes.role}>
        {kind === 'document-timestamp' ? t('archiveStamp') : t(`role.${signature.role ?? 'none'}`)}
      </p>
      {spokenReasons(signature.reasons).map((key) => (
        <p key={key} className={classes.reason} data-status={status}>
          {t(`reason.${key}`)}
        </p>
      ))}
      <Facts facts={facts} />
      <ChangeList signature={signature} report={report} bytes={bytes} />
      <Evidence signature={signature} />
    </section>
  )
}

function useFacts(signature: SignatureReport): readonly (readonly [string, string])[] {
  const { t } = useTranslation('verify')
  const { time, coverage, level, missingForNext, holdsUntil, permissions, place, kind } = signature
  const holds = signature.status === 'valid' || signature.status === 'valid-changed'
  const when =
    kind === 'document-timestamp'
      ? formatDateTime(time.proven ?? signature.timestamps[0]?.time ?? '')
      : time.proven !== null
        ? t(`time.${time.provenBy ?? 'signature-timestamp'}`, { time: formatDateTime(time.proven) })
        : time.claimed !== null
          ? t('time.claimed', { time: formatDateTime(time.claimed) })
          : t('time.none')
  const covers =
    coverage.revision === null
      ? t('covers.nothing')
      : coverage.wholeFile
        ? t('covers.all')
        : t('covers.revision', { revision: coverage.revision, revisions: coverage.revisions })
  const next = missingForNext.map((missing) => t(`missing.${missing as 'timestamp'}`)).join(' ')
  return [
    [t(kind === 'document-timestamp' ? 'fact.stamped' : 'fact.time'), when],
    [t('fact.covers'), covers],
    ...(place.page === null || place.rect === null || place.rect[0] === place.rect[2]
      ? []
      : [[t('fact.place'), t('place', { page: place.page })] as const]),
    ...(permissions.docMdp === null ? [] : [[t('fact.permits'), t(`permits.${permissions.docMdp}`)] as const]),
    ...(permissions.fieldMdp === null
      ? []
      : [
          [
            t('fact.locks'),
            t(`locks.${permissions.fieldMdp.action}`, {
              fields: permissions.fieldMdp.fields.map((field) => fieldWords(t, field)).join(', '),
            }),
          ] as const,
        ]),
    ...(signature.kind === 'document-timestamp' || signature.status === 'invalid'
      ? []
      : [[t('fact.level'), `${t(`level.${level}`)} ${next}`.trim()] as const]),
    ...(holdsUntil === null || !holds ? [] : [[t('fact.holds'), formatDate(holdsUntil)] as const]),
  ]
}

/** For who wants to know more: the chain, the revocation and the numbers. */
function Evidence({ signature }: { readonly signature: SignatureReport }) {
  const { t } = useTranslation('verify')
  const { chain, signer, revocation, algorithm, timestamps, coverage } = signature
  const shown = chain.length > 0 ? chain : signer === null ? [] : [signer]
  return (
    <details className={classes.evidence}>
      <summary>{t('evidence')}</summary>
      <ol className={classes.chain}>
        {shown.map((certificate) => {
          const known = revocation.find((each) => each.certificate === certificate.fingerprint)
          return (
            <li key={certificate.fingerprint}>
              <strong>{certificate.subject}</strong>
              <span>
                {t('period', { from: formatDate(certificate.notBefore), until: formatDate(certificate.notAfter) })}
              </span>
              <span>{t('serial', { serial: certificate.serialNumber })}</span>
              {known !== undefined && (
                <span>
                  {t(`revocation.${known.status}`, {
                    time: known.thisUpdate === null ? '' : formatDateTime(known.thisUpdate),
                    revokedAt: known.revokedAt === null ? '' : formatDateTime(known.revokedAt),
                  })}
                </span>
              )}
            </li>
          )
        })}
      </ol>
      <Facts
        facts={[
          ...(algorithm === null ? [] : [[t('fact.algorithm'), algorithm] as const]),
          [t('fact.field'), signature.field],
          ...(coverage.byteRange === null ? [] : [[t('fact.bytes'), coverage.byteRange.join(' ')] as const]),
          ...timestamps.map(
            (stamp) =>
              [
                t('fact.timestamp'),
                `${formatDateTime(stamp.time)}${stamp.authority === null ? '' : `, ${nameIn(stamp.authority.subject)}`}`,
              ] as const,
          ),
          ...(signature.reasons.length === 0 ? [] : [[t('fact.codes'), signature.reasons.join(', ')] as const]),
        ]}
      />
    </details>
  )
}
