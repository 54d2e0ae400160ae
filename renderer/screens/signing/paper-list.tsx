// The papers to sign: each with what its signatures and the look before signing say, the shown one with all of it.
import { Button, Loader } from '@mantine/core'
import { IconAlertTriangle, IconBan } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { confirmAction } from '../../components/confirm.ts'
import { StatePill } from '../../components/state-pill.tsx'
import { spokenReasons } from '../verify/reason-sentence.ts'
import { STATUS_TONES } from '../verify/status.ts'
import { canBeCleaned, groupFindings, isRefused, type FindingGroup } from './scan-words.ts'
import classes from './signing.module.css'
import type { Paper, Papers, ReadyPaper } from './use-papers.ts'

interface ListProps extends Pick<Papers, 'papers' | 'forget' | 'clean'> {
  readonly shown: Paper | undefined
  readonly onShow: (id: string) => void
}

export function PaperList({ papers, forget, clean, shown, onShow }: ListProps) {
  const { t } = useTranslation('signing')
  return (
    <ul className={classes.rows} aria-label={t('papers.title')}>
      {papers.map((paper) => (
        <li key={paper.id} className={classes.paper}>
          <div className={classes.paperHead}>
            <button
              type="button"
              className={classes.paperName}
              aria-current={paper === shown || undefined}
              onClick={() => onShow(paper.id)}
            >
              <span className={classes.strong}>{paper.name}</span>
              <PaperPills paper={paper} />
            </button>
            <Button
              variant="subtle"
              color="gray"
              aria-label={t('papers.removeLabel', { name: paper.name })}
              onClick={() => forget(paper.id)}
            >
              {t('papers.remove')}
            </Button>
          </div>
          {paper === shown && paper.state === 'ready' && <Findings key={paper.id} paper={paper} clean={clean} />}
          {paper === shown && paper.state === 'failed' && <p className={classes.danger}>{t('papers.failedText')}</p>}
        </li>
      ))}
    </ul>
  )
}

function PaperPills({ paper }: { readonly paper: Paper }) {
  const { t } = useTranslation('signing')
  const { t: verify } = useTranslation('verify')
  if (paper.state === 'failed') return <StatePill tone="danger">{t('papers.failed')}</StatePill>
  if (paper.state !== 'ready')
    return (
      <span className={classes.weak}>
        {paper.state === 'looking' && <Loader size="xs" aria-hidden="true" />} {t(`papers.${paper.state}`)}
      </span>
    )
  const { report, findings, cleaned } = paper
  return (
    <span className={classes.pills}>
      {report.status !== 'unsigned' && (
        <StatePill tone={STATUS_TONES[report.status]}>
          {t('papers.signed', { count: report.signatures.length, verdict: verify(`short.${report.status}`) })}
        </StatePill>
      )}
      {isRefused(findings) ? (
        <StatePill tone="danger">{t('papers.refused')}</StatePill>
      ) : (
        findings.length > 0 && <StatePill tone="warning">{t('papers.warned')}</StatePill>
      )}
      {cleaned && <StatePill tone="done">{t('papers.cleaned')}</StatePill>}
      {findings.length === 0 && !cleaned && report.status === 'unsigned' && (
        <StatePill tone="done">{t('papers.ready')}</StatePill>
      )}
    </span>
  )
}

function Findings({ paper, clean }: { readonly paper: ReadyPaper; readonly clean: Papers['clean'] }) {
  const { t } = useTranslation('signing')
  const { t: verify } = useTranslation('verify')
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState(false)
  const { report, findings } = paper
  const groups = groupFindings(findings)
  const reasons =
    report.status === 'invalid'
      ? spokenReasons(report.signatures.flatMap((each) => each.reasons).concat(report.reasons))
      : []
  const ask = async () => {
    const yes = await confirmAction({
      title: t('clean.title', { name: paper.name }),
      consequence: t('clean.text'),
      verb: t('clean.verb'),
    })
    if (!yes) return
    setBusy(true)
    setFailed(!(await clean(paper)))
    setBusy(false)
  }
  return (
    <div className={classes.findings}>
      {reasons.map((key) => (
        <p key={key} className={classes.danger}>
          {verify(`reason.${key}`)}
        </p>
      ))}
      {groups.map((group) => (
        <Finding key={`${group.severity} ${group.words}`} group={group} />
      ))}
      {report.status === 'unsigned' && canBeCleaned(findings) && (
        <Button variant="default" loading={busy} onClick={() => void ask()}>
          {t('clean.verb')}
        </Button>
      )}
      {report.status !== 'unsigned' && isRefused(findings) && <p className={classes.weak}>{t('clean.signed')}</p>}
      {failed && (
        <p role="alert" className={classes.danger}>
          {t('clean.failed')}
        </p>
      )}
    </div>
  )
}

function Finding({ group: { words, severity, pages } }: { readonly group: FindingGroup }) {
  const { t } = useTranslation('signing')
  const Icon = severity === 'refuse' ? IconBan : IconAlertTriangle
  return (
    <p className={classes.finding} data-severity={severity}>
      <Icon size="1.25rem" aria-hidden="true" />
      <span>
        {t(`scan.${words}`)}
        {pages.length > 0 && ` ${t('scan.pages', { pages: pagesText(pages) })}`}
      </span>
    </p>
  )
}

/** More than these help nobody. */
const MOST_PAGES = 8

function pagesText(pages: readonly number[]): string {
  return pages.length <= MOST_PAGES ? pages.join(', ') : `${pages.slice(0, MOST_PAGES).join(', ')}…`
}
