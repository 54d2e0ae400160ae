// Where the screens begin: styles, preferences, texts, the client, and then the application.
import '@mantine/core/styles.layer.css'
import '@mantine/dates/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import '@mantine/spotlight/styles.layer.css'
import './theme/fonts.css'
import './theme/tokens.css'
import './theme/mantine-tokens.css'
import './theme/base.css'
import 'dayjs/locale/vi'
import { createRoot } from 'react-dom/client'
import { loadPreferences } from './app/preferences.ts'
import { startClient } from './app/start-client.ts'
import { startI18n } from './i18n/index.ts'
import { keepShellOnDevice } from './offline/register.ts'
import { announceNonce, styleNonce } from './theme/nonce.ts'

async function start(): Promise<void> {
  announceNonce(styleNonce())
  const { language } = loadPreferences()
  // The address may hold a pairing code for the desktop's agent: the client takes it away before the router looks.
  const [client] = await Promise.all([startClient(), startI18n(language)])
  const { App } = await import('./app/app.tsx')
  const root = document.getElementById('root')
  if (root !== null) createRoot(root).render(<App client={client} />)
  keepShellOnDevice()
}

void start()
