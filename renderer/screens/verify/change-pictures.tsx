// A page as it was signed and as it is now, side by side.
import { Loader } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { drawPage } from '../../reader/draw-page.ts'
import { openPaper } from '../../reader/pdfjs.ts'
import classes from './verify.module.css'

interface PicturesProps {
  /** From 1. */
  readonly page: number
  readonly before: Uint8Array
  readonly after: Uint8Array
}

export function ChangePictures({ page, before, after }: PicturesProps) {
  const { t } = useTranslation('verify')
  return (
    <div className={classes.pictures}>
      <Picture bytes={before} page={page} label={t('changes.before')} />
      <Picture bytes={after} page={page} label={t('changes.after')} />
    </div>
  )
}

/** CSS pixels per point: two pages fit beside each other at 1366 px. */
const SCALE = 0.54

function Picture({
  bytes,
  page,
  label,
}: {
  readonly bytes: Uint8Array
  readonly page: number
  readonly label: string
}) {
  const { t } = useTranslation('verify')
  const frame = useRef<HTMLDivElement>(null)
  const [state, setState] = useState<'drawing' | 'drawn' | 'failed'>('drawing')
  useEffect(() => {
    const opening = openPaper({ kind: 'bytes', bytes }, () => undefined)
    let stopped = false
    const draw = async () => {
      const { document } = await opening.paper
      const drawn = await drawPage(document, page, SCALE).done
      if (stopped) return
      if (drawn === null) {
        setState('failed')
        return
      }
      drawn.canvas.style.width = `${drawn.size.width * SCALE}px`
      frame.current?.replaceChildren(drawn.canvas)
      setState('drawn')
    }
    draw().catch(() => {
      if (!stopped) setState('failed')
    })
    return () => {
      stopped = true
      opening.close()
    }
  }, [bytes, page])
  return (
    <figure className={classes.picture}>
      <figcaption>{label}</figcaption>
      {state === 'drawing' && <Loader aria-label={t('changes.drawing')} />}
      {state === 'failed' && <p>{t('changes.notDrawn')}</p>}
      <div ref={frame} role="img" aria-label={`${label}, ${t('place', { page })}`} />
    </figure>
  )
}
