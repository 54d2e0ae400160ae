// Who is logged in, at the foot of the navigation: name, title, and the way out.
import { Menu, UnstyledButton } from '@mantine/core'
import { IconLogout, IconSettings } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useLine, useMe } from '../client/hooks.ts'
import { useClient } from '../client/provider.tsx'
import { confirmAction } from '../components/confirm.ts'
import { usePersonName, usePersonTitles } from '../components/person-name.tsx'
import classes from './account-menu.module.css'
import { initialsOf } from './initials.ts'

export function AccountMenu() {
  const { t } = useTranslation('shell')
  const { personId } = useMe()
  const { waiting } = useLine()
  const { session } = useClient()
  const navigate = useNavigate()
  const name = usePersonName()(personId)
  const title = usePersonTitles()(personId)[0]
  const leave = async () => {
    const yes = await confirmAction({
      title: t('logoutQuestion.title'),
      consequence: waiting > 0 ? t('logoutQuestion.waiting', { count: waiting }) : t('logoutQuestion.plain'),
      verb: t('logoutQuestion.verb'),
    })
    if (!yes) return
    // Whoever comes next begins at the desk, not at another person's place.
    await navigate({ to: '/' })
    await session.logout()
  }
  return (
    <Menu position="top-start" width="target">
      <Menu.Target>
        <UnstyledButton className={classes.person}>
          <span className="tm-visually-hidden">{t('account')}</span>
          <span className={classes.initials} aria-hidden="true">
            {initialsOf(name)}
          </span>
          <span className={classes.words}>
            <span className={classes.name}>{name}</span>
            {title !== undefined && <span className={classes.title}>{title}</span>}
          </span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown miw="13rem">
        <Menu.Item leftSection={<IconSettings size="1.25rem" />} onClick={() => void navigate({ to: '/settings' })}>
          {t('nav.settings')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size="1.25rem" />} onClick={() => void leave()}>
          {t('logout')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
