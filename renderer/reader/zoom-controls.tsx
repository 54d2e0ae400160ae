// − 100 % +: smaller, larger, and a menu with the fits and round percentages.
import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core'
import { IconArrowAutofitWidth, IconMinus, IconPlus, IconFile } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './toolbar.module.css'
import { MAX_FACTOR, MIN_FACTOR, nextStop, percentOf, type Zoom } from './zoom.ts'

const OFFERED = [0.5, 0.75, 1, 1.25, 1.5, 2, 3] as const

type ZoomControlsProps = { readonly factor: number; readonly onZoom: (zoom: Zoom) => void }

export function ZoomControls({ factor, onZoom }: ZoomControlsProps) {
  const { t } = useTranslation('reader')
  const step = (direction: 'in' | 'out'): void => onZoom({ kind: 'factor', factor: nextStop(factor, direction) })
  return (
    <div className={classes.group}>
      <Tooltip label={t('zoom.out')}>
        <ActionIcon aria-label={t('zoom.out')} disabled={factor <= MIN_FACTOR} onClick={() => step('out')}>
          <IconMinus size={20} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
      <Menu position="top">
        <Menu.Target>
          <Button
            variant="subtle"
            color="gray"
            className={classes.percent ?? ''}
            aria-label={t('zoom.label', { percent: percentOf(factor) })}
          >
            {t('zoom.percent', { percent: percentOf(factor) })}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconArrowAutofitWidth size={18} aria-hidden="true" />}
            onClick={() => onZoom({ kind: 'fit-width' })}
          >
            {t('zoom.fitWidth')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconFile size={18} aria-hidden="true" />}
            onClick={() => onZoom({ kind: 'fit-page' })}
          >
            {t('zoom.fitPage')}
          </Menu.Item>
          <Menu.Divider />
          {OFFERED.map((offered) => (
            <Menu.Item key={offered} onClick={() => onZoom({ kind: 'factor', factor: offered })}>
              {t('zoom.percent', { percent: percentOf(offered) })}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Tooltip label={t('zoom.in')}>
        <ActionIcon aria-label={t('zoom.in')} disabled={factor >= MAX_FACTOR} onClick={() => step('in')}>
          <IconPlus size={20} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('zoom.fitWidth')}>
        <ActionIcon
          className={classes.whenWide ?? ''}
          aria-label={t('zoom.fitWidth')}
          onClick={() => onZoom({ kind: 'fit-width' })}
        >
          <IconArrowAutofitWidth size={20} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
    </div>
  )
}
