// One page near the window: its drawing, its text over it, and the hits marked in that text.
import { memo, useEffect, useRef, useState, type CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { drawPage, forgetPage, freeCanvas, layText, type LaidText } from './draw-page.ts'
import type { HitPlace } from './find-results.ts'
import { markHits, rangesOf } from './highlights.ts'
import classes from './page.module.css'
import type { Hit } from './page-text.ts'
import { viewportScale, type Paper } from './pdfjs.ts'
import type { PageSize } from './zoom.ts'

/** Waits before drawing, in milliseconds, so that pages that fly past cost nothing, and a zoom under way redraws once. */
const FIRST_DRAWING = 40
const NEXT_DRAWING = 120

export type PageViewProps = {
  readonly paper: Paper
  readonly number: number
  /** Place and size in the sheet, in CSS pixels. */
  readonly top: number
  readonly left: number
  readonly width: number
  readonly height: number
  readonly factor: number
  readonly hits: readonly Hit[]
  /** The hit that is shown now, where it is on this page. */
  readonly currentHit: HitPlace | null
  readonly onSize: (number: number, size: PageSize) => void
  /** Where the current hit is on the screen, once its text is there. */
  readonly onHitPlaced: (hit: HitPlace, rect: DOMRect) => void
}

export const PageView = memo(function PageView(props: PageViewProps) {
  const { paper, number, top, left, width, height, factor, hits, currentHit, onSize, onHitPlaced } = props
  const { t } = useTranslation('reader')
  const holder = useRef<HTMLDivElement | null>(null)
  const layer = useRef<HTMLDivElement | null>(null)
  const [text, setText] = useState<LaidText | null>(null)
  const [drawing, setDrawing] = useState<'waiting' | 'done' | 'impossible'>('waiting')
  const scale = viewportScale(factor)

  useEffect(() => {
    let work: ReturnType<typeof drawPage> | null = null
    let stopped = false
    const draw = async (): Promise<void> => {
      work = drawPage(paper.document, number, scale)
      const drawn = await work.done
      if (isStopped()) {
        if (drawn !== null) freeCanvas(drawn.canvas)
        return
      }
      setDrawing(drawn === null ? 'impossible' : 'done')
      if (drawn === null) return
      // Until now the former canvas stood here, stretched: the person never sees an empty page while zooming.
      takeAway(holder.current)
      holder.current?.append(drawn.canvas)
      onSize(number, drawn.size)
    }
    const isStopped = (): boolean => stopped
    const timer = setTimeout(
      () => void draw(),
      (holder.current?.childElementCount ?? 0) === 0 ? FIRST_DRAWING : NEXT_DRAWING,
    )
    return () => {
      stopped = true
      clearTimeout(timer)
      work?.stop()
    }
  }, [paper, number, scale, onSize])

  useEffect(() => {
    const element = layer.current
    if (element === null) return
    let work: ReturnType<typeof layText> | null = null
    const timer = setTimeout(() => {
      work = layText(paper.document, number, element)
      void work.done.then(setText)
    }, FIRST_DRAWING)
    return () => {
      clearTimeout(timer)
      work?.stop()
      setText(null)
      element.replaceChildren()
    }
  }, [paper, number])

  useEffect(() => {
    const element = holder.current
    return () => {
      takeAway(element)
      void forgetPage(paper.document, number)
    }
  }, [paper, number])

  useEffect(() => (text === null ? undefined : markHits(text, hits, currentHit?.index ?? -1)), [text, hits, currentHit])

  useEffect(() => {
    const hit = currentHit === null ? undefined : hits[currentHit.index]
    const range = text === null || hit === undefined ? undefined : rangesOf(text, hit)[0]
    if (currentHit !== null && range !== undefined) onHitPlaced(currentHit, range.getBoundingClientRect())
  }, [text, hits, currentHit, onHitPlaced])

  return (
    <div
      role="group"
      aria-label={t('page.label', { page: number })}
      aria-busy={drawing === 'waiting'}
      className={classes.page}
      data-page={number}
      style={{ top, left, width, height, '--total-scale-factor': scale } as CSSProperties}
    >
      <div ref={holder} className={classes.drawing} aria-hidden="true" />
      <div ref={layer} className={classes.text} data-text-laid={text !== null} />
      {drawing === 'impossible' && <p className={classes.impossible}>{t('page.impossible', { page: number })}</p>}
    </div>
  )
})

function takeAway(holder: HTMLElement | null): void {
  for (const canvas of holder?.querySelectorAll('canvas') ?? []) freeCanvas(canvas)
  holder?.replaceChildren()
}
