// Steps that are possible now but not the next one: they stay in reach, without the colour of the next.
import { Button, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { MeetingBoard } from '../../../../shared/meeting/view.ts'
import { motionsOf, openMotion, type ChairStep } from '../logic/chair-steps.ts'
import { itemAfter } from '../logic/item-clock.ts'
import { openSharedScreen } from '../parts/desktop.ts'
import { useGoTo } from '../parts/places.ts'
import { useChairActs } from './use-chair-acts.ts'
import type { Standing } from './use-room.ts'

interface OtherStepsProps {
  readonly board: MeetingBoard
  readonly standing: Standing
  readonly next: ChairStep
}

export function OtherSteps({ board, standing, next }: OtherStepsProps) {
  const { t } = useTranslation('meeting')
  const acts = useChairActs(board)
  const goTo = useGoTo()
  const { id } = board.meeting
  if (board.meeting.status !== 'open') return null
  const following = itemAfter(board.items, board.meeting.currentItemId)
  const proposed = motionsOf(board.motions, board.meeting.currentItemId).filter(({ status }) => status === 'proposed')
  const mayClose = standing.chair && openMotion(board.motions) === null && next.kind !== 'close-meeting'
  const nextToo = following !== null && next.kind !== 'next-item'
  return (
    <Menu position="top-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDots size="1.25rem" aria-hidden />}>
          {t('console.more')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {nextToo && (
          <Menu.Item onClick={() => void acts.take({ kind: 'next-item', item: following })}>
            {t('console.next', { title: following.title })}
          </Menu.Item>
        )}
        {proposed.map((motion) => (
          <Menu.Item key={motion.id} onClick={() => void acts.withdrawMotion(motion)}>
            {t('console.withdrawNamed', { text: motion.text })}
          </Menu.Item>
        ))}
        <Menu.Item onClick={() => void openSharedScreen(id)}>{t('sharedScreen.openNow')}</Menu.Item>
        <Menu.Item onClick={() => void goTo.prepare(id)}>{t('console.change')}</Menu.Item>
        {mayClose && (
          <Menu.Item onClick={() => void acts.take({ kind: 'close-meeting' })}>{t('console.closeMeeting')}</Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
