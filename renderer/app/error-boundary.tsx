// What is shown instead of a screen that broke: a plain sentence, that nothing is lost, and two ways on.
import { Button, Group } from '@mantine/core'
import { IconMoodConfuzed } from '@tabler/icons-react'
import { Link, type ErrorComponentProps } from '@tanstack/react-router'
import { Component, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../components/empty-state.tsx'

/** For the router: a screen that broke leaves the frame standing. */
export function ScreenError({ reset }: Pick<ErrorComponentProps, 'reset'>) {
  const { t } = useTranslation('shell')
  return (
    <EmptyState
      title={t('error.title')}
      text={t('error.text')}
      icon={<IconMoodConfuzed size="2rem" />}
      action={
        <Group>
          <Button variant="default" renderRoot={(props) => <Link to="/" {...props} />}>
            {t('error.desk')}
          </Button>
          <Button onClick={reset}>{t('error.again')}</Button>
        </Group>
      }
    />
  )
}

/** For what breaks outside the router: the frame itself, the login. */
export class LastBoundary extends Component<{ readonly children: ReactNode }, { readonly broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true }
  }

  override render(): ReactNode {
    return this.state.broken ? <LastWords /> : this.props.children
  }
}

function LastWords() {
  const { t } = useTranslation('shell')
  return (
    <main>
      <EmptyState
        title={t('error.title')}
        text={t('error.text')}
        icon={<IconMoodConfuzed size="2rem" />}
        action={<Button onClick={() => location.reload()}>{t('error.again')}</Button>}
      />
    </main>
  )
}
