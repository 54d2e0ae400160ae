// Opens the paper of a reader, closes it when the reader goes away or shows another, and says in which state it is.
import { useCallback, useEffect, useRef, useState } from 'react'
import { OpenRefused, openPaper, type Paper } from './pdfjs.ts'
import type { OpenFailure, PdfSource } from './source.ts'

export type PaperState =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly failure: OpenFailure }
  | { readonly status: 'open'; readonly paper: Paper }

export type UsedPaper = {
  readonly state: PaperState
  /** The line is down while parts of the paper are still to come. */
  readonly waiting: boolean
  readonly retry: () => void
}

/** A state belongs to one opening; that of an earlier one is never shown, not even for a frame. */
type Opened = { readonly opening: string; readonly state: PaperState; readonly waiting: boolean }

/** @param documentKey what the paper is known by; a new object in `source` alone does not open it again */
export function usePaper(documentKey: string, source: PdfSource): UsedPaper {
  const [attempt, setAttempt] = useState(0)
  const [opened, setOpened] = useState<Opened | null>(null)
  const latest = useRef(source)
  useEffect(() => {
    latest.current = source
  })
  const key = `${attempt}:${documentKey}`
  useEffect(() => {
    let closed = false
    const show = (change: (before: Opened) => Opened): void => {
      if (closed) return
      setOpened((before) =>
        change(before?.opening === key ? before : { opening: key, state: { status: 'loading' }, waiting: false }),
      )
    }
    const opening = openPaper(latest.current, (waiting) =>
      show((before) => (before.waiting === waiting ? before : { ...before, waiting })),
    )
    opening.paper.then(
      (paper) => show((before) => ({ ...before, state: { status: 'open', paper } })),
      (reason: unknown) => {
        const failure = reason instanceof OpenRefused ? reason.failure : 'corrupt'
        show((before) => ({ ...before, state: { status: 'failed', failure }, waiting: false }))
      },
    )
    return () => {
      closed = true
      opening.close()
    }
  }, [key])
  const retry = useCallback(() => setAttempt((n) => n + 1), [])
  const shown = opened?.opening === key ? opened : null
  return { state: shown?.state ?? { status: 'loading' }, waiting: shown?.waiting ?? false, retry }
}
