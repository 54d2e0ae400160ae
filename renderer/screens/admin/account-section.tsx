// The account of a person: open, new temporary password, end. The temporary password is shown once and kept nowhere.
import { Button, Group, Text, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Account, Person } from '../../../shared/org/state.ts'
import { usePerform } from '../../client/hooks.ts'
import { useClient } from '../../client/provider.tsx'
import { confirmAction } from '../../components/confirm.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { notifyOutcome, notifyRefusal } from '../../components/refusal.tsx'
import { StatePill } from '../../components/state-pill.tsx'
import classes from './admin.module.css'
import { TemporaryPassword } from './temporary-password.tsx'
import { suggestUsername } from './suggest-username.ts'

/** As the act's schema wants it. */
const USERNAME = /^[a-z0-9][a-z0-9._-]{1,39}$/

interface Shown {
  readonly username: string
  readonly password: string
}

export function AccountSection({ person, account }: { readonly person: Person; readonly account: Account | null }) {
  const { t } = useTranslation('admin')
  const perform = usePerform()
  const { api } = useClient()
  const [opening, setOpening] = useState(false)
  const [shown, setShown] = useState<Shown | null>(null)
  const [busy, setBusy] = useState(false)

  const showPassword = async (username: string) => {
    setBusy(true)
    try {
      const answer = await api.call('resetPassword', { personId: person.id })
      if (answer.ok) setShown({ username, password: answer.value.temporaryPassword })
      else notifyRefusal(answer.code)
    } finally {
      setBusy(false)
    }
  }
  const open = async (username: string): Promise<boolean> => {
    const outcome = await perform('org.openAccount', { personId: person.id, username })
    if (outcome.state === 'accepted') await showPassword(username)
    else if (outcome.state === 'waiting') notifications.show({ message: t('accounts.openLater'), color: 'cinnamon' })
    else notifyOutcome(outcome)
    return outcome.state === 'accepted' || outcome.state === 'waiting'
  }
  const reset = async (username: string) => {
    const yes = await confirmAction({
      title: t('accounts.resetTitle'),
      consequence: t('accounts.resetText', { name: person.name }),
      verb: t('accounts.reset'),
      danger: true,
    })
    if (yes) await showPassword(username)
  }
  const end = async () => {
    const yes = await confirmAction({
      title: t('accounts.endTitle'),
      consequence: t('accounts.endText', { name: person.name }),
      verb: t('accounts.end'),
      danger: true,
    })
    if (yes) notifyOutcome(await perform('org.endAccount', { personId: person.id }), t('done.accountEnded'))
  }

  return (
    <section className={classes.section}>
      <Title order={3}>{t('accounts.heading')}</Title>
      {account === null ? (
        <Text c="dimmed">{t('accounts.none')}</Text>
      ) : (
        <div className={classes.row}>
          <span className={classes.words}>
            <span className={classes.strong}>{account.username}</span>
          </span>
          <StatePill tone={account.ended ? 'neutral' : 'done'}>
            {account.ended ? t('accounts.ended') : t('accounts.active')}
          </StatePill>
        </div>
      )}
      <Group gap="sm">
        {account === null || account.ended ? (
          <Button variant="default" onClick={() => setOpening(true)}>
            {t('accounts.open')}
          </Button>
        ) : (
          <>
            <Button variant="default" loading={busy} onClick={() => void reset(account.username)}>
              {t('accounts.reset')}
            </Button>
            <Button variant="outline" color="danger" onClick={() => void end()}>
              {t('accounts.end')}
            </Button>
          </>
        )}
      </Group>
      {opening && (
        <FormDialog
          title={t('accounts.openTitle', { name: person.name })}
          consequence={t('accounts.openText')}
          verb={t('accounts.open')}
          fields={[
            {
              kind: 'text',
              name: 'username',
              label: t('accounts.username'),
              help: t('accounts.usernameHelp'),
              maxLength: 40,
              pattern: { regex: USERNAME, message: t('accounts.usernameWrong') },
            },
          ]}
          initial={{ username: account?.username ?? suggestUsername(person.name) }}
          submit={({ username }) => open(username)}
          onClose={() => setOpening(false)}
        />
      )}
      {shown !== null && (
        <TemporaryPassword
          personName={person.name}
          username={shown.username}
          password={shown.password}
          onClose={() => setShown(null)}
        />
      )}
    </section>
  )
}
