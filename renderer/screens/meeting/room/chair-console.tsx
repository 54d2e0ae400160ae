// The console of who leads: one next step in cinnamon, the other steps beside it, and who is here, ready, has answered.
import { Button, Drawer } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconUsers } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeetingBoard } from '../../../../shared/meeting/view.ts'
import { nextStep, openMotion } from '../logic/chair-steps.ts'
import { liveQuorum } from '../logic/attendance.ts'
import { AttendancePanel } from './attendance-panel.tsx'
import classes from './console.module.css'
import { MotionForm } from './motion-form.tsx'
import { NextStep } from './next-step.tsx'
import { OtherSteps } from './other-steps.tsx'
import type { Standing } from './use-room.ts'
import { VoteProgress } from './vote-progress.tsx'

interface ChairConsoleProps {
  readonly board: MeetingBoard
  readonly standing: Standing
}

export function ChairConsole({ board, standing }: ChairConsoleProps) {
  const { t } = useTranslation(['meeting', 'common'])
  const [rollOpen, roll] = useDisclosure(false)
  const [proposing, setProposing] = useState(false)
  const step = nextStep(board)
  const session = board.meeting.status === 'open'
  const voting = openMotion(board.motions) !== null
  const quorum = liveQuorum({ participants: board.participants, ruleSetId: board.meeting.ruleSetId })
  return (
    <section className={classes.console} aria-label={t('console.heading')}>
      <div className={classes.state}>
        <VoteProgress board={board} />
      </div>
      <div className={classes.steps}>
        <Button variant="default" leftSection={<IconUsers size="1.25rem" aria-hidden />} onClick={roll.open}>
          {quorum === null
            ? t('console.roll')
            : t('console.rollOf', { present: quorum.present, members: quorum.members })}
        </Button>
        {session && !voting && (
          <Button variant="default" onClick={() => setProposing(true)}>
            {t('console.propose')}
          </Button>
        )}
        <OtherSteps board={board} standing={standing} next={step} />
        <NextStep board={board} standing={standing} step={step} />
      </div>
      <Drawer
        opened={rollOpen}
        onClose={roll.close}
        title={t('roll.heading')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <AttendancePanel board={board} />
      </Drawer>
      <MotionForm board={board} opened={proposing} onClose={() => setProposing(false)} />
    </section>
  )
}
