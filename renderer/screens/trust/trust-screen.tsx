// Tin cậy chữ ký: whose certificates this office believes, and which services are asked for the time. Changed as a whole, then saved.
import { Alert, Button, Text, Textarea, Title } from '@mantine/core'
import { IconInfoCircle, IconPlus, IconShieldCheck } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ACTS } from '../../../shared/domain.ts'
import type { TrustBody } from '../../../shared/org/acts.ts'
import type { Trust } from '../../../shared/org/state.ts'
import { formatDateTime } from '../../../shared/text/dates.ts'
import { useDirectory } from '../../client/hooks.ts'
import { CERTIFICATE_FILES, certificatesOf } from '../../components/certificate-file.ts'
import { confirmAction } from '../../components/confirm.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { PageBody } from '../../components/page-body.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { notifyRefusal } from '../../components/refusal.tsx'
import { useOrgAct } from '../admin/use-org-act.ts'
import { AnchorRow } from './anchor-row.tsx'
import { anchorOf, withAnchors } from './anchors.ts'
import classes from './trust.module.css'

export function TrustScreen() {
  const directory = useDirectory()
  // A change by somebody else begins the form anew: saving would otherwise undo it unseen.
  return directory === null ? null : <TrustForm key={directory.trust?.replacedAt} stands={directory.trust} />
}

function TrustForm({ stands }: { readonly stands: Trust | null }) {
  const { t } = useTranslation('trust')
  const act = useOrgAct()
  const picker = useRef<HTMLInputElement>(null)
  const before: TrustBody = { anchors: stands?.anchors ?? [], timestampServices: stands?.timestampServices ?? [] }
  const [anchors, setAnchors] = useState(before.anchors)
  const [services, setServices] = useState(before.timestampServices.join('\n'))
  const [busy, setBusy] = useState(false)
  const next: TrustBody = { anchors, timestampServices: services.split(/\s+/).filter((line) => line !== '') }
  const changed = JSON.stringify(next) !== JSON.stringify(before)
  const readable = ACTS['org.replaceTrust'].shape.timestampServices.safeParse(next.timestampServices).success

  const add = async (files: readonly File[]) => {
    for (const file of files) {
      const found = await certificatesOf(file)
      if (found.length === 0) notifyRefusal('certificate-unreadable')
      else setAnchors((now) => withAnchors(now, found.map(anchorOf)))
    }
  }
  const save = async () => {
    const yes = await confirmAction({
      title: t('saveTitle'),
      consequence: t('saveText', { count: anchors.length }),
      verb: t('save'),
    })
    if (!yes) return
    setBusy(true)
    await act('org.replaceTrust', next, t('saved'))
    setBusy(false)
  }
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={stands === null ? t('leadNone') : t('lead', { time: formatDateTime(stands.replacedAt) })}
        actions={
          <>
            <Button
              variant="default"
              leftSection={<IconPlus size="1.25rem" aria-hidden="true" />}
              onClick={() => picker.current?.click()}
            >
              {t('add')}
            </Button>
            <Button disabled={!changed || !readable} loading={busy} onClick={() => void save()}>
              {t('save')}
            </Button>
          </>
        }
      />
      <input
        ref={picker}
        type="file"
        hidden
        multiple
        accept={CERTIFICATE_FILES}
        onChange={(event) => {
          // A copy: emptying the field below empties its list as well.
          void add([...(event.currentTarget.files ?? [])])
          event.currentTarget.value = ''
        }}
      />
      <PageBody width="text">
        {changed && (
          <Alert color="cinnamon" role="status" icon={<IconInfoCircle aria-hidden="true" />}>
            {t('unsaved')}
          </Alert>
        )}
        <section className={classes.section} aria-labelledby="trust-anchors">
          <Title order={2} id="trust-anchors">
            {t('anchors')}
          </Title>
          <Text c="dimmed">{t('anchorsText')}</Text>
          {anchors.length === 0 ? (
            <EmptyState title={t('none')} text={t('noneText')} icon={<IconShieldCheck size="2rem" />} />
          ) : (
            <ul className={classes.rows}>
              {anchors.map((anchor) => (
                <AnchorRow
                  key={anchor.certificate}
                  anchor={anchor}
                  onChange={(changedAnchor) =>
                    setAnchors(anchors.map((each) => (each === anchor ? changedAnchor : each)))
                  }
                  onRemove={() => setAnchors(anchors.filter((each) => each !== anchor))}
                />
              ))}
            </ul>
          )}
        </section>
        <section className={classes.section}>
          <Title order={2} id="trust-services">
            {t('services')}
          </Title>
          <Textarea
            aria-labelledby="trust-services"
            description={t('servicesText')}
            autosize
            minRows={3}
            value={services}
            error={readable ? undefined : t('servicesWrong')}
            onChange={(event) => setServices(event.currentTarget.value)}
          />
        </section>
      </PageBody>
    </>
  )
}
