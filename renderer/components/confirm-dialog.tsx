// The one dialog that asks: it names the consequence and repeats the verb. Mounted once, by the application.
import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useState, useSyncExternalStore, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { currentQuestion, subscribeQuestion, type OpenQuestion } from './confirm.ts'

const REASON_MIN = 3
const REASON_MAX = 500

export function ConfirmDialog() {
  const open = useSyncExternalStore(subscribeQuestion, currentQuestion)
  const close = () => open?.answer({ yes: false, reason: '' })
  const { t } = useTranslation()
  return (
    <Modal
      opened={open !== null}
      onClose={close}
      title={open?.question.title}
      closeButtonProps={{ 'aria-label': t('close') }}
      size="md"
    >
      {open !== null && <QuestionForm key={open.question.title} open={open} />}
    </Modal>
  )
}

function QuestionForm({ open }: { readonly open: OpenQuestion }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const { question, wantsReason } = open
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const given = reason.trim()
    if (wantsReason && given.length < REASON_MIN) setMissing(true)
    else open.answer({ yes: true, reason: given })
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <Text>{question.consequence}</Text>
        {wantsReason && (
          <Textarea
            label={question.label ?? t('reason.label')}
            description={question.help ?? t('reason.help')}
            error={missing && t('reason.missing')}
            value={reason}
            onChange={(event) => {
              setReason(event.currentTarget.value)
              setMissing(false)
            }}
            maxLength={REASON_MAX}
            autosize
            minRows={3}
            maxRows={8}
            data-autofocus
          />
        )}
        <Group justify="flex-end" gap="sm">
          <Button
            variant="default"
            onClick={() => open.answer({ yes: false, reason: '' })}
            // What cannot be taken back is never the answer of a blind Enter.
            {...(question.danger === true && !wantsReason ? { 'data-autofocus': true } : {})}
          >
            {question.keep ?? t('cancel')}
          </Button>
          <Button
            type="submit"
            color={question.danger === true ? 'danger' : 'forest'}
            {...(question.danger === true || wantsReason ? {} : { 'data-autofocus': true })}
          >
            {question.verb}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
