// The session: agenda on the left, the paper in the middle, what happens now on the right. Nothing moves when a vote opens.
import { Button, Drawer, SegmentedControl } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconListNumbers } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeetingBoard } from '../../../../shared/meeting/view.ts'
import { useNow, usePresence } from '../../../client/hooks.ts'
import { ConclusionsEditor } from '../conclusions-editor.tsx'
import { useAct } from '../parts/use-act.ts'
import { AgendaColumn } from './agenda-column.tsx'
import { ItemPapers } from './item-papers.tsx'
import { NowColumn } from './now-column.tsx'
import { ResultsList } from './results-list.tsx'
import classes from './room.module.css'
import { mayPresent, useStanding } from './use-room.ts'

const PANES = ['papers', 'results', 'conclusions'] as const
type Pane = (typeof PANES)[number]

const SECOND = 1000

export function SessionView({ board }: { readonly board: MeetingBoard }) {
  const { t } = useTranslation('meeting')
  const act = useAct()
  const now = useNow(SECOND)
  const standing = useStanding(board)
  const presence = usePresence(board.meeting.id)
  const { presented } = presence
  const [pane, setPane] = useState<Pane>('papers')
  const [following, setFollowing] = useState(true)
  const [agendaOpen, agenda] = useDisclosure(false)
  const { id: meetingId, currentItemId } = board.meeting

  // The chosen item holds until the session moves on; then everyone is at the current item again.
  const [choice, setChoice] = useState<{ readonly at: string | null; readonly itemId: string } | null>(null)
  const presentedItem = following && presented !== null ? board.papers[presented.paperId]?.itemId : undefined
  const shownId = choice?.at === currentItemId ? choice.itemId : (presentedItem ?? currentItemId)

  const column = (
    <AgendaColumn
      board={board}
      shownId={shownId}
      now={now}
      onShow={(itemId) => {
        setChoice({ at: currentItemId, itemId })
        setPane('papers')
        if (itemId !== presentedItem) setFollowing(false)
        agenda.close()
      }}
      onGoTo={standing.organiser ? (itemId) => void act('meeting.goToItem', { meetingId, itemId }) : undefined}
    />
  )
  return (
    <div className={classes.session}>
      <div className={classes.left}>{column}</div>
      <section className={classes.middle} aria-label={t(`pane.${pane}`)}>
        <div className={classes.panes}>
          <Button
            className={classes.agendaButton}
            variant="default"
            leftSection={<IconListNumbers size="1.25rem" aria-hidden />}
            onClick={agenda.open}
          >
            {t('agenda.heading')}
          </Button>
          <SegmentedControl
            aria-label={t('pane.choose')}
            value={pane}
            onChange={(value) => setPane(PANES.find((known) => known === value) ?? 'papers')}
            data={PANES.map((value) => ({ value, label: t(`pane.${value}`) }))}
            size="md"
          />
        </div>
        <div className={classes.pane} data-pane={pane}>
          {pane === 'papers' && (
            <ItemPapers
              board={board}
              itemId={shownId}
              presenting={{
                presented,
                present: mayPresent(board, standing) ? (place) => presence.present(place) : undefined,
                following,
                onFollowChange: (on) => {
                  setFollowing(on)
                  if (on) setChoice(null)
                },
              }}
            />
          )}
          {pane === 'results' && <ResultsList board={board} />}
          {pane === 'conclusions' && <ConclusionsEditor board={board} />}
        </div>
      </section>
      <NowColumn board={board} standing={standing} now={now} onShowResults={() => setPane('results')} />
      <Drawer
        opened={agendaOpen}
        onClose={agenda.close}
        position="left"
        size="sm"
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        {column}
      </Drawer>
    </div>
  )
}
