// The application: who is logged in decides what stands here, the login or the screens.
import { Center, Loader, localStorageColorSchemeManager, MantineProvider, MantineThemeProvider } from '@mantine/core'
import { DatesProvider } from '@mantine/dates'
import { Notifications } from '@mantine/notifications'
import { RouterProvider } from '@tanstack/react-router'
import { assertNever } from '../../shared/assert-never.ts'
import { useTranslation } from 'react-i18next'
import type { Client } from '../client/client.ts'
import { ClientProvider, useSession } from '../client/provider.tsx'
import { ConfirmDialog } from '../components/confirm-dialog.tsx'
import { FirstPasswordScreen } from '../screens/login/first-password-screen.tsx'
import { LoginScreen } from '../screens/login/login-screen.tsx'
import { SealedScreen } from '../screens/login/sealed-screen.tsx'
import { styleNonce } from '../theme/nonce.ts'
import { theme } from '../theme/theme.ts'
import { LastBoundary } from './error-boundary.tsx'
import { usePreferences } from './preferences.ts'
import { router } from './router.tsx'

const scheme = localStorageColorSchemeManager({ key: 'tra-my.color-scheme' })

export function App({ client }: { readonly client: Client }) {
  const { language } = usePreferences()
  const nonce = styleNonce()
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={scheme}
      {...(nonce === undefined ? {} : { getStyleNonce: () => nonce })}
    >
      <DatesProvider settings={{ locale: language, firstDayOfWeek: 1 }}>
        <ClientProvider client={client}>
          <LastBoundary>
            <Inside />
            <ConfirmDialog />
          </LastBoundary>
        </ClientProvider>
        <Said />
      </DatesProvider>
    </MantineProvider>
  )
}

/** What was said at the edge of the screen; its cross has a name, in the language in force. */
function Said() {
  const { t } = useTranslation()
  const closeButtonProps = { 'aria-label': t('close') }
  return (
    <MantineThemeProvider theme={{ components: { Notification: { defaultProps: { closeButtonProps } } } }}>
      <Notifications position="bottom-left" limit={4} autoClose={5000} />
    </MantineThemeProvider>
  )
}

function Inside() {
  const session = useSession()
  switch (session.kind) {
    case 'starting':
      return <Starting />
    case 'out':
      return <LoginScreen reason={session.reason} lastUsername={session.lastUsername} />
    case 'sealed':
      return <SealedScreen unsent={session.unsent} />
    case 'in':
      return session.passwordChangeRequired ? (
        <FirstPasswordScreen username={session.me.username} />
      ) : (
        <RouterProvider router={router} />
      )
    default:
      return assertNever(session)
  }
}

function Starting() {
  const { t } = useTranslation('shell')
  return (
    <Center h="100dvh">
      <Loader aria-label={t('starting')} />
    </Center>
  )
}
