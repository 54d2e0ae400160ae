// Which address shows which screen. Hash history: the page itself has one address, which keeps the desktop's protocol handler strict.
import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router'
import { z } from 'zod'
import { MEETING_STATES, SORTS } from '../screens/meetings/meeting-filter.ts'
import {
  AdministratorsOnly,
  MissingScreen,
  RoomRoute,
  PrepareRoute,
  NewMeetingRoute,
  SharedScreenRoute,
} from './routes.tsx'
import { ScreenError } from './error-boundary.tsx'
import { Frame } from './frame.tsx'

const root = createRootRoute({ component: Outlet, notFoundComponent: MissingScreen, errorComponent: ScreenError })

/** Fills the window: no frame around it. */
const sharedScreen = createRoute({ getParentRoute: () => root, path: '/screen/$id', component: SharedScreenRoute })

const frame = createRoute({ getParentRoute: () => root, id: 'frame', component: Frame })

const desk = createRoute({
  getParentRoute: () => frame,
  path: '/',
  component: lazyRouteComponent(() => import('../screens/desk/desk-screen.tsx'), 'DeskScreen'),
})

/** What cannot be read in an address is left out of it. */
const meetingSearch = z.object({
  q: z.string().max(200).optional().catch(undefined),
  state: z.enum(MEETING_STATES).optional().catch(undefined),
  body: z.uuid().optional().catch(undefined),
  sort: z.enum(SORTS).optional().catch(undefined),
})
const meetings = createRoute({
  getParentRoute: () => frame,
  path: '/meetings',
  validateSearch: (search) => meetingSearch.parse(search),
  component: lazyRouteComponent(() => import('../screens/meetings/meetings-screen.tsx'), 'MeetingsScreen'),
})
const newMeeting = createRoute({ getParentRoute: () => frame, path: '/meetings/new', component: NewMeetingRoute })
const room = createRoute({ getParentRoute: () => frame, path: '/meetings/$id', component: RoomRoute })
const prepare = createRoute({ getParentRoute: () => frame, path: '/meetings/$id/prepare', component: PrepareRoute })

const verify = createRoute({
  getParentRoute: () => frame,
  path: '/verify',
  component: lazyRouteComponent(() => import('../screens/verify/verify-screen.tsx'), 'VerifyScreen'),
})

const sign = createRoute({
  getParentRoute: () => frame,
  path: '/sign',
  component: lazyRouteComponent(() => import('../screens/signing/signing-screen.tsx'), 'SigningScreen'),
})
const devices = createRoute({
  getParentRoute: () => frame,
  path: '/devices',
  component: lazyRouteComponent(() => import('../screens/devices/devices-screen.tsx'), 'DevicesScreen'),
})

const administration = createRoute({ getParentRoute: () => frame, id: 'administration', component: AdministratorsOnly })
const units = createRoute({
  getParentRoute: () => administration,
  path: '/admin/units',
  component: lazyRouteComponent(() => import('../screens/admin/units-screen.tsx'), 'UnitsScreen'),
})
const peopleSearch = z.object({ person: z.uuid().optional().catch(undefined) })
const people = createRoute({
  getParentRoute: () => administration,
  path: '/admin/people',
  validateSearch: (search) => peopleSearch.parse(search),
  component: lazyRouteComponent(() => import('../screens/admin/people-screen.tsx'), 'PeopleScreen'),
})
const ledger = createRoute({
  getParentRoute: () => administration,
  path: '/admin/ledger',
  component: lazyRouteComponent(() => import('../screens/ledger/ledger-screen.tsx'), 'LedgerScreen'),
})
const trust = createRoute({
  getParentRoute: () => administration,
  path: '/admin/trust',
  component: lazyRouteComponent(() => import('../screens/trust/trust-screen.tsx'), 'TrustScreen'),
})
const settings = createRoute({
  getParentRoute: () => frame,
  path: '/settings',
  component: lazyRouteComponent(() => import('../screens/settings/settings-screen.tsx'), 'SettingsScreen'),
})

const routeTree = root.addChildren([
  sharedScreen,
  frame.addChildren([
    desk,
    meetings,
    newMeeting,
    room,
    prepare,
    verify,
    sign,
    devices,
    administration.addChildren([units, people, trust, ledger]),
    settings,
  ]),
])

export const router = createRouter({
  routeTree,
  history: createHashHistory(),
  defaultErrorComponent: ScreenError,
  defaultNotFoundComponent: MissingScreen,
  defaultPreload: 'intent',
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
