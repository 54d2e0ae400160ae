// Login: username, password, who was here before; without a line the same password opens what is on this device.
import { Alert, Button, Text, TextInput } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useEffect, useRef, useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { RefusalCode } from '../../../shared/refusal.ts'
import { useClient } from '../../client/provider.tsx'
import { LanguageSwitch } from '../../components/language-switch.tsx'
import { RefusalMessage, useRefusalText } from '../../components/refusal.tsx'
import { LoginLayout } from './login-layout.tsx'
import classes from './login.module.css'
import { LoginProblem, type Problem } from './login-problem.tsx'
import { PasswordField } from './password-field.tsx'

interface LoginProps {
  /** Why the last session ended; null after an ordinary start. */
  readonly reason: RefusalCode | null
  readonly lastUsername: string | null
}

export function LoginScreen({ reason, lastUsername }: LoginProps) {
  const { t } = useTranslation('login')
  const client = useClient()
  const [usernames, setUsernames] = useState<readonly string[]>([])
  const [username, setUsername] = useState(lastUsername ?? '')
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const passwordInput = useRef<HTMLInputElement>(null)

  useEffect(() => {
    void client.usernames().then(setUsernames)
  }, [client])

  const submit = async () => {
    setTried(true)
    if (username.trim() === '' || password === '') return
    setBusy(true)
    setProblem(null)
    const result = await client.session.login(username, password)
    setBusy(false)
    // When it is done, another screen stands here.
    if (result.ok) return
    setProblem({
      code: result.code,
      known: usernames.includes(username.trim().toLowerCase()),
      at: Date.now(),
      waitMs: result.waitMs,
    })
    passwordInput.current?.select()
  }
  return (
    <LoginLayout title={t('title')}>
      {reason !== null && problem === null && <Ended reason={reason} />}
      {problem !== null && <LoginProblem problem={problem} />}
      <form
        noValidate
        className={classes.fields}
        onSubmit={(event: SyntheticEvent) => {
          event.preventDefault()
          void submit()
        }}
      >
        <TextInput
          label={t('username')}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus={username === ''}
          value={username}
          error={tried && username.trim() === '' && t('missingUsername')}
          onChange={(event) => setUsername(event.currentTarget.value)}
        />
        <PasswordField
          ref={passwordInput}
          label={t('password')}
          name="password"
          autoComplete="current-password"
          autoFocus={username !== ''}
          value={password}
          error={tried && password === '' && t('missingPassword')}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" size="lg" loading={busy} fullWidth>
          {t('submit')}
        </Button>
      </form>
      <KnownPeople
        usernames={usernames}
        choose={(name) => {
          setUsername(name)
          passwordInput.current?.focus()
        }}
      />
      <LanguageSwitch />
    </LoginLayout>
  )
}

function Ended({ reason }: { readonly reason: RefusalCode }) {
  const { t } = useTranslation('login')
  const text = useRefusalText(reason)
  if (reason === 'device-storage-closed' || reason === 'device-storage-full') return <RefusalMessage code={reason} />
  return (
    <Alert color="cinnamon" role="status" icon={<IconInfoCircle aria-hidden="true" />} title={t('ended.title')}>
      {text}
    </Alert>
  )
}

interface KnownProps {
  readonly usernames: readonly string[]
  readonly choose: (username: string) => void
}

function KnownPeople({ usernames, choose }: KnownProps) {
  const { t } = useTranslation('login')
  if (usernames.length === 0) return null
  return (
    <section className={classes.known} aria-label={t('known')}>
      <Text size="sm" c="dimmed">
        {t('known')}
      </Text>
      <ul className={classes.people}>
        {usernames.map((username) => (
          <li key={username}>
            <Button variant="default" onClick={() => choose(username)}>
              {username}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
