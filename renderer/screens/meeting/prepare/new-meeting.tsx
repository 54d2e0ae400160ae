// A new meeting: its frame alone. Once it is created the whole preparation opens, and from then on everything is saved as typed.
import { zodResolver } from '@hookform/resolvers/zod'
import { Button, Group } from '@mantine/core'
import { useEffect } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { usePerform, useMe, useNow } from '../../../client/hooks.ts'
import { EmptyState } from '../../../components/empty-state.tsx'
import { notifyOutcome } from '../../../components/refusal.tsx'
import { suggestedStart, toPicker } from '../logic/when.ts'
import { FrameFields } from './frame-fields.tsx'
import { frameOf, frameSchema, type FrameValues } from './frame-values.ts'
import { useCandidates, type Candidates } from './use-candidates.ts'

/** What was typed and not yet created, kept while the program runs: leaving the screen loses nothing. */
let unfinished: FrameValues | null = null

interface NewMeetingProps {
  readonly onCreated: (meetingId: string) => void
}

export function NewMeeting({ onCreated }: NewMeetingProps) {
  const { t } = useTranslation('prepare')
  const now = useNow(60_000)
  const candidates = useCandidates(new Date(now).toISOString())
  if (candidates === null) return null
  const [body] = candidates.bodies
  if (body === undefined) return <EmptyState title={t('new.noBody')} text={t('new.noBodyText')} />
  return <NewMeetingForm bodyId={body.value} candidates={candidates} now={now} onCreated={onCreated} />
}

interface FormProps extends NewMeetingProps {
  readonly bodyId: string
  readonly candidates: Candidates
  readonly now: number
}

function NewMeetingForm({ bodyId, candidates, now, onCreated }: FormProps) {
  const { t } = useTranslation('prepare')
  const perform = usePerform()
  const me = useMe()
  const { control, formState, handleSubmit, getValues, setValue, subscribe } = useForm<FrameValues>({
    resolver: zodResolver(frameSchema),
    defaultValues: unfinished ?? {
      title: '',
      bodyId,
      kind: 'ordinary',
      ...toPicker(suggestedStart(now)),
      plannedMinutes: 120,
      room: '',
      chairId: candidates.holder(bodyId, 'chair') ?? '',
      secretaryIds: [candidates.holder(bodyId, 'secretary') ?? me.personId],
      ruleSetId: 'committee-session',
    },
    mode: 'onBlur',
    reValidateMode: 'onChange',
  })
  useEffect(
    () =>
      subscribe({
        formState: { values: true },
        callback: ({ values, name }) => {
          unfinished = { ...values }
          // Another body has another chair: the old one may not even be a member.
          if (name === 'bodyId') setValue('chairId', candidates.holder(values.bodyId, 'chair') ?? '')
        },
      }),
    [subscribe, setValue, candidates],
  )
  const create = handleSubmit(async (values) => {
    const frame = frameOf(values)
    if (frame === null) return
    const meetingId = crypto.randomUUID()
    const { ruleSetId } = getValues()
    const outcome = await perform('meeting.create', { meetingId, bodyId: values.bodyId, ruleSetId, ...frame })
    if (!notifyOutcome(outcome)) return
    unfinished = null
    onCreated(meetingId)
  })
  return (
    <form onSubmit={(event) => void create(event)} noValidate>
      <FrameFields control={control} candidates={candidates} isNew />
      <Group mt="lg">
        <Button type="submit" size="lg" color="cinnamon" loading={formState.isSubmitting}>
          {t('new.create')}
        </Button>
      </Group>
    </form>
  )
}
