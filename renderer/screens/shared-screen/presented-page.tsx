// The page that is being presented, as large as the room's screen allows: drawn once at the size it has, again when that changes.
import { useElementSize } from '@mantine/hooks'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Paper } from '../../../shared/meeting/state.ts'
import { usePaperSource } from '../../client/hooks.ts'
import { drawPage, freeCanvas } from '../../reader/draw-page.ts'
import type { Paper as OpenPaper } from '../../reader/pdfjs.ts'
import type { PdfSource } from '../../reader/source.ts'
import { usePaper } from '../../reader/use-paper.ts'
import classes from './shared-screen.module.css'

export function PresentedPage({ paper, page }: { readonly paper: Paper; readonly page: number }) {
  const { t } = useTranslation('screen')
  const source = usePaperSource(paper.sha256, paper.size)
  return (
    <figure className={classes.presented}>
      {source === null ? (
        <p className={classes.message}>{t('paperLoading')}</p>
      ) : (
        <OpenedPage key={paper.sha256} documentKey={paper.sha256} source={source} page={page} />
      )}
      <figcaption className={classes.caption}>{t('page', { name: paper.name, page, pages: paper.pages })}</figcaption>
    </figure>
  )
}

interface OpenedPageProps {
  readonly documentKey: string
  readonly source: PdfSource
  readonly page: number
}

function OpenedPage({ documentKey, source, page }: OpenedPageProps) {
  const { t } = useTranslation('screen')
  const { state } = usePaper(documentKey, source)
  switch (state.status) {
    case 'loading':
      return <p className={classes.message}>{t('paperLoading')}</p>
    case 'failed':
      return <p className={classes.message}>{t('paperFailed')}</p>
    case 'open':
      return <Sheet paper={state.paper} page={page} />
  }
}

function Sheet({ paper, page }: { readonly paper: OpenPaper; readonly page: number }) {
  const { ref: frame, width, height } = useElementSize()
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const target = place.current
    if (target === null || width === 0 || height === 0) return
    const { firstSize } = paper
    const scale = Math.min(width / firstSize.width, height / firstSize.height)
    const work = drawPage(paper.document, page, scale)
    let gone = false
    void work.done.then((drawn) => {
      if (drawn === null) return
      if (gone) {
        freeCanvas(drawn.canvas)
        return
      }
      // A page of another size than the first is fitted by the style sheet. The old page stays until the new one is there.
      for (const old of target.querySelectorAll('canvas')) freeCanvas(old)
      target.replaceChildren(drawn.canvas)
    })
    return () => {
      gone = true
      work.stop()
    }
  }, [paper, page, width, height])
  return (
    <div ref={frame} className={classes.sheet}>
      <div ref={place} className={classes.canvas} />
    </div>
  )
}
