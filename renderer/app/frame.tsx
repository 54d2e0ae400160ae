// The frame around every screen but the shared one: navigation on the left, notices, and the place for the work.
import { Link, Outlet, useMatchRoute } from '@tanstack/react-router'
import { Kbd, Text, UnstyledButton } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import {
  IconBuildingCommunity,
  IconCalendarEvent,
  IconFileSearch,
  IconInbox,
  IconListDetails,
  IconSearch,
  IconSettings,
  IconShieldCheck,
  IconSignature,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useWaitingForMe } from '../screens/desk/use-waiting-for-me.ts'
import { AccountMenu } from './account-menu.tsx'
import { Find, openFind } from './find.tsx'
import classes from './frame.module.css'
import { useKeepFocus } from './keep-focus.ts'
import { Mark } from './mark.tsx'
import { Notices } from './notices.tsx'
import { useRights } from './rights.ts'

type NavAddress =
  | '/'
  | '/meetings'
  | '/sign'
  | '/verify'
  | '/admin/units'
  | '/admin/people'
  | '/admin/trust'
  | '/admin/ledger'
  | '/settings'
type NavName = 'desk' | 'meetings' | 'sign' | 'verify' | 'units' | 'people' | 'trust' | 'ledger' | 'settings'

interface NavEntry {
  readonly to: NavAddress
  readonly name: NavName
  readonly icon: TablerIcon
}

const EVERYONE: readonly NavEntry[] = [
  { to: '/', name: 'desk', icon: IconInbox },
  { to: '/meetings', name: 'meetings', icon: IconCalendarEvent },
  { to: '/sign', name: 'sign', icon: IconSignature },
  { to: '/verify', name: 'verify', icon: IconFileSearch },
]
const ADMINISTRATORS: readonly NavEntry[] = [
  { to: '/admin/units', name: 'units', icon: IconBuildingCommunity },
  { to: '/admin/people', name: 'people', icon: IconUsers },
  { to: '/admin/trust', name: 'trust', icon: IconShieldCheck },
  { to: '/admin/ledger', name: 'ledger', icon: IconListDetails },
]
const LAST: readonly NavEntry[] = [{ to: '/settings', name: 'settings', icon: IconSettings }]

/** Tablets. */
const NARROW = '(max-width: 68.75em)'
/** Laptops: in a meeting the paper gets the width that the words of the navigation took. */
const NARROW_FOR_PAPERS = '(max-width: 100em)'

function useRail(): boolean {
  const inMeeting = useMatchRoute()({ to: '/meetings/$id' })
  const atOnce = { getInitialValueInEffect: false }
  const narrow = useMediaQuery(NARROW, false, atOnce)
  const narrowForPapers = useMediaQuery(NARROW_FOR_PAPERS, false, atOnce)
  return narrow || (narrowForPapers && inMeeting !== false)
}

export function Frame() {
  const { t } = useTranslation('shell')
  const { administrator } = useRights()
  const waiting = useWaitingForMe().length
  const rail = useRail()
  const main = useRef<HTMLElement>(null)
  useKeepFocus(main)
  return (
    <div className={classes.frame} data-rail={rail || undefined}>
      <a
        href="#main"
        className={classes.skip}
        onClick={(event) => {
          // The hash belongs to the router.
          event.preventDefault()
          document.getElementById('main')?.focus()
        }}
      >
        {t('skip')}
      </a>
      <nav className={classes.nav} aria-label={t('navigation')}>
        <Brand />
        <UnstyledButton className={classes.find} onClick={openFind}>
          <IconSearch size="1.25rem" aria-hidden="true" />
          <span>{t('nav.find')}</span>
          <Kbd className={classes.key ?? ''}>{t('find.key')}</Kbd>
        </UnstyledButton>
        <div className={classes.places}>
          <NavList entries={EVERYONE} waiting={waiting} />
          {administrator && (
            <>
              <Text className={classes.group ?? ''}>{t('nav.administration')}</Text>
              <NavList entries={ADMINISTRATORS} waiting={0} />
            </>
          )}
          <div className={classes.last}>
            <NavList entries={LAST} waiting={0} />
          </div>
        </div>
        <AccountMenu />
      </nav>
      <main id="main" ref={main} className={classes.main} tabIndex={-1}>
        <Notices />
        <Outlet />
      </main>
      <Find />
    </div>
  )
}

function Brand() {
  const { t } = useTranslation()
  return (
    <Link to="/" className={classes.brand} tabIndex={-1}>
      <Mark />
      <span>{t('appName')}</span>
    </Link>
  )
}

function NavList({ entries, waiting }: { readonly entries: readonly NavEntry[]; readonly waiting: number }) {
  const { t } = useTranslation('shell')
  return (
    <ul className={classes.list}>
      {entries.map(({ to, name, icon: Icon }) => (
        <li key={to}>
          <Link to={to} className={classes.entry} activeOptions={{ exact: to === '/' }}>
            <Icon size="1.25rem" aria-hidden="true" />
            <span>{t(`nav.${name}`)}</span>
            {name === 'desk' && waiting > 0 && (
              <span className={classes.count}>
                <span aria-hidden="true">{waiting}</span>
                <span className="tm-visually-hidden">{t('waitingCount', { count: waiting })}</span>
              </span>
            )}
          </Link>
        </li>
      ))}
    </ul>
  )
}
