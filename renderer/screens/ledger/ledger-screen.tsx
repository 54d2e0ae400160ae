// Nhật ký: every act that the hub accepted, one book at a time, newest first, and whether the chain is whole.
import { Alert, Button, Center, Loader, Select, Text } from '@mantine/core'
import { IconListDetails, IconShieldCheck, IconShieldX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isActType, meetingStream, ORG_STREAM } from '../../../shared/domain.ts'
import { useDesk } from '../../client/hooks.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { FormattedTime } from '../../components/formatted-time.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { usePersonName } from '../../components/person-name.tsx'
import { PickList } from '../../components/pick-list.tsx'
import { RefusalMessage } from '../../components/refusal.tsx'
import { EntryDrawer } from './entry-drawer.tsx'
import classes from './ledger.module.css'
import { useLedger, type LedgerEntry, type LedgerPages } from './use-ledger.ts'

export function LedgerScreen() {
  const { t } = useTranslation('ledger')
  const [stream, setStream] = useState(ORG_STREAM)
  const [shown, setShown] = useState<LedgerEntry | null>(null)
  const { pages, busy, problem, older, reload } = useLedger(stream)
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        actions={
          <Button variant="default" onClick={reload} loading={busy}>
            {t('reload')}
          </Button>
        }
      />
      <div className={classes.top}>
        <StreamSelect stream={stream} pages={pages} onChange={setStream} />
        {pages !== null && <Intact brokenAt={pages.brokenAt} />}
      </div>
      {problem !== null && (
        <div className={classes.problem}>
          <RefusalMessage code={problem} />
        </div>
      )}
      {pages === null ? (
        problem === null && (
          <Center p="xl">
            <Loader aria-label={t('loading')} />
          </Center>
        )
      ) : pages.entries.length === 0 ? (
        <EmptyState title={t('empty.title')} text={t('empty.text')} icon={<IconListDetails size="2rem" />} />
      ) : (
        <>
          <PickList
            key={stream}
            rows={pages.entries}
            label={t('label')}
            idOf={(entry) => `entry-${entry.seq}`}
            render={(entry) => <Line entry={entry} />}
            onOpen={setShown}
            rowRem={4}
          />
          <div className={classes.foot}>
            {pages.complete ? (
              <Text c="dimmed">{t('allRead')}</Text>
            ) : (
              <Button variant="default" onClick={older} loading={busy}>
                {t('older')}
              </Button>
            )}
          </div>
        </>
      )}
      <EntryDrawer entry={shown} onClose={() => setShown(null)} />
    </>
  )
}

interface StreamProps {
  readonly stream: string
  readonly pages: LedgerPages | null
  readonly onChange: (stream: string) => void
}

function StreamSelect({ stream, pages, onChange }: StreamProps) {
  const { t } = useTranslation('ledger')
  const name = useStreamName()
  const known = pages?.streams ?? []
  const data = known.some((each) => each.stream === stream) ? known : [{ stream, entries: 0 }, ...known]
  return (
    <Select
      className={classes.stream ?? ''}
      label={t('stream')}
      value={stream}
      searchable={data.length > 8}
      data={data.map((each) => ({
        value: each.stream,
        label: `${name(each.stream)} (${t('entries', { count: each.entries })})`,
      }))}
      onChange={(next) => onChange(next ?? ORG_STREAM)}
    />
  )
}

/** Titles of meetings are known only for those of this person; others are named by the beginning of their id. */
export function useStreamName(): (stream: string) => string {
  const { t } = useTranslation('ledger')
  const desk = useDesk()
  return (stream) => {
    if (stream === ORG_STREAM) return t('org')
    const meeting = Object.values(desk?.meetings ?? {}).find(({ id }) => meetingStream(id) === stream)
    if (meeting !== undefined) return t('meeting', { title: meeting.title })
    return t('meetingUnknown', { short: stream.replace(/^.*\//, '').slice(0, 8) })
  }
}

function Intact({ brokenAt }: { readonly brokenAt: LedgerPages['brokenAt'] }) {
  const { t } = useTranslation('ledger')
  const streamName = useStreamName()
  const intact = brokenAt === null
  return (
    <Alert
      className={classes.intact ?? ''}
      color={intact ? 'forest' : 'danger'}
      role={intact ? 'status' : 'alert'}
      icon={intact ? <IconShieldCheck aria-hidden="true" /> : <IconShieldX aria-hidden="true" />}
      title={intact ? t('intact') : t('broken')}
    >
      {intact ? t('intactText') : t('brokenText', { stream: streamName(brokenAt.stream), seq: brokenAt.seq })}
    </Alert>
  )
}

function Line({ entry }: { readonly entry: LedgerEntry }) {
  const name = usePersonName()
  const what = useActWords()
  return (
    <>
      <span className={classes.seq}>{entry.seq}</span>
      <span className={classes.what}>{what(entry.type)}</span>
      <span className={classes.who}>{name(entry.actor)}</span>
      <span className={classes.when}>
        <FormattedTime at={entry.at} />
      </span>
    </>
  )
}

/** The words for an act; a hub that is newer than this screen may know acts that the screen does not. */
export function useActWords(): (type: string) => string {
  const { t } = useTranslation('ledger')
  const { t: act } = useTranslation('acts')
  return (type) => (isActType(type) ? act(type) : t('unknownAct'))
}
