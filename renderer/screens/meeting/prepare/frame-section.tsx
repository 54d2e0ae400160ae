// Section "Thông tin chung": a draft is saved as it is typed, a published meeting by a button and with a reason.
import { zodResolver } from '@hookform/resolvers/zod'
import { Button, Group } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useEffect, type ReactNode } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import type { MeetingHead } from '../../../../shared/meeting/view.ts'
import { usePerform } from '../../../client/hooks.ts'
import { notifyOutcome } from '../../../components/refusal.tsx'
import { useChangeReason } from './change-reason.tsx'
import { FrameFields } from './frame-fields.tsx'
import { frameOf, frameSchema, sameFrame, valuesOf, type FrameValues } from './frame-values.ts'
import type { Candidates } from './use-candidates.ts'
import type { useSaved } from './use-saved.ts'

/** A pause in typing after which a draft is saved. */
const PAUSE_MS = 700

interface FrameSectionProps {
  readonly head: MeetingHead
  readonly candidates: Candidates
  readonly follow: ReturnType<typeof useSaved>[1]
  readonly children?: ReactNode
}

export function FrameSection({ head, candidates, follow }: FrameSectionProps) {
  const { t } = useTranslation('prepare')
  const perform = usePerform()
  const reasons = useChangeReason()
  const draft = head.status === 'draft'
  const form = useForm<FrameValues>({
    resolver: zodResolver(frameSchema),
    defaultValues: valuesOf(head),
    mode: 'onBlur',
    reValidateMode: 'onChange',
  })
  const { control, formState, handleSubmit, reset, subscribe, trigger, getValues } = form

  // What another organiser changed comes in, unless this person is in the middle of a change.
  useEffect(() => {
    if (!formState.isDirty) reset(valuesOf(head))
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only news from the hub, not the person's own typing
  }, [head])

  const save = async (values: FrameValues, reason: string | null) => {
    const frame = frameOf(values)
    if (frame === null || sameFrame(frame, head)) return
    const outcome = await follow(perform('meeting.describe', { meetingId: head.id, ...frame, reason }))
    if (notifyOutcome(outcome)) reset(values, { keepValues: true })
  }
  const saveDraft = useDebouncedCallback(
    async () => {
      if (draft && (await trigger())) await save(frameSchema.parse(getValues()), null)
    },
    { delay: PAUSE_MS, flushOnUnmount: true },
  )
  useEffect(() => {
    if (!draft) return
    return subscribe({
      formState: { values: true, isDirty: true },
      callback: ({ isDirty }) => {
        if (isDirty === true) saveDraft()
      },
    })
  }, [draft, subscribe, saveDraft])

  const savePublished = handleSubmit(async (values) => {
    const given = await reasons.ask(t('frame.changeAsk'))
    if (given !== null) await save(values, given.reason)
  })
  return (
    <form
      onSubmit={(event) => {
        if (draft) event.preventDefault()
        else void savePublished(event)
      }}
      noValidate
    >
      <FrameFields control={control} candidates={candidates} isNew={false} />
      {!draft && (
        <Group mt="md" gap="sm">
          <Button type="submit" disabled={!formState.isDirty}>
            {t('frame.saveChange')}
          </Button>
          <Button variant="default" disabled={!formState.isDirty} onClick={() => reset(valuesOf(head))}>
            {t('frame.dropChange')}
          </Button>
        </Group>
      )}
    </form>
  )
}
