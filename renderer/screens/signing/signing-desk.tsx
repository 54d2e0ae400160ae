// The work of signing: the page with the mark on the left, the choices on the right, one button below them.
import { Alert, Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BridgeFailure } from '../../../shared/desktop/bridge.ts'
import { useDirectory, useNow } from '../../client/hooks.ts'
import { nameIn } from '../../components/name-in.ts'
import type { Desktop } from '../devices/use-devices.ts'
import { CertificateChoice } from './certificate-choice.tsx'
import {
  choicesOf,
  chosenOf,
  firstDraft,
  hasOwnField,
  lackOf,
  orderOf,
  pictureRole,
  type Choice,
  type Draft,
} from './draft.ts'
import { CALL_WORDS } from './fault-words.ts'
import { Mark } from './mark.tsx'
import { MarkPreview } from './mark-preview.tsx'
import { OrderForm } from './order-form.tsx'
import { PageStage } from './page-stage.tsx'
import { PaperList } from './paper-list.tsx'
import { firstPlace, within } from './place.ts'
import classes from './signing.module.css'
import type { BatchControls } from './use-batch.ts'
import type { Papers } from './use-papers.ts'
import { usePicture } from './use-picture.ts'
import { useOpenPaper, useSheet } from './use-sheet.ts'

interface DeskProps {
  readonly desktop: Extract<Desktop, { readonly kind: 'ready' }>
  readonly papers: Papers
  readonly onStart: BatchControls['start']
}

const SECOND_MS = 1000

export function SigningDesk({ desktop, papers: { papers, forget, clean }, onStart }: DeskProps) {
  const { t } = useTranslation('signing')
  const trust = useDirectory()?.trust ?? null
  const hasService = (trust?.timestampServices.length ?? 0) > 0
  const [draft, setDraft] = useState<Draft>(() => firstDraft(hasService))
  const [shownId, setShownId] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<BridgeFailure | null>(null)
  const now = useNow(SECOND_MS)
  const change = useCallback((part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part })), [])

  const shown = papers.find(({ id }) => id === shownId) ?? papers[0]
  const ready = shown?.state === 'ready' ? shown : null
  const opened = useOpenPaper(ready?.bytes ?? null)
  const page = opened.kind === 'open' ? Math.min(draft.page, opened.pages) : draft.page
  const sheet = useSheet(opened.kind === 'open' ? opened.document : null, page)
  const pictures = pictureRole(draft.role)
  const picture = usePicture(pictures)
  const choices = choicesOf(desktop.devices)
  const chosen = chosenOf(choices, draft.choice)
  const ownField = ready !== null && hasOwnField(ready, draft.role)
  // The desktop takes the paper's own field where there is one; others of the batch may still need the place.
  const visible = draft.visible && !ownField
  const box = sheet === null ? null : within(draft.box ?? firstPlace(draft.role, sheet), sheet)
  const lack = lackOf(papers, draft, chosen, picture.bytes !== null)
  const signed = papers.some((paper) => paper.state === 'ready' && paper.report.status !== 'unsigned')

  const sign = async () => {
    if (chosen === null || sheet === null || box === null) return
    setBusy(true)
    const documents = papers.flatMap((paper) =>
      paper.state === 'ready' ? [{ id: paper.id, name: paper.name, bytes: new Uint8Array(paper.bytes) }] : [],
    )
    const failure = await onStart(desktop.bridge, {
      documents,
      token: chosen.token.id,
      certificate: chosen.certificate.fingerprint,
      order: orderOf({ ...draft, page }, { rectangle: sheet.rectangle(box), picture: picture.bytes }),
      trust: {
        anchors: (trust?.anchors ?? []).map(({ certificate, uses }) => ({ certificate, uses: [...uses] })),
        timestampServices: [...(trust?.timestampServices ?? [])],
      },
    })
    setBusy(false)
    setRefused(failure)
  }
  return (
    <div className={classes.desk}>
      <PageStage
        paper={ready === null ? { kind: shown?.state === 'failed' ? 'failed' : 'opening' } : opened}
        sheet={sheet}
        name={shown?.name ?? ''}
        page={page}
        movable={visible}
        onPage={(next) => change({ page: next })}
        mark={(scale) =>
          visible &&
          sheet !== null &&
          box !== null && (
            <Mark box={box} sheet={sheet} scale={scale} onChange={(next) => change({ box: next })}>
              <MarkPreview
                box={box}
                scale={scale}
                facts={{
                  role: draft.role,
                  pictureUrl: pictures === null ? null : picture.url,
                  name: chosen === null ? null : nameOf(chosen),
                  organization: chosen?.certificate.organization ?? null,
                  number: draft.number,
                  copyForm: draft.copyForm,
                  now,
                }}
              />
            </Mark>
          )
        }
      />
      <section className={classes.side} aria-label={t('choices')}>
        <div className={classes.form}>
          <PaperList papers={papers} forget={forget} clean={clean} shown={shown} onShow={setShownId} />
          <CertificateChoice
            devices={desktop.devices}
            choices={choices}
            chosen={chosen}
            onChoose={(choice) => change({ choice })}
          />
          <OrderForm
            draft={draft}
            onChange={change}
            picture={picture}
            signed={signed}
            ownField={ownField}
            hasTimestampService={hasService}
          />
        </div>
        <div className={classes.foot}>
          {refused !== null && (
            <Alert color="danger" role="alert" icon={<IconAlertTriangle aria-hidden="true" />}>
              {t(`call.${CALL_WORDS[refused]}`)}
            </Alert>
          )}
          {lack !== null && (
            <p className={classes.lack} role="status">
              {t(`lack.${lack}`)}
            </p>
          )}
          {lack === null && chosen !== null && (
            <p className={classes.lack}>{t('signsAs', { name: nameOf(chosen), role: t(`role.${draft.role}`) })}</p>
          )}
          <Button
            size="lg"
            fullWidth
            disabled={lack !== null || box === null}
            loading={busy}
            onClick={() => void sign()}
          >
            {t('sign', { count: papers.length })}
          </Button>
        </div>
      </section>
    </div>
  )
}

function nameOf({ certificate: { commonName, subject } }: Choice): string {
  return commonName ?? nameIn(subject)
}
