// After the publication every change is made with its reason: one dialog that asks once, and offers the reason given last.
import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import {
  createContext,
  useCallback,
  useContext,
  useMemo,
  useRef,
  useState,
  type ReactNode,
  type SyntheticEvent,
} from 'react'
import { useTranslation } from 'react-i18next'

const REASON_MIN = 3
const REASON_MAX = 500

/** `reason` is null while the meeting is a draft. */
interface GivenReason {
  readonly reason: string | null
}

interface Asking {
  /** @returns null when the person left the change */
  readonly ask: (what: string) => Promise<GivenReason | null>
  /** The reason of an undo, said by the program: the person already gave one. */
  readonly undoing: (given: GivenReason) => GivenReason
}

const AskingContext = createContext<Asking | null>(null)

/** Asks for the reason of a change; needs a `ChangeReason` around the screen. */
export function useChangeReason(): Asking {
  const asking = useContext(AskingContext)
  if (asking === null) throw new Error('useChangeReason outside ChangeReason')
  return asking
}

interface OpenQuestion {
  readonly what: string
  answer(given: GivenReason | null): void
}

/** @param published asks only when true */
export function ChangeReason({ published, children }: { readonly published: boolean; readonly children: ReactNode }) {
  const { t } = useTranslation('prepare')
  const [open, setOpen] = useState<OpenQuestion | null>(null)
  const last = useRef('')

  const ask = useCallback(
    (what: string): Promise<GivenReason | null> => {
      if (!published) return Promise.resolve({ reason: null })
      return new Promise((resolve) => {
        setOpen({
          what,
          answer: (given) => {
            if (given !== null && given.reason !== null) last.current = given.reason
            setOpen(null)
            resolve(given)
          },
        })
      })
    },
    [published],
  )
  const value = useMemo<Asking>(
    () => ({
      ask,
      undoing: ({ reason }) => ({ reason: reason === null ? null : t('reason.undo', { reason }).slice(0, REASON_MAX) }),
    }),
    [ask, t],
  )
  return (
    <AskingContext value={value}>
      {children}
      <Modal
        opened={open !== null}
        onClose={() => open?.answer(null)}
        title={t('reason.title')}
        closeButtonProps={{ 'aria-label': t('reason.keep') }}
      >
        {open !== null && <ReasonForm open={open} last={last.current} />}
      </Modal>
    </AskingContext>
  )
}

function ReasonForm({ open, last }: { readonly open: OpenQuestion; readonly last: string }) {
  const { t } = useTranslation('prepare')
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const given = reason.trim()
    if (given.length < REASON_MIN) setMissing(true)
    else open.answer({ reason: given })
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text>{open.what}</Text>
        <Textarea
          data-autofocus
          label={t('reason.label')}
          description={t('reason.help')}
          error={missing && t('reason.missing')}
          value={reason}
          maxLength={REASON_MAX}
          autosize
          minRows={2}
          maxRows={6}
          onChange={(event) => {
            setReason(event.currentTarget.value)
            setMissing(false)
          }}
        />
        {last !== '' && (
          <Button variant="light" justify="flex-start" onClick={() => open.answer({ reason: last })}>
            <Text span truncate inherit>
              {t('reason.again', { reason: last })}
            </Text>
          </Button>
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={() => open.answer(null)}>
            {t('reason.keep')}
          </Button>
          <Button type="submit">{t('reason.verb')}</Button>
        </Group>
      </Stack>
    </form>
  )
}
