// The bar below the pages: where one is, how large, finding, following, and what the screen around it adds.
import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconLayoutSidebar, IconPresentation, IconSearch } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { PageField } from './page-field.tsx'
import classes from './toolbar.module.css'
import { ZoomControls } from './zoom-controls.tsx'
import type { Zoom } from './zoom.ts'

type FollowControl = {
  readonly following: boolean
  readonly presenterPage: number | null
  readonly label: string | null
  readonly onChange: (following: boolean) => void
}

type ToolbarProps = {
  readonly page: number
  readonly pages: number
  readonly factor: number
  readonly panelOpen: boolean
  readonly findOpen: boolean
  readonly follow: FollowControl | null
  readonly extra: ReactNode
  readonly onPage: (page: number) => void
  readonly onZoom: (zoom: Zoom) => void
  readonly onPanel: () => void
  readonly onFind: () => void
}

export function Toolbar(props: ToolbarProps) {
  const { t } = useTranslation('reader')
  const { page, pages, factor, panelOpen, findOpen, follow, extra } = props
  return (
    <div className={classes.toolbar} role="toolbar" aria-label={t('toolbar')}>
      <div className={classes.start}>
        <Tooltip label={t('panel.toggle')}>
          <ActionIcon aria-label={t('panel.toggle')} aria-pressed={panelOpen} onClick={props.onPanel}>
            <IconLayoutSidebar size={20} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t('find.open')}>
          <ActionIcon aria-label={t('find.open')} aria-pressed={findOpen} onClick={props.onFind}>
            <IconSearch size={20} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
      </div>
      <PageField page={page} pages={pages} onPage={props.onPage} />
      <ZoomControls factor={factor} onZoom={props.onZoom} />
      <div className={classes.end}>
        {extra}
        {follow !== null && <FollowButton follow={follow} page={page} />}
      </div>
    </div>
  )
}

function FollowButton({ follow, page }: { readonly follow: FollowControl; readonly page: number }) {
  const { t } = useTranslation('reader')
  const { following, presenterPage } = follow
  const away = !following && presenterPage !== null && presenterPage !== page
  return (
    <Button
      variant={following ? 'light' : 'default'}
      color={following ? 'cinnamon' : 'gray'}
      aria-pressed={following}
      leftSection={<IconPresentation size={20} aria-hidden="true" />}
      onClick={() => follow.onChange(!following)}
    >
      {away ? t('follow.goTo', { page: presenterPage }) : (follow.label ?? t('follow.label'))}
    </Button>
  )
}
