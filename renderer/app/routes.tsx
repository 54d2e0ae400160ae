// What stands between an address and a screen: the id from the address, the right to be here, and "seen" for changes.
import { Button, Center, Loader } from '@mantine/core'
import { IconLock, IconMap2 } from '@tabler/icons-react'
import { Link, Outlet, useParams } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useDesk, useDirectory, useMe } from '../client/hooks.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { PageHeader } from '../components/page-header.tsx'
import { markChangesSeen } from '../screens/desk/seen-changes.ts'
import { useRights } from './rights.ts'

const Prepare = lazy(async () => ({ default: (await import('../screens/meeting/prepare-screen.tsx')).PrepareScreen }))
const Room = lazy(async () => ({ default: (await import('../screens/meeting/room-screen.tsx')).RoomScreen }))
const Shared = lazy(async () => ({
  default: (await import('../screens/shared-screen/shared-screen.tsx')).SharedScreen,
}))

function Waiting({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <Suspense
      fallback={
        <Center h="100%">
          <Loader aria-label={t('loading')} />
        </Center>
      }
    >
      {children}
    </Suspense>
  )
}

/** Who opens a meeting has seen its changes up to now. */
function useSeen(meetingId: string): void {
  const { personId } = useMe()
  const count = useDesk()?.meetings[meetingId]?.changeCount
  useEffect(() => {
    if (count !== undefined) markChangesSeen(personId, meetingId, count)
  }, [personId, meetingId, count])
}

export function RoomRoute() {
  const { id } = useParams({ from: '/frame/meetings/$id' })
  useSeen(id)
  return (
    <Waiting>
      <Room key={id} meetingId={id} />
    </Waiting>
  )
}

export function PrepareRoute() {
  const { id } = useParams({ from: '/frame/meetings/$id/prepare' })
  useSeen(id)
  return (
    <Waiting>
      <Prepare key={id} meetingId={id} />
    </Waiting>
  )
}

export function NewMeetingRoute() {
  return (
    <Waiting>
      <Prepare meetingId={null} />
    </Waiting>
  )
}

export function SharedScreenRoute() {
  const { id } = useParams({ from: '/screen/$id' })
  return (
    <Waiting>
      <Shared key={id} meetingId={id} />
    </Waiting>
  )
}

/** The navigation does not offer these screens to others; an address that was typed says why. */
export function AdministratorsOnly() {
  const { t } = useTranslation('shell')
  const { administrator } = useRights()
  // Nobody is refused before the directory is on the device.
  if (useDirectory() === null) return <Waiting>{null}</Waiting>
  if (administrator) return <Outlet />
  return (
    <>
      <PageHeader title={t('nav.administration')} />
      <EmptyState title={t('denied.title')} text={t('denied.text')} icon={<IconLock size="2rem" />} />
    </>
  )
}

export function MissingScreen() {
  const { t } = useTranslation('shell')
  const { t: common } = useTranslation()
  return (
    <main>
      <PageHeader title={common('appName')} />
      <EmptyState
        title={t('missing.title')}
        text={t('missing.text')}
        icon={<IconMap2 size="2rem" />}
        action={<Button renderRoot={(props) => <Link to="/" {...props} />}>{t('error.desk')}</Button>}
      />
    </main>
  )
}
