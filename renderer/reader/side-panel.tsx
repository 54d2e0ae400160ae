// The panel beside the pages: small pages, or the table of contents.
import { ActionIcon, Tabs } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { OutlineTarget } from './outline.ts'
import { OutlinePanel } from './outline-panel.tsx'
import type { Paper } from './pdfjs.ts'
import classes from './side-panel.module.css'
import { Thumbnails } from './thumbnails.tsx'

export type SidePanelProps = {
  readonly paper: Paper
  readonly page: number
  readonly onPage: (page: number) => void
  readonly onTarget: (target: OutlineTarget) => void
  readonly onClose: () => void
}

export function SidePanel({ paper, page, onPage, onTarget, onClose }: SidePanelProps) {
  const { t } = useTranslation('reader')
  return (
    <aside className={classes.panel} aria-label={t('panel.label')}>
      <Tabs
        defaultValue="pages"
        keepMounted={false}
        classNames={{ root: classes.tabs ?? '', panel: classes.tabPanel ?? '' }}
      >
        <div className={classes.head}>
          <Tabs.List className={classes.tabList}>
            <Tabs.Tab value="pages">{t('panel.pages')}</Tabs.Tab>
            <Tabs.Tab value="outline">{t('panel.outline')}</Tabs.Tab>
          </Tabs.List>
          <ActionIcon aria-label={t('panel.close')} onClick={onClose}>
            <IconX size={18} aria-hidden="true" />
          </ActionIcon>
        </div>
        <Tabs.Panel value="pages">
          <Thumbnails paper={paper} page={page} onChoose={onPage} />
        </Tabs.Panel>
        <Tabs.Panel value="outline">
          <OutlinePanel paper={paper} onChoose={onTarget} />
        </Tabs.Panel>
      </Tabs>
    </aside>
  )
}
