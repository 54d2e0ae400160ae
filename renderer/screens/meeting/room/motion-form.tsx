// Đề nghị biểu quyết: the question and its rule, put to the members so that they can get ready.
import { Button, Group, Modal, Select, Stack, Textarea } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { RULE_SETS } from '../../../../shared/meeting/rule-sets.ts'
import type { MeetingBoard } from '../../../../shared/meeting/view.ts'
import { useAct } from '../parts/use-act.ts'
import { useRuleWords } from '../vote/rule-words.ts'

interface MotionFormProps {
  readonly board: MeetingBoard
  readonly opened: boolean
  readonly onClose: () => void
}

export function MotionForm({ board, opened, onClose }: MotionFormProps) {
  const { t } = useTranslation('vote')
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('motion.propose')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('motion.leave') }}
    >
      <MotionFields board={board} onClose={onClose} />
    </Modal>
  )
}

const SHORTEST = 3

function MotionFields({ board, onClose }: Omit<MotionFormProps, 'opened'>) {
  const { t } = useTranslation('vote')
  const act = useAct()
  const ruleWords = useRuleWords()
  const { id: meetingId, currentItemId } = board.meeting
  const item = currentItemId === null ? undefined : board.items[currentItemId]
  const [text, setText] = useState(item === undefined ? '' : t('motion.suggestion', { title: item.title }))
  const [ruleSetId, setRuleSetId] = useState(board.meeting.ruleSetId)
  const [missing, setMissing] = useState(false)
  const [busy, setBusy] = useState(false)
  const rules = RULE_SETS.find(({ id }) => id === ruleSetId)

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault()
    if (item === undefined || text.trim().length < SHORTEST) {
      setMissing(true)
      return
    }
    setBusy(true)
    const body = { meetingId, motionId: crypto.randomUUID(), itemId: item.id, text: text.trim(), ruleSetId }
    const done = await act('meeting.proposeMotion', body)
    setBusy(false)
    if (done) onClose()
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md">
        <Textarea
          data-autofocus
          label={t('motion.text')}
          description={item === undefined ? undefined : t('motion.forItem', { title: item.title })}
          value={text}
          maxLength={2000}
          autosize
          minRows={3}
          maxRows={8}
          error={missing && t('motion.missing')}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setMissing(false)
          }}
        />
        <Select
          label={t('motion.rule')}
          description={rules === undefined ? undefined : ruleWords.sentence(rules)}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={RULE_SETS.map((set) => ({ value: set.id, label: ruleWords.name(set) }))}
          value={ruleSetId}
          onChange={(value) => setRuleSetId(value ?? ruleSetId)}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('motion.leave')}
          </Button>
          <Button type="submit" loading={busy}>
            {t('motion.propose')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
