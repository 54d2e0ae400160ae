// All pages small, in a list of which only the visible part exists.
import { UnstyledButton } from '@mantine/core'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { drawPage, freeCanvas, type Work, type DrawnPage } from './draw-page.ts'
import { rowsNear } from './page-layout.ts'
import type { Paper } from './pdfjs.ts'
import classes from './side-panel.module.css'

/** CSS pixels of one small page at its widest and highest, and of its row with the number below. */
const WIDTH = 132
const HEIGHT = 176
const ROW = HEIGHT + 44

/** Waits before drawing a small page, in milliseconds: the large one comes first. */
const DRAWING = 150

type ThumbnailsProps = { readonly paper: Paper; readonly page: number; readonly onChoose: (page: number) => void }

export function Thumbnails({ paper, page, onChoose }: ThumbnailsProps) {
  const { t } = useTranslation('reader')
  const scroller = useRef<HTMLDivElement | null>(null)
  const [rows, setRows] = useState({ first: 0, last: -1 })
  const settle = (): void => {
    const element = scroller.current
    if (element === null) return
    const next = rowsNear(paper.pages, ROW, element.scrollTop, element.clientHeight)
    setRows((before) => (before.first === next.first && before.last === next.last ? before : next))
  }
  // The page that is read stays in view; the observer also sees the panel being made higher.
  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return
    const top = (page - 1) * ROW
    if (top < element.scrollTop) element.scrollTop = top
    if (top + ROW > element.scrollTop + element.clientHeight) element.scrollTop = top + ROW - element.clientHeight
    settle()
    const observer = new ResizeObserver(settle)
    observer.observe(element)
    return () => observer.disconnect()
    // A new page or paper is the cause; `settle` only measures the box of that moment.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [page, paper])

  const numbers = Array.from({ length: Math.max(0, rows.last - rows.first + 1) }, (_, i) => rows.first + i + 1)
  return (
    <div ref={scroller} className={classes.list} onScroll={settle} data-reader-thumbnails>
      <ul className={classes.thumbnails} style={{ height: paper.pages * ROW }}>
        {numbers.map((number) => (
          <li key={number} className={classes.row} style={{ top: (number - 1) * ROW, height: ROW }}>
            <UnstyledButton
              className={classes.thumbnail}
              aria-label={t('page.label', { page: number })}
              aria-current={number === page ? 'page' : undefined}
              onClick={() => onChoose(number)}
            >
              <SmallPage paper={paper} number={number} />
              <span aria-hidden="true">{number}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </div>
  )
}

function SmallPage({ paper, number }: { readonly paper: Paper; readonly number: number }) {
  const holder = useRef<HTMLSpanElement | null>(null)
  useEffect(() => {
    const element = holder.current
    let work: Work<DrawnPage> | null = null
    const scale = Math.min(WIDTH / paper.firstSize.width, HEIGHT / paper.firstSize.height)
    const timer = setTimeout(() => {
      work = drawPage(paper.document, number, scale)
      void work.done.then((drawn) => {
        if (drawn !== null) element?.replaceChildren(drawn.canvas)
      })
    }, DRAWING)
    return () => {
      clearTimeout(timer)
      work?.stop()
      void work?.done.then((drawn) => {
        if (drawn !== null) freeCanvas(drawn.canvas)
      })
      element?.replaceChildren()
    }
  }, [paper, number])
  return <span ref={holder} className={classes.small} />
}
