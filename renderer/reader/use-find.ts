// Searches a paper page by page while the person goes on reading, and keeps what was found.
import { useCallback, useEffect, useRef, useState } from 'react'
import { textRuns } from './draw-page.ts'
import { addPage, emptyResults, searchOrder, step, type FindResults } from './find-results.ts'
import { findInPage, pageText, prepareQuery, type PageHits } from './page-text.ts'
import type { Paper } from './pdfjs.ts'

/** Waits until typing pauses, in milliseconds: shorter than a pause between words, longer than one between letters. */
const TYPING_PAUSE = 180

/** Found pages are shown in batches of this many milliseconds, so that a long paper does not redraw the bar 2,000 times. */
const BATCH = 100

export type Finding = {
  readonly typed: string
  readonly results: FindResults | null
  readonly type: (text: string) => void
  readonly step: (direction: 1 | -1) => void
}

/** @param active searching stops, and hits are no longer marked, while the bar is closed. @param page where searching begins */
export function useFind(paper: Paper, active: boolean, page: number): Finding {
  const [typed, setTyped] = useState('')
  const [results, setResults] = useState<FindResults | null>(null)
  const texts = useRef(new Map<number, string>())
  const from = useRef(page)
  useEffect(() => {
    from.current = page
  }, [page])

  const sought = active ? typed : ''
  useEffect(() => {
    const query = prepareQuery(sought)
    let stopped = false
    const search = async (): Promise<void> => {
      if (query === null) {
        setResults(null)
        return
      }
      await pause(TYPING_PAUSE)
      let waiting: [number, PageHits][] = []
      let shown = 0
      const show = (): void => {
        const found = waiting
        waiting = []
        setResults((before) =>
          found.reduce(
            (now, [number, hits]) => addPage(now, number, hits),
            before ?? emptyResults(paper.pages, query.marked),
          ),
        )
      }
      if (isStopped()) return
      setResults(emptyResults(paper.pages, query.marked))
      for (const number of searchOrder(paper.pages, from.current)) {
        const text = await textOf(paper, number, texts.current)
        if (isStopped()) return
        waiting.push([number, findInPage({ text, starts: new Int32Array() }, query)])
        if (performance.now() - shown > BATCH) {
          show()
          shown = performance.now()
        }
      }
      show()
    }
    const isStopped = (): boolean => stopped
    void search()
    return () => {
      stopped = true
    }
  }, [paper, sought])

  const type = useCallback((text: string) => setTyped(text), [])
  const move = useCallback(
    (direction: 1 | -1) => setResults((before) => (before === null ? null : step(before, direction))),
    [],
  )
  return { typed, results: sought === '' ? null : results, type, step: move }
}

/** A page that cannot be read has no text; its drawing says that it cannot be shown. */
async function textOf(paper: Paper, number: number, known: Map<number, string>): Promise<string> {
  const before = known.get(number)
  if (before !== undefined) return before
  const { text } = pageText(await textRuns(paper.document, number).catch(() => []))
  known.set(number, text)
  return text
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
