// The one step that comes next, in cinnamon; what cannot be taken back asks first and names the consequence.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Quorum } from '../../../../shared/meeting/rules.ts'
import type { MeetingBoard } from '../../../../shared/meeting/view.ts'
import { inOrder } from '../../../../shared/meeting/agenda.ts'
import type { ChairStep } from '../logic/chair-steps.ts'
import classes from './console.module.css'
import { useChairActs } from './use-chair-acts.ts'
import type { Standing } from './use-room.ts'

interface NextStepProps {
  readonly board: MeetingBoard
  readonly standing: Standing
  readonly step: ChairStep
}

/** Every step but the next item is the chair's alone; the secretary reads what everyone waits for. */
function chairOnly(
  step: Exclude<ChairStep, { kind: 'none' }>,
): step is Exclude<ChairStep, { kind: 'none' | 'next-item' }> {
  return step.kind !== 'next-item'
}

export function NextStep({ board, standing, step }: NextStepProps) {
  const { t } = useTranslation('meeting')
  const acts = useChairActs(board)
  const [busy, setBusy] = useState(false)
  if (step.kind === 'none') return null
  if (!standing.chair && chairOnly(step)) {
    return <p className={classes.waitsForChair}>{t(`console.waits.${step.kind}`)}</p>
  }
  const lacking = 'quorum' in step ? lackingOf(step.quorum) : null
  const run = async () => {
    setBusy(true)
    await acts.take(step)
    setBusy(false)
  }
  return (
    <div className={classes.next}>
      {lacking !== null && (
        <p id="next-step-why" className={classes.why}>
          {t('console.quorumMissing', { lacking, needed: needed(step) })}
        </p>
      )}
      <Button
        size="lg"
        color="cinnamon"
        loading={busy}
        // Stays in the tab order, so that whoever reads by ear learns why it cannot be pressed.
        {...(lacking === null
          ? {}
          : { 'aria-disabled': true, 'data-disabled': true, 'aria-describedby': 'next-step-why' })}
        onClick={() => {
          if (lacking === null) void run()
        }}
      >
        {words(step, board, t)}
      </Button>
    </div>
  )
}

function lackingOf(quorum: Quorum | null): number | null {
  return quorum === null || quorum.met ? null : quorum.needed - quorum.present
}

function needed(step: ChairStep): number {
  return 'quorum' in step ? (step.quorum?.needed ?? 0) : 0
}

function words(
  step: Exclude<ChairStep, { kind: 'none' }>,
  board: MeetingBoard,
  t: ReturnType<typeof useTranslation<'meeting'>>['t'],
): string {
  switch (step.kind) {
    case 'next-item':
      return t('console.nextNumber', { number: numberOf(board.items, step.item.id) })
    case 'close-vote':
      return t('console.closeVote', {
        collected: Object.keys(step.motion.answered).length,
        issued: Object.keys(step.motion.issued).length,
      })
    case 'open-meeting':
      return t('console.openMeeting')
    case 'open-vote':
      return t('console.openVote')
    case 'close-meeting':
      return t('console.closeMeeting')
  }
}

function numberOf(items: MeetingBoard['items'], itemId: string): string {
  return inOrder(items).find(({ item }) => item.id === itemId)?.number ?? ''
}
