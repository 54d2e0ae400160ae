// The page that will be signed, whole and sharp, with the mark on it and the way to the other pages.
import { ActionIcon, Loader, Text } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { drawPage, freeCanvas } from '../../reader/draw-page.ts'
import type { PDFDocumentProxy } from '../../reader/pdfjs.ts'
import type { Sheet } from './place.ts'
import classes from './signing.module.css'
import type { OpenPaper } from './use-sheet.ts'

interface StageProps {
  readonly paper: OpenPaper
  readonly sheet: Sheet | null
  readonly name: string
  /** From 1. */
  readonly page: number
  /** There is a mark to be moved. */
  readonly movable: boolean
  readonly onPage: (page: number) => void
  /** @param scale CSS pixels per point */
  readonly mark: (scale: number) => ReactNode
}

export function PageStage({ paper, sheet, name, page, movable, onPage, mark }: StageProps) {
  const { t } = useTranslation('signing')
  const room = useRef<HTMLDivElement>(null)
  const size = useSize(room)
  const scale =
    sheet === null || size === null
      ? null
      : Math.max(0.2, Math.min(size.width / sheet.width, size.height / sheet.height))
  return (
    <section className={classes.stage} aria-label={t('stage.label', { name })}>
      <div ref={room} className={classes.room}>
        {paper.kind === 'failed' && <Text>{t('stage.failed')}</Text>}
        {paper.kind === 'opening' && <Loader aria-label={t('stage.drawing')} />}
        {paper.kind === 'open' && sheet !== null && scale !== null && (
          <div className={classes.sheet} style={{ width: sheet.width * scale, height: sheet.height * scale }}>
            <PagePicture document={paper.document} page={page} scale={scale} label={t('stage.page', { name, page })} />
            {mark(scale)}
          </div>
        )}
      </div>
      {paper.kind === 'open' && (
        <div className={classes.pages} role="group" aria-label={t('stage.pages')}>
          <ActionIcon aria-label={t('stage.previous')} disabled={page <= 1} onClick={() => onPage(page - 1)}>
            <IconChevronLeft size="1.25rem" aria-hidden="true" />
          </ActionIcon>
          <Text component="span">{t('stage.pageOf', { page, pages: paper.pages })}</Text>
          <ActionIcon aria-label={t('stage.next')} disabled={page >= paper.pages} onClick={() => onPage(page + 1)}>
            <IconChevronRight size="1.25rem" aria-hidden="true" />
          </ActionIcon>
          {movable && (
            <Text id="mark-help" component="span" className={classes.hint ?? ''}>
              {t('mark.help')}
            </Text>
          )}
        </div>
      )}
    </section>
  )
}

interface PictureProps {
  readonly document: PDFDocumentProxy
  readonly page: number
  readonly scale: number
  readonly label: string
}

function PagePicture({ document, page, scale, label }: PictureProps) {
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const drawing = drawPage(document, page, scale)
    let stopped = false
    void drawing.done.then((drawn) => {
      if (drawn === null) return
      if (stopped) freeCanvas(drawn.canvas)
      else frame.current?.replaceChildren(drawn.canvas)
    })
    return () => {
      stopped = true
      drawing.stop()
    }
  }, [document, page, scale])
  return <div ref={frame} role="img" aria-label={label} className={classes.picture} />
}

/** The room that the page may fill. */
function useSize(element: { readonly current: HTMLElement | null }): Sheet | null {
  const [size, setSize] = useState<Sheet | null>(null)
  useLayoutEffect(() => {
    const { current } = element
    if (current === null) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry === undefined) return
      const { width, height } = entry.contentRect
      setSize({ width: Math.floor(width), height: Math.floor(height) })
    })
    observer.observe(current)
    return () => observer.disconnect()
  }, [element])
  return size
}
