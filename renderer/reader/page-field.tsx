// ‹ 4 / 17 ›: the page that is read, a field to type another, and the way to its neighbours.
import { ActionIcon, TextInput, Tooltip } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './toolbar.module.css'

type PageFieldProps = { readonly page: number; readonly pages: number; readonly onPage: (page: number) => void }

export function PageField({ page, pages, onPage }: PageFieldProps) {
  const { t } = useTranslation('reader')
  /** What is being typed; null while nobody types, then the field shows the page that is read. */
  const [typed, setTyped] = useState<string | null>(null)
  const take = (): void => {
    const number = Number(typed)
    if (typed !== null && /^\d+$/.test(typed.trim()) && number >= 1) onPage(Math.min(number, pages))
    setTyped(null)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter') take()
    if (event.key === 'Escape') setTyped(null)
  }
  return (
    <div className={classes.group}>
      <Tooltip label={t('page.previous')}>
        <ActionIcon aria-label={t('page.previous')} disabled={page <= 1} onClick={() => onPage(page - 1)}>
          <IconChevronLeft size={20} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
      <TextInput
        classNames={{ input: classes.pageInput ?? '' }}
        aria-label={t('page.field', { page, pages })}
        inputMode="numeric"
        autoComplete="off"
        value={typed ?? String(page)}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={take}
        onKeyDown={onKeyDown}
      />
      <span className={classes.pages} data-reader-pages>
        {t('page.of', { pages })}
      </span>
      <Tooltip label={t('page.next')}>
        <ActionIcon aria-label={t('page.next')} disabled={page >= pages} onClick={() => onPage(page + 1)}>
          <IconChevronRight size={20} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
    </div>
  )
}
