// The state of the line in words, in one quiet place; a click lists what waits to be sent and what was not accepted.
import { Button, Popover, ScrollArea, Spoiler, Stack, Text, Title, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { QuarantinedItem, WaitingAct } from '../client/contract.ts'
import { useLine, useQuarantine, useWaiting } from '../client/hooks.ts'
import { FormattedTime } from './formatted-time.tsx'
import classes from './line-state.module.css'
import { useRefusalText } from './refusal.tsx'

export function LineState() {
  const { t } = useTranslation('shell')
  const line = useLine()
  const waiting = useWaiting()
  const quarantine = useQuarantine()
  const refused = quarantine.items
  const state = t(`line.${line.state}`)
  const words = line.waiting > 0 ? t('line.withWaiting', { state, count: line.waiting }) : state
  return (
    <Popover width="min(28rem, 92vw)" position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={classes.line} data-state={line.state} title={t('line.open')}>
          <span className={classes.dot} aria-hidden="true" />
          <span>{words}</span>
          {refused.length > 0 && (
            <span className={classes.refused}>{t('line.refusedCount', { count: refused.length })}</span>
          )}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('line.open')}>
        <ScrollArea.Autosize mah="60dvh" type="auto" offsetScrollbars>
          <Stack gap="md">
            <Text size="sm">{t(`line.explain.${line.state}`)}</Text>
            <RefusedList items={refused} dismiss={(id) => void quarantine.dismiss(id)} />
            <WaitingList acts={waiting} />
          </Stack>
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  )
}

function WaitingList({ acts }: { readonly acts: readonly WaitingAct[] }) {
  const { t } = useTranslation('shell')
  const { t: act } = useTranslation('acts')
  return (
    <section>
      <Title order={2} size="h3">
        {t('line.waitingTitle')}
      </Title>
      {acts.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('line.waitingNone')}
        </Text>
      ) : (
        <ul className={classes.list}>
          {acts.map((waiting) => (
            <li key={waiting.id} className={classes.row}>
              <Text fw={500}>{act(waiting.type)}</Text>
              <Text size="sm" c="dimmed">
                <FormattedTime at={waiting.time} />
              </Text>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

interface RefusedProps {
  readonly items: readonly QuarantinedItem[]
  readonly dismiss: (id: string) => void
}

function RefusedList({ items, dismiss }: RefusedProps) {
  const { t } = useTranslation('shell')
  if (items.length === 0) return null
  return (
    <section>
      <Title order={2} size="h3">
        {t('line.refusedTitle')}
      </Title>
      <ul className={classes.list}>
        {items.map((item) => (
          <RefusedRow key={item.id} item={item} onSeen={() => dismiss(item.id)} />
        ))}
      </ul>
    </section>
  )
}

function RefusedRow({ item, onSeen }: { readonly item: QuarantinedItem; readonly onSeen: () => void }) {
  const { t } = useTranslation('shell')
  const { t: act } = useTranslation('acts')
  const { t: common } = useTranslation()
  const why = useRefusalText(item.code)
  return (
    <li className={classes.row}>
      <Text fw={500}>{item.type === null ? t('line.textKind') : act(item.type)}</Text>
      <Text size="sm" c="dimmed">
        <FormattedTime at={item.time} />
      </Text>
      <Text size="sm">{why}</Text>
      {item.text !== null && (
        <div>
          <Text size="sm" fw={500}>
            {t('line.lostText')}
          </Text>
          <Spoiler maxHeight={96} showLabel={common('more')} hideLabel={common('less')}>
            <Text size="sm" className={classes.lost}>
              {item.text}
            </Text>
          </Spoiler>
        </div>
      )}
      <Button variant="default" onClick={onSeen} className={classes.seen ?? ''}>
        {t('line.dismiss')}
      </Button>
    </li>
  )
}
