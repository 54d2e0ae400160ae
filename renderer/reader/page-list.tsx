// The window onto the pages: only those near it exist, however long the paper is.
import { useCallback, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { hitsOn, type FindResults, type HitPlace } from './find-results.ts'
import { pageLeft, SHEET_MARGIN } from './page-layout.ts'
import type { Hit } from './page-text.ts'
import { PageView } from './page-view.tsx'
import type { Paper } from './pdfjs.ts'
import classes from './reader.module.css'
import { useGestures } from './use-gestures.ts'
import type { Pages } from './use-pages.ts'

const NONE: readonly Hit[] = []

export function PageList({
  paper,
  pages,
  results,
}: {
  readonly paper: Paper
  readonly pages: Pages
  readonly results: FindResults | null
}) {
  const { t } = useTranslation('reader')
  const { layout, near, windowWidth, goTo, reveal } = pages
  useGestures(pages)

  // A hit is shown once: whoever scrolls away from it and comes back is not pulled to it again.
  const current = results?.current ?? null
  const shown = useRef<HitPlace | null>(null)
  useEffect(() => {
    if (current !== null && shown.current !== current && (current.page < near.first || current.page > near.last))
      goTo(current.page, 'person')
    // Only a new hit moves the window, not the window itself.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [current])
  const onHitPlaced = useCallback(
    (hit: HitPlace, rect: DOMRect): void => {
      if (hit === shown.current) return
      shown.current = hit
      reveal(rect)
    },
    [reveal],
  )

  const numbers = Array.from({ length: near.last - near.first + 1 }, (_, i) => near.first + i)
  return (
    <div
      ref={pages.scroller}
      className={classes.scroller}
      role="region"
      aria-label={t('paper')}
      tabIndex={0}
      onScroll={pages.onScroll}
      data-reader-scroller
    >
      <div
        className={classes.sheet}
        style={{ height: layout.total, width: Math.max(windowWidth, layout.widest + 2 * SHEET_MARGIN) }}
      >
        {numbers.map((number) => (
          <PlacedPage
            key={number}
            paper={paper}
            pages={pages}
            number={number}
            results={results}
            onHitPlaced={onHitPlaced}
          />
        ))}
      </div>
    </div>
  )
}

type PlacedPageProps = {
  readonly paper: Paper
  readonly pages: Pages
  readonly number: number
  readonly results: FindResults | null
  readonly onHitPlaced: (hit: HitPlace, rect: DOMRect) => void
}

function PlacedPage({ paper, pages, number, results, onHitPlaced }: PlacedPageProps) {
  const { layout, windowWidth, factor, learnSize } = pages
  return (
    <PageView
      paper={paper}
      number={number}
      top={layout.tops[number - 1] ?? 0}
      left={pageLeft(layout, number, windowWidth)}
      width={layout.widths[number - 1] ?? 0}
      height={layout.heights[number - 1] ?? 0}
      factor={factor}
      hits={results === null ? NONE : hitsOn(results, number)}
      currentHit={results?.current?.page === number ? results.current : null}
      onSize={learnSize}
      onHitPlaced={onHitPlaced}
    />
  )
}
