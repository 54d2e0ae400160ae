// Màn hình chung: what the room sees from ten metres. Item and clock, the presented page, or the vote and its result; never a control more than needed.
import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { IconMaximize, IconMoon, IconSun } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeetingBoard } from '../../../shared/meeting/view.ts'
import { formatTime } from '../../../shared/text/dates.ts'
import { useLine, useMeeting, useNow, usePresence } from '../../client/hooks.ts'
import { motionInFocus } from '../meeting/logic/chair-steps.ts'
import { CurrentItemScreen } from './current-item-screen.tsx'
import { PresentedPage } from './presented-page.tsx'
import { QuorumScreen } from './quorum-screen.tsx'
import classes from './shared-screen.module.css'
import { ResultScreen, VoteScreen } from './vote-screen.tsx'

const SECOND = 1000

export function SharedScreen({ meetingId }: { readonly meetingId: string }) {
  const { t } = useTranslation('screen')
  const board = useMeeting(meetingId)
  useEffect(() => {
    document.title = t('title')
  }, [t])
  if (board === null) {
    return (
      <main className={classes.screen}>
        <p className={classes.message}>{t('loading')}</p>
      </main>
    )
  }
  return <Screen board={board} />
}

function Screen({ board }: { readonly board: MeetingBoard }) {
  const { t } = useTranslation('screen')
  const now = useNow(SECOND)
  const line = useLine()
  const { title, status } = board.meeting
  return (
    <main className={classes.screen}>
      <header className={classes.head}>
        <h1 className={classes.meeting}>{title}</h1>
        {line.state !== 'online' && <p className={classes.line}>{t(`line.${line.state}`)}</p>}
        <p className={classes.now}>{formatTime(new Date(now).toISOString())}</p>
      </header>
      <div className={classes.work}>
        {status === 'open' ? (
          <Session board={board} now={now} />
        ) : (
          <p className={classes.message}>{t(`status.${status}`, { time: formatTime(board.meeting.startsAt) })}</p>
        )}
      </div>
      <footer className={classes.foot}>
        <QuorumScreen board={board} />
        <ScreenTools />
      </footer>
    </main>
  )
}

/** A running vote comes first, then the presented page, then the newest result of the item, then the item alone. */
function Session({ board, now }: { readonly board: MeetingBoard; readonly now: number }) {
  const { presented } = usePresence(board.meeting.id)
  const motion = motionInFocus(board)
  const paper = presented === null ? undefined : board.papers[presented.paperId]
  if (motion !== null && (motion.status === 'open' || motion.status === 'proposed')) {
    return <VoteScreen board={board} motion={motion} />
  }
  if (presented !== null && paper !== undefined) {
    return (
      <div className={classes.presenting}>
        <CurrentItemScreen board={board} now={now} beside />
        <PresentedPage paper={paper} page={presented.page} />
      </div>
    )
  }
  if (motion?.status === 'closed') return <ResultScreen motion={motion} />
  return <CurrentItemScreen board={board} now={now} />
}

/** Full screen and scheme: seen only when the pointer moves or a key comes to them. */
function ScreenTools() {
  const { t } = useTranslation('screen')
  const { setColorScheme } = useMantineColorScheme()
  const dark = useComputedColorScheme('light') === 'dark'
  const fullScreen = () =>
    void (document.fullscreenElement === null
      ? document.documentElement.requestFullscreen()
      : document.exitFullscreen())
  return (
    <div className={classes.tools}>
      <ActionIcon
        aria-label={dark ? t('light') : t('dark')}
        title={dark ? t('light') : t('dark')}
        onClick={() => setColorScheme(dark ? 'light' : 'dark')}
      >
        {dark ? <IconSun size="1.5rem" aria-hidden /> : <IconMoon size="1.5rem" aria-hidden />}
      </ActionIcon>
      <ActionIcon aria-label={t('fullScreen')} title={t('fullScreen')} onClick={fullScreen}>
        <IconMaximize size="1.5rem" aria-hidden />
      </ActionIcon>
    </div>
  )
}
